/// What is known now of each subject: rings, windows, coverage, claims, extents.
@NullMarked
package dev.reeve.board;

import org.jspecify.annotations.NullMarked;
