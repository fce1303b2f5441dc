package dev.reeve.rules.drl;

import java.util.Set;

/** Words of the full language that the gate knows, to say what is wrong with each. */
final class Words {
  static final Set<String> ABSENCE = Set.of("not", "forall");
  static final Set<String> COUNTING =
      Set.of("accumulate", "acc", "collect", "count", "groupby", "average", "sum", "over");
  static final Set<String> CODE =
      Set.of(
          "eval", "from", "new", "instanceof", "this", "null", "true", "false", "class", "super");
  static final Set<String> BETWEEN = Set.of("or", "and");
  static final Set<String> OF_RULES = Set.of("rule", "when", "then", "end");
  static final Set<String> STATEMENTS =
      Set.of(
          "package",
          "import",
          "function",
          "declare",
          "query",
          "global",
          "dialect",
          "unit",
          "template",
          "expander");

  private Words() {}
}
