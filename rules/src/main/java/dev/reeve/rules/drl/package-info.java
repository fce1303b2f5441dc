/** The gate of the restricted DRL: reads it without the engine's parser, and refuses the rest. */
@NullMarked
package dev.reeve.rules.drl;

import org.jspecify.annotations.NullMarked;
