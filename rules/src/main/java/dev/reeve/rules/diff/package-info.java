/** What changed between two sets of rule files, in words and as the daemon judges it. */
@NullMarked
package dev.reeve.rules.diff;

import org.jspecify.annotations.NullMarked;
