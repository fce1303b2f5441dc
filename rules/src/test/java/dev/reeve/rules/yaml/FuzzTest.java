package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Attribute;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.ConditionText;
import dev.reeve.model.Expression;
import dev.reeve.model.Expression.Operator;
import dev.reeve.model.Feature;
import dev.reeve.model.Signal;
import dev.reeve.model.Statistic;
import dev.reeve.model.Unit;
import dev.reeve.model.WorkloadKind;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** By seed; a failure names it. */
class FuzzTest {
  private static final long SEED = Long.getLong("reeve.seed", 20260201);
  private static final Mutation MUTATION = new Mutation(Mutation.YAML);

  @Test
  void noTextMakesTheReaderThrow() {
    Random random = new Random(SEED);
    Oracle oracle = new Oracle(1_000);
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          int right = 0;
          for (int i = 0; i < 4_000; i++) {
            Choices choices = Choices.of(random);
            String text = MUTATION.of(PackReaderTest.RULE, choices, 1 + random.nextInt(6));
            right += said(() -> oracle.yaml(text), text) ? 1 : 0;
          }
          assertTrue(right > 10 && right < 3_900, right + " were right, seed " + SEED);
        });
  }

  /** What a fuzzer tries conditions in; else it would try none. */
  @Test
  void everyConditionThatAFuzzerBeginsWithIsRightInARule() {
    Oracle oracle = new Oracle(1_000);
    for (String condition : Bases.conditions().all()) {
      assertTrue(Oracle.condition(condition), condition);
      assertTrue(oracle.yaml(Bases.inRule("'" + condition + "'")), condition);
    }
    Bases.yaml().all().forEach(text -> assertTrue(oracle.yaml(text), text));
    Bases.drl().all().forEach(text -> assertTrue(oracle.gate(text), text));
  }

  /** Says with what text and seed it went wrong. */
  private static boolean said(BooleanSupplier right, String text) {
    try {
      return right.getAsBoolean();
    } catch (RuntimeException | Error wrong) {
      throw new AssertionError("seed " + SEED + ", text:\n" + text, wrong);
    }
  }

  @Test
  void noConditionMakesTheReaderThrow() {
    Random random = new Random(SEED);
    int right = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(30); k >= 0; k--) {
        text.append(Mutation.CONDITION.get(random.nextInt(Mutation.CONDITION.size())));
      }
      right += said(() -> Oracle.condition(text.toString()), text.toString()) ? 1 : 0;
    }
    Mutation changes = new Mutation(Mutation.CONDITION);
    for (int i = 0; i < 20_000; i++) {
      Choices choices = Choices.of(random);
      String text = changes.of(Bases.conditions().one(choices), choices, 1 + random.nextInt(3));
      right += said(() -> Oracle.condition(text), text) ? 1 : 0;
    }
    assertTrue(right > 200, right + " were right, seed " + SEED);
  }

  @Test
  void whatIsPrintedReadsAsTheSame() {
    Random random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      Condition condition = condition(random, 3);
      String text = ConditionText.of(condition);
      RuleProblems problems = new RuleProblems();
      Optional<Condition> read = Oracle.read(text, problems);
      if (problems.list().stream().anyMatch(of -> of.code() == RuleCode.TOO_LONG)) {
        continue;
      }
      assertEquals("", problems.text(), text + ", seed " + SEED);
      assertEquals(condition, read.orElseThrow(), text + ", seed " + SEED);
    }
  }

  /** Work grows with the text: ten times as many rules take far less than a hundred times. */
  @Test
  void aFileOfMostRulesIsReadInSecondsOfCpu() {
    StringBuilder text = new StringBuilder("pack: {name: site, version: 1}\nrules:\n");
    String rule = PackReaderTest.RULE.substring(PackReaderTest.RULE.indexOf("  - id: quiet"));
    for (int i = 0; i < 200; i++) {
      text.append(rule.replace("id: quiet", "id: quiet-" + i));
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    int read = Repository.read(text.toString()).rules().size();
    Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - began);
    assertEquals(200 + RuleSources.shipped().rules().size(), read);
    assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, took.toString());
  }

  private static Condition condition(Random random, int depth) {
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(4)) {
      case 0 -> compare(random);
      case 1 -> new Condition.KindIn(kinds(random));
      case 2 -> new Condition.All(conditions(random, depth - 1));
      default -> new Condition.Any(conditions(random, depth - 1));
    };
  }

  private static List<Condition> conditions(Random random, int depth) {
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(2); i++) {
      conditions.add(condition(random, depth));
    }
    return conditions;
  }

  private static SortedSet<WorkloadKind> kinds(Random random) {
    List<WorkloadKind> known = new ArrayList<>(List.of(WorkloadKind.values()));
    known.remove(WorkloadKind.UNKNOWN);
    return new TreeSet<>(known.subList(0, 1 + random.nextInt(known.size())));
  }

  private static Condition compare(Random random) {
    Feature feature = feature(random);
    Expression left = new Expression.Ask(feature);
    Expression right = constant(feature.unit(), random);
    if (random.nextInt(4) == 0) {
      left = new Expression.Arithmetic(left, Operator.MINUS, constant(feature.unit(), random));
    }
    if (random.nextInt(4) == 0) {
      Operator operator = random.nextBoolean() ? Operator.TIMES : Operator.OVER;
      left = new Expression.Arithmetic(left, operator, new Expression.Constant(3, Unit.COUNT));
      if (feature.unit() == Unit.COUNT && operator == Operator.OVER) {
        right = constant(Unit.RATIO, random);
      }
    }
    Comparison[] all = Comparison.values();
    return new Condition.Compare(left, all[random.nextInt(all.length)], right);
  }

  private static Feature feature(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Feature.OfCost(Currency.getInstance(random.nextBoolean() ? "USD" : "EUR"));
      case 1 -> new Feature.OfAttribute(Attribute.WORKLOAD_GPUS);
      default -> {
        Signal signal = Signal.values()[random.nextInt(Signal.values().length)];
        if (signal == Signal.COST_RATE || signal.histogram()) {
          signal = Signal.GPU_POWER;
        }
        Statistic statistic =
            signal.counter() ? Statistic.INCREASE : Statistic.values()[random.nextInt(3)];
        yield new Feature.OfWindow(
            signal, statistic, Duration.ofSeconds(60 + random.nextInt(86_000)));
      }
    };
  }

  private static Expression constant(Unit unit, Random random) {
    double value = 0.25 + random.nextInt(unit == Unit.RATIO ? 3 : 5_000) / 4.0;
    return new Expression.Constant(value, unit);
  }
}
