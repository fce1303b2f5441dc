/// The append-only, hash-chained record; state is a fold over it.
@NullMarked
package dev.reeve.journal;

import org.jspecify.annotations.NullMarked;
