/// What may be done: one class per guard, their order in one place, and the permit that only they
/// can make.
@NullMarked
package dev.reeve.guard;

import org.jspecify.annotations.NullMarked;
