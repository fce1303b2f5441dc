package dev.reeve.loop;

import dev.reeve.board.Snapshot;
import dev.reeve.model.Condition;
import dev.reeve.model.Conditions;
import dev.reeve.model.Cost;
import dev.reeve.model.Evidence;
import dev.reeve.model.Expression;
import dev.reeve.model.Extent;
import dev.reeve.model.Fact;
import dev.reeve.model.Feature;
import dev.reeve.model.Finding;
import dev.reeve.model.Join;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Truth;
import dev.reeve.model.WitnessGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Answers rules in three values from their condition trees, beside the engine that fires them. A
 * join partner that is absent is unknown: no source proves that it is not there. What only has to
 * exist is refuted where all that can be it are known, and none of them is.
 */
final class Judge {
  private final RuleSet set;
  private final Snapshot snapshot;
  private final Map<Key, Map<String, List<Fact>>> index = new HashMap<>();
  private final IdentityHashMap<Expression, String> texts = new IdentityHashMap<>();
  private final List<Fact> facts = new ArrayList<>();

  private record Key(SubjectKind kind, Join.Key by) {}

  /** What a choice of facts for the patterns answers. */
  private record Answer(Truth truth, Map<String, Fact> facts) {}

  Judge(RuleSet set, Snapshot snapshot) {
    this.set = set;
    this.snapshot = snapshot;
    for (Subject subject : snapshot.subjects()) {
      facts.add(subject.fact());
    }
  }

  private List<Fact> found(SubjectKind kind, Join.Key by, String value) {
    return index.computeIfAbsent(new Key(kind, by), this::indexed).getOrDefault(value, List.of());
  }

  /** Made where it is first asked for: most rules join nothing. */
  private Map<String, List<Fact>> indexed(Key key) {
    Map<String, List<Fact>> found = new HashMap<>();
    for (Fact fact : facts) {
      if (fact.subjectKind() == key.kind()) {
        found.computeIfAbsent(value(fact, key.by()), _ -> new ArrayList<>(1)).add(fact);
      }
    }
    return found;
  }

  /** What the rule engine is to judge. */
  List<Fact> facts() {
    return facts;
  }

  Judgement judge(Rule rule, SubjectId subject) {
    Answer answer = answer(rule, subject);
    List<Evidence> evidence = new ArrayList<>();
    for (Pattern pattern : rule.patterns()) {
      Fact fact = answer.facts().get(pattern.alias());
      if (fact != null) {
        evidence.addAll(evidence(pattern, fact));
      }
      if (answer.truth() == Truth.UNKNOWN) {
        evidence.addAll(unproven(rule, pattern, answer.facts()));
      }
    }
    Optional<Subject> known = snapshot.subject(subject);
    Finding finding =
        new Finding(
            rule.id(),
            set.hash(),
            subject,
            known.map(Subject::incarnation).orElse(""),
            evidence.stream().distinct().toList(),
            waste(rule, known));
    return new Judgement(rule, subject, answer.truth(), finding);
  }

  private static Cost waste(Rule rule, Optional<Subject> known) {
    return switch (rule.card().wastes()) {
      case ALL -> known.map(Subject::cost).orElse(new Cost.Unknown("it is not seen any more"));
      case PART -> new Cost.Unknown("a part of its cost, and how much is not known");
      case NOTHING -> new Cost.Unknown("what the rule finds is no waste");
    };
  }

  private Answer answer(Rule rule, SubjectId subject) {
    Pattern target = rule.targetPattern();
    List<Fact> found = found(target.kind(), Join.Key.SUBJECT, subject.key());
    if (found.isEmpty()) {
      return new Answer(Truth.UNKNOWN, Map.of());
    }
    Fact fact = found.getFirst();
    Map<String, Fact> chosen = new TreeMap<>(Map.of(target.alias(), fact));
    return extend(rule, chosen, Conditions.truth(target.condition(), fact));
  }

