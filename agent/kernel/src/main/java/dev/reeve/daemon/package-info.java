/// The daemon as a whole: finds the plugins, wires the rooms together, starts and stops them, and
/// shows them to people.
@NullMarked
package dev.reeve.daemon;

import org.jspecify.annotations.NullMarked;
