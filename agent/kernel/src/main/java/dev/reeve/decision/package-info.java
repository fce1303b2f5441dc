/// What was decided, as records of the journal, and the state that is a fold over them.
@NullMarked
package dev.reeve.decision;

import org.jspecify.annotations.NullMarked;
