/// What collectors and actions of one platform share.
@NullMarked
package dev.reeve.platform;

import org.jspecify.annotations.NullMarked;