  /** Chooses a fact for the next pattern that is tied to a chosen one, and so on. */
  private Answer extend(Rule rule, Map<String, Fact> chosen, Truth soFar) {
    Optional<Pattern> next = next(rule, chosen);
    if (soFar == Truth.REFUTED || chosen.size() == rule.patterns().size()) {
      return new Answer(soFar, chosen);
    }
    if (next.isEmpty()) {
      // tied to nothing: nobody knows of which subject it speaks
      return new Answer(soFar.and(Truth.UNKNOWN), chosen);
    }
    Pattern pattern = next.get();
    if (pattern.exists()) {
      return existing(rule, pattern, chosen, soFar);
    }
    Answer best = new Answer(Truth.REFUTED, chosen);
    List<Fact> candidates = candidates(rule, pattern, chosen);
    if (candidates.isEmpty()) {
      return new Answer(soFar.and(Truth.UNKNOWN), chosen);
    }
    for (Fact candidate : candidates) {
      Map<String, Fact> more = new TreeMap<>(chosen);
      more.put(pattern.alias(), candidate);
      Truth truth = soFar.and(Conditions.truth(pattern.condition(), candidate));
      Answer answer = extend(rule, more, truth);
      Truth either = best.truth().or(answer.truth());
      best = rank(answer.truth()) >= rank(best.truth()) ? answer : best;
      best = new Answer(either, best.facts());
    }
    return best;
  }

  /** One that is true is enough; none is false only where there can be no other. */
  private Answer existing(Rule rule, Pattern pattern, Map<String, Fact> chosen, Truth soFar) {
    List<Fact> candidates = candidates(rule, pattern, chosen);
    Truth any = complete(rule, pattern, chosen, candidates) ? Truth.REFUTED : Truth.UNKNOWN;
    int best = -1;
    Map<String, Fact> more = new TreeMap<>(chosen);
    for (Fact candidate : candidates) {
      Truth truth = Conditions.truth(pattern.condition(), candidate);
      any = any.or(truth);
      if (rank(truth) > best) {
        best = rank(truth);
        more.put(pattern.alias(), candidate);
      }
    }
    // without a candidate nothing that is tied to it could follow: no pattern may be
    return candidates.isEmpty()
        ? new Answer(soFar.and(Truth.UNKNOWN), chosen)
        : extend(rule, more, soFar.and(any));
  }

  /** Whether these are proved to be all: a name has one bearer, and an extent names its GPUs. */
  private boolean complete(
      Rule rule, Pattern pattern, Map<String, Fact> chosen, List<Fact> candidates) {
    List<Join> ties = ties(rule, pattern, chosen);
    if (ties.stream().anyMatch(tie -> tie.mine() == Join.Key.SUBJECT)) {
      return !candidates.isEmpty();
    }
    Join tie = ties.getFirst();
    boolean held =
        pattern.kind() == SubjectKind.GPU
            && tie.mine() == Join.Key.OWNER
            && tie.theirs() == Join.Key.SUBJECT;
    return held && extent(fact(chosen, tie)).filter(all -> within(all, candidates)).isPresent();
  }

  private Optional<SortedSet<SubjectId>> extent(Fact workload) {
    SubjectId id = new SubjectId(workload.subjectKind(), workload.subject());
    return Optional.ofNullable(snapshot.workloads().get(id))
        .filter(known -> known.attribution() instanceof Subject.Attribution.Agreed)
        .flatMap(
            known ->
                switch (known.sighting().extent()) {
                  case Extent.Known(SortedSet<SubjectId> devices) -> Optional.of(devices);
                  case Extent.Unknown _ -> Optional.empty();
                });
  }

  private static boolean within(SortedSet<SubjectId> devices, List<Fact> candidates) {
    Set<String> seen = candidates.stream().map(Fact::subject).collect(Collectors.toSet());
    return devices.stream().allMatch(device -> seen.contains(device.key()));
  }

  private static int rank(Truth truth) {
    return switch (truth) {
      case REFUTED -> 0;
      case UNKNOWN -> 1;
      case CONFIRMED -> 2;
    };
  }

  private static Optional<Pattern> next(Rule rule, Map<String, Fact> chosen) {
    return rule.patterns().stream()
        .filter(pattern -> !chosen.containsKey(pattern.alias()))
        .filter(pattern -> !ties(rule, pattern, chosen).isEmpty())
        .findFirst();
  }

