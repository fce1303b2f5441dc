/// The clocks, periodic work and the order of stopping. No other package reads a clock.
@NullMarked
package dev.reeve.time;

import org.jspecify.annotations.NullMarked;
