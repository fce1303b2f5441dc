package dev.reeve.rules;

import com.sun.management.ThreadMXBean;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Expression;
import dev.reeve.model.Fact;
import dev.reeve.model.Feature;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Slots;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectKind;
import dev.reeve.spi.RuleEngine;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * One pass in a fresh session over as many GPUs as are asked for: 20 rules of which some hold, 20
 * that hold for nobody, and 200 that hold for nobody; CPU of the thread that judges.
 */
final class PassBench {
  private static final int SIGNALS = 8;
  private static final int ROUNDS = 12;
  private static final int WARM = 4;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private PassBench() {}

  public static void main(String[] args) throws Exception {
    for (String gpus : args) {
      new PassBench().run(Integer.parseInt(gpus));
    }
  }

  private void run(int gpus) throws Exception {
    List<Pass> passes =
        List.of(
            new Pass("20", rules(20, 0.05), gpus),
            new Pass("20-silent", rules(20, -1), gpus),
            new Pass("200-silent", rules(200, -1), gpus));
    // in turns, so that what else runs on the machine meets all alike
    for (int round = 0; round < ROUNDS; round++) {
      for (Pass pass : passes) {
        pass.run(round >= WARM);
      }
    }
    for (Pass pass : passes) {
      pass.print(gpus);
    }
  }

  private final class Pass {
    private final String name;
    private final RuleEngine engine;
    private final List<Fact> facts;
    private final List<Double> millis = new ArrayList<>();
    private int found;

    Pass(String name, List<Rule> rules, int gpus) throws Exception {
      this.name = name;
      this.engine = Engines.of(rules);
      this.facts = facts(engine.ruleSet().slots(), gpus);
    }

    void run(boolean counts) throws Exception {
      long before = threads.getCurrentThreadCpuTime();
      found = engine.evaluate(facts).size();
      if (counts) {
        millis.add((threads.getCurrentThreadCpuTime() - before) / 1e6);
      }
    }

    void print(int gpus) {
      List<Double> sorted = millis.stream().sorted().toList();
      System.out.printf(
          Locale.ROOT,
          "%s %d %.1f %.1f %d%n",
          name,
          gpus,
          sorted.getFirst(),
          sorted.get(sorted.size() / 2),
          found);
    }
  }

  /** Each rule of two or three comparisons of its own limits; below 0 lies no value. */
  private static List<Rule> rules(int count, double low) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Condition> all = new ArrayList<>();
      int turn = i / SIGNALS;
      all.add(below(i, low + (low < 0 ? 0 : 0.01) * (i % 4) - 0.001 * turn));
      all.add(below(i + 1, 0.3 + 0.001 * i));
      if (i % 2 == 1) {
        all.add(below(i + 2, 0.5 + 0.001 * i));
      }
      rules.add(
          Engines.rule(
              "rule-" + i,
              List.of(
                  new Pattern("g", SubjectKind.GPU, new Condition.All(all), Optional.empty()))));
    }
    return rules;
  }

  private static Condition below(int slot, double limit) {
    Signal signal = Signal.values()[slot % SIGNALS];
    Feature feature = new Feature.OfWindow(signal, Statistic.MAX, Duration.ofMinutes(30));
    return Engines.compare(new Expression.Ask(feature), Comparison.LESS, limit);
  }

  /** One value in twenty is not known. */
  private static List<Fact> facts(SlotTable table, int gpus) {
    Random random = new Random(gpus);
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < gpus; i++) {
      Slots.Builder slots = Slots.builder(table, SubjectKind.GPU);
      for (int slot = 0; slot < table.size(SubjectKind.GPU); slot++) {
        if (random.nextInt(20) > 0) {
          slots.set(slot, random.nextDouble());
        }
      }
      facts.add(Fact.of(SubjectKind.GPU, "GPU-" + i, "workload-" + i / 8, "", "", slots.build()));
    }
    return facts;
  }
}
