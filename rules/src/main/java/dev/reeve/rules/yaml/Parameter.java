package dev.reeve.rules.yaml;

import dev.reeve.model.Expression;
import dev.reeve.model.Unit;
import java.util.Currency;
import java.util.Optional;

/**
 * A named number of a rule.
 *
 * @param value a constant, or a choice by name
 */
record Parameter(Expression value, Unit unit, Optional<Currency> currency) {}
