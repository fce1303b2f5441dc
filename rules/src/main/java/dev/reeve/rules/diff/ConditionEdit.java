package dev.reeve.rules.diff;

import dev.reeve.model.Condition;

/**
 * One thing in which a condition is not what it was.
 *
 * @param alone the old condition with this edit alone
 */
record ConditionEdit(String text, String before, String after, Condition alone) {}
