/// Sources of observations, one package each; siblings do not know each other.
@NullMarked
package dev.reeve.collectors;

import org.jspecify.annotations.NullMarked;
