package dev.reeve.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RuleChangeTest {
  private static final Feature BUSY =
      new Feature.OfWindow(Signal.GPU_ENGINE_ACTIVE, Statistic.MAX, Duration.ofMinutes(30));
  private static final Feature POWER =
      new Feature.OfWindow(Signal.GPU_POWER, Statistic.MEAN, Duration.ofMinutes(30));
  private static final SlotTable TABLE =
      SlotTable.ofFeatures(Map.of(SubjectKind.WORKLOAD, List.of(BUSY, POWER)));
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private static Condition compare(Feature feature, Comparison comparison, double limit) {
    return new Condition.Compare(
        new Expression.Ask(feature), comparison, new Expression.Constant(limit, feature.unit()));
  }

  private static Rule rule(Condition condition, Duration after, Duration notice, RuleMode mode) {
    return new Rule(
        "r",
        1,
        "a title",
        Severity.INFO,
        "",
        List.of(new Pattern("w", SubjectKind.WORKLOAD, condition, Optional.empty())),
        "w",
        List.of(
            new Rung(Duration.ZERO, new Remedy.Notify()), new Rung(after, new Remedy.Terminate())),
        new TreeSet<>(List.of(WorkloadKind.BATCH)),
        notice,
        mode,
        RuleCard.NONE,
        List.of());
  }

  private static Rule rule(Condition condition) {
    return rule(condition, HOUR, QUARTER, RuleMode.ACT);
  }

  private static void assertChange(RuleChange change, Rule before, Rule after) {
    assertEquals(change, RuleChange.between(before, after));
  }

  @Test
  void aLowerLimitIsTighterAndAHigherOneIsLooser() {
    Rule one = rule(compare(BUSY, Comparison.LESS, 0.01));
    Rule less = rule(compare(BUSY, Comparison.LESS, 0.005));
    assertChange(RuleChange.TIGHTER, one, less);
    assertChange(RuleChange.LOOSER, less, one);
    assertChange(RuleChange.SAME, one, one);
    // the limit itself is let in
    assertChange(RuleChange.LOOSER, one, rule(compare(BUSY, Comparison.AT_MOST, 0.01)));
  }

  @Test
  void oneMoreConditionIsTighterAndOneMoreWayIsLooser() {
    Condition idle = compare(BUSY, Comparison.LESS, 0.01);
    Condition cold = compare(POWER, Comparison.LESS, 100);
    Rule one = rule(idle);
    Rule both = rule(new Condition.All(List.of(idle, cold)));
    Rule either = rule(new Condition.Any(List.of(idle, cold)));
    assertChange(RuleChange.TIGHTER, one, both);
    assertChange(RuleChange.LOOSER, both, one);
    assertChange(RuleChange.LOOSER, one, either);
    assertChange(RuleChange.TIGHTER, either, one);
  }

  @Test
  void whatActsSoonerOrWithLessNoticeOrAtAllIsLooser() {
    Condition idle = compare(BUSY, Comparison.LESS, 0.01);
    Rule one = rule(idle);
    Rule observes = rule(idle, HOUR, QUARTER, RuleMode.OBSERVE);
    assertChange(RuleChange.LOOSER, one, rule(idle, QUARTER, QUARTER, RuleMode.ACT));
    assertChange(RuleChange.LOOSER, one, rule(idle, HOUR, Duration.ofMinutes(1), RuleMode.ACT));
    assertChange(RuleChange.TIGHTER, one, rule(idle, HOUR, HOUR, RuleMode.ACT));
    assertChange(RuleChange.TIGHTER, one, observes);
    assertChange(RuleChange.LOOSER, observes, one);
  }

  /** A wrong proof would let a rule act that nobody has watched. */
  @Test
  void whateverIsProvedTighterConfirmsNothingThatTheOtherDoesNot() {
    Random random = new Random(4);
    int proved = 0;
    for (int round = 0; round < 20_000; round++) {
      Condition before = random(random, 2);
      Condition after = random.nextBoolean() ? random(random, 2) : mutated(before, random);
      if (!RuleChange.implies(after, before)) {
        continue;
      }
      proved++;
      for (int i = 0; i < 20; i++) {
        Fact fact = fact(random);
        if (Conditions.truth(after, fact) == Truth.CONFIRMED) {
          assertEquals(
              Truth.CONFIRMED, Conditions.truth(before, fact), () -> after + " => " + before);
        }
      }
    }
    assertTrue(proved > 1_000, "only " + proved + " proofs");
  }

  private static Condition mutated(Condition of, Random random) {
    return switch (of) {
      case Condition.Compare compare ->
          new Condition.Compare(
              compare.left(),
              random.nextInt(4) == 0 ? any(random) : compare.comparison(),
              new Expression.Constant(random.nextInt(4), Unit.RATIO));
      case Condition.All all ->
          new Condition.All(all.of().stream().map(part -> mutated(part, random)).toList());
      case Condition.Any any ->
          new Condition.Any(any.of().stream().map(part -> mutated(part, random)).toList());
      case Condition.KindIn _, Condition.Named _ -> random(random, 0);
    };
  }

  private static Condition random(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 ->
          new Condition.KindIn(
              new TreeSet<>(
                  random.nextBoolean()
                      ? List.of(WorkloadKind.BATCH)
                      : List.of(WorkloadKind.BATCH, WorkloadKind.TRAINING)));
      case 1 ->
          new Condition.Named(
              Trait.OWNER,
              random.nextBoolean() ? List.of("ana") : List.of("ana", "b*"),
              random.nextBoolean());
      case 2, 3 ->
          new Condition.Compare(
              new Expression.Ask(random.nextBoolean() ? BUSY : POWER),
              any(random),
              new Expression.Constant(random.nextInt(4), Unit.RATIO));
      case 4 -> new Condition.All(parts(random, depth));
      default -> new Condition.Any(parts(random, depth));
    };
  }

  private static List<Condition> parts(Random random, int depth) {
    List<Condition> parts = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      parts.add(random(random, depth - 1));
    }
    return parts;
  }

  private static Comparison any(Random random) {
    return Comparison.values()[random.nextInt(Comparison.values().length)];
  }

  private static Fact fact(Random random) {
    Slots.Builder slots = Slots.builder(TABLE, SubjectKind.WORKLOAD);
    for (Feature feature : List.of(BUSY, POWER)) {
      if (random.nextInt(5) > 0) {
        slots.set(TABLE.slot(SubjectKind.WORKLOAD, feature), random.nextInt(9) / 2.0 - 0.5);
      }
    }
    List<String> owners = List.of("ana", "ben", "carl", "");
    List<String> kinds = List.of("batch", "training", "serving", "unknown");
    return Fact.of(
        SubjectKind.WORKLOAD,
        "w",
        owners.get(random.nextInt(owners.size())),
        "",
        kinds.get(random.nextInt(kinds.size())),
        slots.build());
  }

  @Test
  void fewerTimesOfTheWeekAreTighterWhereTheyAreAskedForAndLooserWhereTheyAreNot() {
    Feature wide = times(DayOfWeek.FRIDAY);
    Feature narrow = times(DayOfWeek.THURSDAY);
    assertChange(
        RuleChange.TIGHTER,
        rule(compare(wide, Comparison.AT_LEAST, 60)),
        rule(compare(narrow, Comparison.AT_LEAST, 60)));
    assertChange(
        RuleChange.LOOSER,
        rule(compare(wide, Comparison.LESS, 60)),
        rule(compare(narrow, Comparison.LESS, 60)));
  }

  private static Feature times(DayOfWeek last) {
    return new Feature.OfTimes(
        new TimesOfWeek(
            List.of(
                new TimesOfWeek.Range(DayOfWeek.MONDAY, last, 8 * 60, 18 * 60, ZoneOffset.UTC))));
  }

  /** Told at 50 minutes, it acts at 65; told at once, at 60. */
  @Test
  void aNoticeThatComesSoonerLetsItActSooner() {
    assertChange(RuleChange.LOOSER, told(Duration.ofMinutes(50)), told(Duration.ZERO));
    assertChange(RuleChange.TIGHTER, told(Duration.ZERO), told(Duration.ofMinutes(50)));
  }

  private static Rule told(Duration after) {
    Rule of = rule(compare(BUSY, Comparison.LESS, 0.01));
    return of.withLadder(
        List.of(new Rung(after, new Remedy.Notify()), new Rung(HOUR, new Remedy.Terminate())),
        of.actsOn());
  }
}
