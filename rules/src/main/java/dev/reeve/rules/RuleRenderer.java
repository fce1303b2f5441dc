package dev.reeve.rules;

import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Conditions;
import dev.reeve.model.Expression;
import dev.reeve.model.Feature;
import dev.reeve.model.Join;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.SlotTable;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Trait;
import dev.reeve.model.WorkloadKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes checked rules in the engine's language. Nothing else writes it, so what is compiled can
 * only say what the condition tree says: an operator's text never reaches the compiler.
 *
 * <p>Each comparison carries the check that its values are known, because a rule must not hold on
 * silence; {@code or} stays within one constraint, because between patterns it would fire once for
 * each branch. Numbers are compared by the model's own words: the engine's operators hold that
 * {@code NaN >= 1} and deny that {@code -0.0 <= 0.0}.
 */
final class RuleRenderer {
  static final String PACKAGE = "dev.reeve.rules.compiled";

  private static final String TRUE = "true";

  private final SlotTable slots;

  RuleRenderer(SlotTable slots) {
    this.slots = slots;
  }

  /** Equal rules in any order give equal text. */
  String text(Collection<Rule> rules) {
    StringBuilder out = new StringBuilder("package ").append(PACKAGE).append(";\n");
    for (SubjectKind kind : SubjectKind.values()) {
      out.append("import dev.reeve.model.Fact.").append(type(kind)).append(";\n");
    }
    out.append("import ").append(Comparison.class.getName()).append(";\n");
    out.append("import dev.reeve.model.Expression.Operator;\n");
    out.append("import ").append(Trait.class.getName()).append(";\n");
    out.append("global ").append(Decide.class.getName()).append(" decide;\n");
    Set<String> ids = new LinkedHashSet<>();
    for (Rule rule : rules.stream().sorted(Comparator.comparing(Rule::id)).toList()) {
      if (!ids.add(rule.id())) {
        throw new IllegalArgumentException("two rules are called " + rule.id());
      }
      append(rule, out);
    }
    return out.toString();
  }

  private void append(Rule rule, StringBuilder out) {
    if (!rule.id().matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "a rule's id is 1 to 64 letters, digits and dashes, not '" + rule.id() + "'");
    }
    out.append("rule \"").append(rule.id()).append("\"\nwhen\n");
    Map<String, String> variables = new LinkedHashMap<>();
    Set<String> aliases = new HashSet<>();
    for (Pattern pattern : rule.patterns()) {
      List<String> constraints = constraints(pattern, variables);
      String variable = "$" + variables.size();
      if (!aliases.add(pattern.alias())) {
        throw new IllegalArgumentException(
            "rule " + rule.id() + " has two patterns called " + pattern.alias());
      }
      if (pattern.exists()) {
        // the engine numbers what has no name through all of its builds: two would differ
        variable = "$e" + aliases.size();
      } else {
        variables.put(pattern.alias(), variable);
      }
      out.append(pattern.exists() ? "  exists (" : "  ").append(variable).append(" : ");
      out.append(type(pattern.kind())).append('(').append(String.join(", ", constraints));
      out.append(pattern.exists() ? "))\n" : ")\n");
    }
    out.append("then\n  decide.found(\"").append(rule.id()).append("\", ");
    out.append(String.join(", ", variables.values())).append(");\nend\n");
  }

  private List<String> constraints(Pattern pattern, Map<String, String> earlier) {
    List<String> constraints = new ArrayList<>();
    if (pattern.join().isPresent() == earlier.isEmpty()) {
      throw new IllegalArgumentException(
          "pattern " + pattern.alias() + ": the first stands alone, every other one is joined");
    }
    for (Join join : pattern.join().stream().toList()) {
      String theirs = earlier.get(join.alias());
      if (theirs == null) {
        throw new IllegalArgumentException(
            "pattern "
                + pattern.alias()
                + " is joined to "
                + join.alias()
                + ", not an earlier one");
      }
      constraints.add(join.mine().text() + " != \"\"");
      constraints.add(join.mine().text() + " == " + theirs + "." + join.theirs().text());
    }
    for (Condition part : conjuncts(pattern.condition())) {
      constraints.add(text(part, pattern.kind()));
    }
    constraints.removeIf(TRUE::equals);
    return constraints;
  }

  /** Parts that the engine can check, index and share between rules one by one. */
  private static List<Condition> conjuncts(Condition condition) {
    return condition instanceof Condition.All all
        ? all.of().stream().flatMap(part -> conjuncts(part).stream()).toList()
        : List.of(condition);
  }

  private String text(Condition condition, SubjectKind kind) {
    return switch (condition) {
      case Condition.All all -> {
        List<String> parts = new ArrayList<>(texts(all.of(), kind));
        parts.removeIf(TRUE::equals);
        yield parts.isEmpty() ? TRUE : join(parts, " && ");
      }
      case Condition.Any any -> {
        List<String> parts = texts(any.of(), kind);
        yield parts.contains(TRUE) ? TRUE : join(parts, " || ");
      }
      case Condition.KindIn kinds ->
          join(
              kinds.kinds().stream()
                  .map(WorkloadKind::text)
                  .map(word -> "kind == \"" + word + "\"")
                  .toList(),
              " || ");
      case Condition.Named named ->
          (named.among() ? "among(" : "notAmong(") + names(named.trait(), named.patterns()) + ")";
      case Condition.Compare compare -> comparison(compare, kind);
    };
  }

  private List<String> texts(List<Condition> conditions, SubjectKind kind) {
    return conditions.stream().map(part -> text(part, kind)).toList();
  }

  private String comparison(Condition.Compare compare, SubjectKind kind) {
    List<String> parts = new ArrayList<>();
    for (Feature feature : Conditions.features(compare)) {
      parts.add("known(" + slots.slot(kind, feature) + ")");
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a comparison of constants asks nothing of a subject");
    }
    String left = text(compare.left(), kind);
    String right = text(compare.right(), kind);
    parts.add("Comparison." + compare.comparison().name() + ".holds(" + left + ", " + right + ")");
    return join(parts, " && ");
  }

  private String text(Expression expression, SubjectKind kind) {
    return switch (expression) {
      case Expression.Constant constant -> Double.toString(constant.value());
      case Expression.Ask ask -> "value(" + slots.slot(kind, ask.feature()) + ")";
      case Expression.Choice choice ->
          "choose("
              + names(choice.trait(), choice.patterns())
              + ", "
              + text(choice.then(), kind)
              + ", "
              + text(choice.otherwise(), kind)
              + ")";
      case Expression.Arithmetic arithmetic -> {
        String left = text(arithmetic.left(), kind);
        String right = text(arithmetic.right(), kind);
        yield "Operator." + arithmetic.operator().name() + ".apply(" + left + ", " + right + ")";
      }
    };
  }

  /** The one place where an operator's characters reach the engine, all of them harmless. */
  private static String names(Trait trait, List<String> patterns) {
    for (String pattern : patterns) {
      if (!Trait.allowed(pattern)) {
        throw new IllegalArgumentException("'" + pattern + "' may not be rendered");
      }
    }
    return "Trait." + trait.name() + ", \"" + String.join(Trait.BETWEEN, patterns) + "\"";
  }

  private static String join(List<String> parts, String operator) {
    return parts.size() == 1
        ? parts.getFirst()
        : parts.stream().collect(Collectors.joining(operator, "(", ")"));
  }

  private static String type(SubjectKind kind) {
    String word = kind.text();
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) + "Fact";
  }
}
