/// Platforms that can be acted upon, one package each; siblings do not know each other.
@NullMarked
package dev.reeve.actions;

import org.jspecify.annotations.NullMarked;
