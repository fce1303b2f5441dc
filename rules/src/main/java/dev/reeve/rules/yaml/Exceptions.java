package dev.reeve.rules.yaml;

import dev.reeve.config.Value.Mapping;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Pattern;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Trait;
import dev.reeve.model.WorkloadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads what a rule never finds, and turns it into conditions that must hold: a name that is like
 * none of the patterns, a comparison turned round. What is not known satisfies neither, so an
 * exception that cannot be read holds.
 */
final class Exceptions {
  private static final Condition NEVER = new Condition.Named(Trait.NAME, List.of("*"), false);

  private final RuleProblems problems;
  private final Fields rule;
  private final Parameters parameters;

  Exceptions(RuleProblems problems, Fields rule, Parameters parameters) {
    this.problems = problems;
    this.rule = rule;
    this.parameters = parameters;
  }

  /** The patterns with all exceptions in them. */
  List<Pattern> apply(List<Pattern> patterns, String target) {
    List<List<Condition>> more = new ArrayList<>();
    patterns.forEach(_ -> more.add(new ArrayList<>()));
    List<Mapping> mappings = rule.mappings("except", 64);
    for (int i = 0; i < mappings.size(); i++) {
      Fields fields =
          new Fields(
              mappings.get(i), rule.below("except[" + i + "]"), RuleKeys.EXCEPTION, problems);
      exception(fields, patterns, target, more);
    }
    List<Pattern> result = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      Pattern pattern = patterns.get(i);
      List<Condition> parts = new ArrayList<>(List.of(pattern.condition()));
      parts.addAll(more.get(i));
      Condition condition = parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
      result.add(pattern.with(condition));
    }
    return result;
  }

  /** All keys of one exception are about one subject, or their negation could not be one. */
  private void exception(
      Fields fields, List<Pattern> patterns, String target, List<List<Condition>> more) {
    List<Trait> traits = new ArrayList<>();
    for (Trait trait : Trait.values()) {
      if (fields.has(trait.text())) {
        traits.add(trait);
      }
    }
    if (traits.isEmpty() && !fields.has("when")) {
      fields.report(RuleCode.EMPTY, fields.place(), "a name or a condition", "nothing");
      return;
    }
    Optional<Integer> at = subject(patterns, target, traits, fields.has("when"));
    if (at.isEmpty()) {
      fields.report(
          RuleCode.FOREIGN_TRAIT,
          fields.place(),
          "names that one subject of the rule has",
          "others");
      return;
    }
    List<Condition> either = new ArrayList<>();
    for (Trait trait : traits) {
      List<String> of = ParameterReader.patterns(fields, trait);
      if (!of.isEmpty()) {
        either.add(new Condition.Named(trait, of, false));
      }
    }
    SubjectKind kind = patterns.get(at.get()).kind();
    fields
        .value("when")
        .flatMap(
            when ->
                new ConditionReader(problems, kind, parameters).read(when, fields.below("when")))
        .ifPresent(condition -> either.add(opposite(condition)));
    if (!either.isEmpty()) {
      more.get(at.get()).add(either.size() == 1 ? either.getFirst() : new Condition.Any(either));
    }
  }

  private static Optional<Integer> subject(
      List<Pattern> patterns, String target, List<Trait> traits, boolean when) {
    Optional<Integer> found = Optional.empty();
    for (int i = 0; i < patterns.size(); i++) {
      SubjectKind kind = patterns.get(i).kind();
      boolean isTarget = patterns.get(i).alias().equals(target);
      if (traits.stream().allMatch(trait -> trait.isOf(kind)) && (isTarget || !when)) {
        if (isTarget || found.isEmpty()) {
          found = Optional.of(i);
        }
      }
    }
    return found;
  }

  /** What is true where the condition is false, and unknown where it is unknown. */
  static Condition opposite(Condition condition) {
    return switch (condition) {
      case Condition.All all ->
          new Condition.Any(all.of().stream().map(Exceptions::opposite).toList());
      case Condition.Any any ->
          new Condition.All(any.of().stream().map(Exceptions::opposite).toList());
      case Condition.Compare compare ->
          new Condition.Compare(compare.left(), opposite(compare.comparison()), compare.right());
      case Condition.KindIn in -> {
        TreeSet<WorkloadKind> others = new TreeSet<>(List.of(WorkloadKind.values()));
        others.removeAll(in.kinds());
        others.remove(WorkloadKind.UNKNOWN);
        // an exception for every kind: no kind is left that could be found
        yield others.isEmpty() ? NEVER : new Condition.KindIn(others);
      }
      case Condition.Named named ->
          new Condition.Named(named.trait(), named.patterns(), !named.among());
    };
  }

  private static Comparison opposite(Comparison comparison) {
    return switch (comparison) {
      case LESS -> Comparison.AT_LEAST;
      case AT_MOST -> Comparison.GREATER;
      case GREATER -> Comparison.AT_MOST;
      case AT_LEAST -> Comparison.LESS;
    };
  }
}
