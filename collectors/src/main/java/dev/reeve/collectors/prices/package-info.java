/// What a GPU costs in an hour: the operator's own prices first, then a dated snapshot of list
/// prices for machines whose type is known. What neither knows has no price.
@NullMarked
package dev.reeve.collectors.prices;

import org.jspecify.annotations.NullMarked;
