/// Channels that reach owners from outside of the machine.
@NullMarked
package dev.reeve.actions.notify;

import org.jspecify.annotations.NullMarked;