  /** The ties between a pattern and those that are chosen, seen from the pattern. */
  private static List<Join> ties(Rule rule, Pattern pattern, Map<String, Fact> chosen) {
    List<Join> ties = new ArrayList<>();
    pattern.join().filter(join -> chosen.containsKey(join.alias())).ifPresent(ties::add);
    for (Pattern other : rule.patterns()) {
      other
          .join()
          .filter(join -> join.alias().equals(pattern.alias()))
          .filter(_ -> chosen.containsKey(other.alias()))
          .ifPresent(join -> ties.add(seenFromTheOther(join, other.alias())));
    }
    return ties;
  }

  private static Join seenFromTheOther(Join join, String alias) {
    Join.Key here = join.theirs();
    Join.Key there = join.mine();
    return new Join(here, alias, there);
  }

  private List<Fact> candidates(Rule rule, Pattern pattern, Map<String, Fact> chosen) {
    List<Fact> candidates = new ArrayList<>();
    List<Join> ties = ties(rule, pattern, chosen);
    Join first = ties.getFirst();
    String wanted = value(fact(chosen, first), first.theirs());
    if (wanted.isEmpty()) {
      return candidates;
    }
    for (Fact fact : found(pattern.kind(), first.mine(), wanted)) {
      if (ties.stream()
          .allMatch(
              tie -> value(fact, tie.mine()).equals(value(fact(chosen, tie), tie.theirs())))) {
        candidates.add(fact);
      }
    }
    return candidates;
  }

  private static Fact fact(Map<String, Fact> chosen, Join tie) {
    Fact fact = chosen.get(tie.alias());
    if (fact == null) {
      throw new IllegalStateException("no fact is chosen for " + tie.alias());
    }
    return fact;
  }

  private static String value(Fact fact, Join.Key by) {
    return switch (by) {
      case SUBJECT -> fact.subject();
      case OWNER -> fact.owner();
      case GROUP -> fact.group();
    };
  }

  /** What says that a partner was looked for, where nothing that was seen says what there is. */
  private static List<Evidence> unproven(Rule rule, Pattern pattern, Map<String, Fact> chosen) {
    Fact fact = chosen.get(pattern.alias());
    boolean others =
        fact != null
            && pattern.exists()
            && Conditions.truth(pattern.condition(), fact) == Truth.REFUTED;
    Optional<Join> tie = ties(rule, pattern, chosen).stream().findFirst();
    if ((fact != null && !others) || tie.isEmpty()) {
      return List.of();
    }
    Fact partner = fact(chosen, tie.get());
    String asked =
        pattern.kind().text()
            + " with "
            + tie.get().mine().text()
            + " == "
            + tie.get().alias()
            + "."
            + tie.get().theirs().text();
    return List.of(
        new Evidence(
            new SubjectId(partner.subjectKind(), partner.subject()),
            asked,
            Double.NaN,
            ">=",
            1,
            WitnessGroup.NONE,
            Truth.UNKNOWN,
            others
                ? "none of those that are known, and nothing proves that these are all"
                : "none is seen, and nothing proves that there is none"));
  }

  private List<Evidence> evidence(Pattern pattern, Fact fact) {
    List<Evidence> evidence = new ArrayList<>();
    for (Condition.Compare compare : Conditions.comparisons(pattern.condition())) {
      evidence.add(
          new Evidence(
              new SubjectId(fact.subjectKind(), fact.subject()),
              texts.computeIfAbsent(compare.left(), Conditions::text),
              Conditions.value(compare.left(), fact),
              compare.comparison().text(),
              Conditions.value(compare.right(), fact),
              group(compare.left()),
              Conditions.truth(compare, fact),
              whyNot(compare, fact)));
    }
    return evidence;
  }

  private static WitnessGroup group(Expression expression) {
    return switch (expression) {
      case Expression.Ask ask -> ask.feature().group();
      case Expression.Constant _, Expression.Choice _ -> WitnessGroup.NONE;
      case Expression.Arithmetic arithmetic -> {
        WitnessGroup left = group(arithmetic.left());
        yield left == WitnessGroup.NONE ? group(arithmetic.right()) : left;
      }
    };
  }

  private static String whyNot(Condition.Compare compare, Fact fact) {
    List<String> reasons = new ArrayList<>();
    for (Feature feature : Conditions.features(compare)) {
      int slot = fact.slots().table().slot(fact.subjectKind(), feature);
      if (!fact.known(slot)) {
        reasons.add(feature.text() + ": " + fact.slots().whyNot(slot));
      }
    }
    return String.join("; ", reasons);
  }
}
