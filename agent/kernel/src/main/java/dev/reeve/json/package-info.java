/// JSON as immutable values, read with limits and written in one deterministic form.
///
/// Everything that the kernel journals, answers or accepts passes through this package, so whatever
/// can be built here can also be written, and whatever is written can be read again: depth and the
/// size of numbers are bounded for both ways.
@NullMarked
package dev.reeve.json;

import org.jspecify.annotations.NullMarked;
