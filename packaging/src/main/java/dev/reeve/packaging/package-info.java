/// What the distribution needs beyond the modules it is made of.
@NullMarked
package dev.reeve.packaging;

import org.jspecify.annotations.NullMarked;
