package dev.reeve.rules.yaml;

import dev.reeve.config.Place;
import dev.reeve.config.Value;
import dev.reeve.config.Value.Entry;
import dev.reeve.config.Value.Mapping;
import dev.reeve.config.Value.Scalar;
import dev.reeve.model.Expression;
import dev.reeve.model.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the named numbers of a rule, with the cases in which they differ. */
final class ParameterReader {
  private static final int MOST = 32;

  private final RuleProblems problems;
  private final Fields rule;

  ParameterReader(RuleProblems problems, Fields rule) {
    this.problems = problems;
    this.rule = rule;
  }

  /** A number, and the names where it holds. */
  private record Case(Named named, Expression value) {}

  private record Named(Trait trait, List<String> patterns) {}

  Parameters read() {
    Parameters parameters = new Parameters();
    Optional<Value> value = rule.value("params");
    if (value.isEmpty()) {
      return parameters;
    }
    if (!(value.get() instanceof Mapping mapping)) {
      rule.wrong(RuleCode.WRONG_TYPE, "params", value.get(), "names with numbers");
      return parameters;
    }
    int count = 0;
    for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
      if (++count > MOST) {
        problem(RuleCode.TOO_MANY, entry, "at most 32 parameters");
        break;
      }
      parameter(parameters, entry);
    }
    return parameters;
  }

  private void parameter(Parameters parameters, Map.Entry<String, Entry> entry) {
    String name = entry.getKey();
    Optional<Parameter> parameter = Optional.empty();
    if (!isParameterName(name)) {
      problem(RuleCode.BAD_PARAMETER, entry, "a name of small letters, digits and _");
    } else if (entry.getValue().value() instanceof Scalar scalar) {
      parameter = quantity(scalar, rule.below("params." + name));
    } else if (entry.getValue().value() instanceof Mapping mapping) {
      parameter =
          cases(new Fields(mapping, rule.below("params." + name), RuleKeys.PARAMETER, problems));
    } else {
      problem(RuleCode.BAD_PARAMETER, entry, "a number with a unit, or default and cases");
    }
    parameter.ifPresentOrElse(of -> parameters.put(name, of), () -> parameters.broken(name));
  }

  private static boolean isParameterName(String name) {
    return !name.isEmpty()
        && name.length() <= 64
        && name.charAt(0) >= 'a'
        && name.charAt(0) <= 'z'
        && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
  }

  private void problem(RuleCode code, Map.Entry<String, Entry> entry, String expected) {
    Place place = entry.getValue().place();
    String found = dev.reeve.config.Masking.quoted(entry.getKey());
    int width = Fields.width(entry.getKey());
    problems.add(new RuleProblem(code, place, width, rule.below("params"), expected, found, ""));
  }

  Optional<Parameter> quantity(Scalar scalar, String key) {
    Optional<Node> node = ConditionReader.node(problems, scalar, key, ConditionParser::number);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    boolean minus = node.get() instanceof Node.Negative;
    Node inner = node.get() instanceof Node.Negative of ? of.of() : node.get();
    if (inner instanceof Node.Quantity of) {
      Optional<Units.Amount> amount = Units.amount(of.number(), of.unit());
      if (amount.isPresent()) {
        double value = minus ? 0.0 - amount.get().value() : amount.get().value();
        Expression constant = new Expression.Constant(value, amount.get().unit());
        return Optional.of(new Parameter(constant, amount.get().unit(), amount.get().currency()));
      }
      ConditionReader.reporter(problems, scalar, key)
          .problem(RuleCode.BAD_QUANTITY, of.span(), "a number with a known unit", scalar.found());
      return Optional.empty();
    }
    problems.add(
        new RuleProblem(
            RuleCode.BAD_PARAMETER, scalar.place(), 1, key, "a number", scalar.found(), ""));
    return Optional.empty();
  }

  private Optional<Parameter> cases(Fields fields) {
    Optional<Parameter> usual =
        fields.scalar("default").flatMap(of -> quantity(of, fields.below("default")));
    List<Case> cases = new ArrayList<>();
    boolean right = usual.isPresent();
    List<Mapping> mappings = fields.mappings("cases", MOST);
    for (int i = 0; i < mappings.size(); i++) {
      Fields of =
          new Fields(mappings.get(i), fields.below("cases[" + i + "]"), RuleKeys.CASE, problems);
      Optional<Case> one = usual.flatMap(known -> one(of, known));
      one.ifPresent(cases::add);
      right &= one.isPresent();
    }
    return right ? usual.map(of -> choice(of, cases)) : Optional.empty();
  }

  private Optional<Case> one(Fields fields, Parameter usual) {
    List<Named> names = new ArrayList<>();
    for (Trait trait : Trait.values()) {
      if (fields.has(trait.text())) {
        names.add(new Named(trait, patterns(fields, trait)));
      }
    }
    Optional<Scalar> scalar = fields.scalar("value");
    Optional<Parameter> value = scalar.flatMap(of -> quantity(of, fields.below("value")));
    if (names.size() != 1 || names.getFirst().patterns().isEmpty()) {
      fields.report(
          RuleCode.BAD_PARAMETER,
          fields.place(),
          "one name, such as group: ml-*",
          "another number of names");
      return Optional.empty();
    }
    if (value.isPresent()
        && (value.get().unit() != usual.unit()
            || !value.get().currency().equals(usual.currency()))) {
      fields.wrong(
          RuleCode.BAD_PARAMETER, "value", scalar.orElseThrow(), Units.words(usual.unit()));
      return Optional.empty();
    }
    return value.map(of -> new Case(names.getFirst(), of.value()));
  }

  /** The patterns behind a name; empty where one of them was refused. */
  static List<String> patterns(Fields fields, Trait trait) {
    List<String> patterns = new ArrayList<>();
    List<Scalar> scalars = fields.scalars(trait.text());
    for (Scalar scalar : scalars) {
      if (Trait.allowed(scalar.text())) {
        patterns.add(scalar.text());
      } else {
        fields.wrong(
            RuleCode.BAD_PATTERN, trait.text(), scalar, "letters, digits, blanks, ._:/@+-*?");
      }
    }
    return patterns.size() == scalars.size() ? patterns : List.of();
  }

  private static Parameter choice(Parameter usual, List<Case> cases) {
    Expression value = usual.value();
    for (Case one : cases.reversed()) {
      if (one.value() instanceof Expression.Constant then) {
        Named named = one.named();
        value = new Expression.Choice(named.trait(), named.patterns(), then, value);
      }
    }
    return new Parameter(value, usual.unit(), usual.currency());
  }

  /** Says of the parameters that nothing uses. */
  void finish(Parameters parameters) {
    for (String name : parameters.unused()) {
      problem(RuleCode.UNUSED_PARAMETER, entry(name), "$" + name + " in the condition");
    }
  }

  private Map.Entry<String, Entry> entry(String name) {
    if (rule.value("params").orElseThrow() instanceof Mapping mapping) {
      for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
        if (entry.getKey().equals(name)) {
          return entry;
        }
      }
    }
    throw new IllegalStateException("no parameter " + name);
  }
}
