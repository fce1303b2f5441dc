/// What would have been: recorded time through the daemon's own board, rules, episodes and guards,
/// on a clock that the recording moves, with an action that touches nothing.
@NullMarked
package dev.reeve.replay;

import org.jspecify.annotations.NullMarked;
