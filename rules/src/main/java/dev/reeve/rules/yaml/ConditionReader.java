package dev.reeve.rules.yaml;

import dev.reeve.config.Place;
import dev.reeve.config.Value;
import dev.reeve.config.Value.Items;
import dev.reeve.config.Value.Mapping;
import dev.reeve.config.Value.Scalar;
import dev.reeve.model.Condition;
import dev.reeve.model.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the conditions of a file: texts, and lists below {@code all:} and {@code any:}. */
final class ConditionReader {
  private final RuleProblems problems;
  private final SubjectKind subject;
  private final Parameters parameters;

  ConditionReader(RuleProblems problems, SubjectKind subject, Parameters parameters) {
    this.problems = problems;
    this.subject = subject;
    this.parameters = parameters;
  }

  /** Empty where something was wrong, which was reported then. */
  Optional<Condition> read(Value value, String key) {
    return read(value, key, 1);
  }

  private Optional<Condition> read(Value value, String key, int depth) {
    if (depth > ConditionParser.DEEPEST) {
      wrong(RuleCode.TOO_COMPLEX, value, key, "at most 16 levels of all and any");
      return Optional.empty();
    }
    return switch (value) {
      case Scalar scalar -> text(scalar, key);
      case Items items -> group(items, key, depth).map(Condition.All::new);
      case Mapping mapping -> named(mapping, key, depth);
    };
  }

  private Optional<Condition> named(Mapping mapping, String key, int depth) {
    if (mapping.entries().size() != 1) {
      wrong(RuleCode.WRONG_TYPE, mapping, key, "one key: all or any");
      return Optional.empty();
    }
    Map.Entry<String, Value.Entry> entry = mapping.entries().firstEntry();
    String below = key + "." + entry.getKey();
    return switch (entry.getKey()) {
      case "all" -> list(entry, below, depth).map(Condition.All::new);
      case "any" -> list(entry, below, depth).map(Condition.Any::new);
      case "not" -> {
        Place place = entry.getValue().place();
        report(RuleCode.NOT, place, below, "all or any, of opposite comparisons");
        yield Optional.empty();
      }
      default -> {
        report(RuleCode.UNKNOWN_KEY, entry.getValue().place(), below, "all or any");
        yield Optional.empty();
      }
    };
  }

  private Optional<List<Condition>> list(
      Map.Entry<String, Value.Entry> entry, String key, int depth) {
    Value value = entry.getValue().value();
    if (value instanceof Items items) {
      return group(items, key, depth);
    }
    wrong(RuleCode.WRONG_TYPE, value, key, "a list of conditions");
    return Optional.empty();
  }

  private Optional<List<Condition>> group(Items items, String key, int depth) {
    if (items.items().isEmpty()) {
      wrong(RuleCode.EMPTY, items, key, "at least one condition");
      return Optional.empty();
    }
    List<Condition> parts = new ArrayList<>();
    for (int i = 0; i < items.items().size(); i++) {
      read(items.items().get(i), key + "[" + i + "]", depth + 1).ifPresent(parts::add);
    }
    return parts.size() == items.items().size() ? Optional.of(parts) : Optional.empty();
  }

  private Optional<Condition> text(Scalar scalar, String key) {
    Optional<Node> node = node(problems, scalar, key, ConditionParser::parse);
    return node.flatMap(
        of -> new Conditioner(subject, parameters, reporter(problems, scalar, key)).condition(of));
  }

  /** How a text is parsed. */
  interface Parse {
    Node of(String text) throws SyntaxException;
  }

  static Optional<Node> node(RuleProblems problems, Scalar scalar, String key, Parse parse) {
    if (problems.source(scalar.place().file()).escaped(scalar)) {
      problems.add(
          new RuleProblem(
              RuleCode.ESCAPES, scalar.place(), 1, key, "no escapes", "a backslash", ""));
      return Optional.empty();
    }
    try {
      return Optional.of(parse.of(scalar.text()));
    } catch (SyntaxException wrong) {
      reporter(problems, scalar, key).problem(wrong.code(), wrong.span(), wrong.said());
      return Optional.empty();
    }
  }

  /** Turns places in a text into places in its file. */
  static Reporter reporter(RuleProblems problems, Scalar scalar, String key) {
    return (code, span, said) -> {
      SourceText source = problems.source(scalar.place().file());
      int[] at = source.indices(scalar);
      Place from = source.place(at[Math.min(span.from(), at.length - 1)]);
      int last = Math.min(Math.max(span.from(), span.to() - 1), at.length - 1);
      Place to = source.place(at[last]);
      int width = to.line() == from.line() ? Math.max(1, to.column() - from.column() + 1) : 1;
      problems.add(
          new RuleProblem(code, from, width, key, said.expected(), said.found(), said.nearest()));
    };
  }

  private void wrong(RuleCode code, Value value, String key, String expected) {
    problems.add(new RuleProblem(code, value.place(), 1, key, expected, value.found(), ""));
  }

  private void report(RuleCode code, Place place, String key, String expected) {
    String name = key.substring(key.lastIndexOf('.') + 1);
    problems.add(new RuleProblem(code, place, Fields.width(name), key, expected, name, ""));
  }
}
