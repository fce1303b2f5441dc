/// A world on one thread, made from a seed, in which the daemon's own parts watch, judge and act
/// while everything around them fails; and an oracle that knows the truth and breaks off at the
/// first broken promise.
@NullMarked
package dev.reeve.simulation;

import org.jspecify.annotations.NullMarked;
