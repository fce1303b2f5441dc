package dev.reeve.rules;

import com.sun.management.ThreadMXBean;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Conditions;
import dev.reeve.model.Expression;
import dev.reeve.model.Fact;
import dev.reeve.model.Feature;
import dev.reeve.model.Join;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Slots;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Truth;
import dev.reeve.spi.RuleEngine;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/**
 * Measures one pass of 20 rules in a fresh session for several shapes of facts, beside the same
 * conditions answered by plain Java. Run by {@code .ci/bench.d/rules}; arguments are numbers of
 * GPUs.
 */
public final class FactShapes {
  private static final int SLOTS = 8;
  private static final int RULES = 20;
  // interleaved, so that what else runs on the machine meets all shapes alike; the first warms up
  private static final int ROUNDS = 6;

  private final List<Rule> rules = rules();

  private FactShapes() {}

  public static void main(String[] args) throws Exception {
    FactShapes shapes = new FactShapes();
    System.out.printf(
        "%-8s %-28s %10s %10s %10s %10s %10s%n",
        "gpus", "shape", "pass ms", "cpu ms", "us/gpu", "B/gpu", "findings");
    for (String arg : args) {
      shapes.measure(Integer.parseInt(arg));
    }
  }

  private void measure(int gpus) throws Exception {
    RuleEngine engine = Engines.of(rules);
    List<Fact> facts = facts(engine.ruleSet().slots(), gpus);
    KieBase operators = ShapeTexts.base(ShapeTexts.slotsByOperators(rules));
    KieBase fields = ShapeTexts.base(ShapeTexts.fields(rules));
    KieBase windows = ShapeTexts.base(ShapeTexts.windows(rules));
    List<Object> asFields = facts.stream().map(ShapeTexts::fields).toList();
    List<Object> asWindows = facts.stream().flatMap(ShapeTexts::windows).toList();

    List<Shape> shapes =
        List.of(
            new Shape("slots, the engine itself", () -> engine.evaluate(facts).size()),
            new Shape("slots, session alone", () -> pass(ShapeTexts.base(engine), facts)),
            new Shape("slots, engine's operators", () -> pass(operators, facts)),
            new Shape("fields", () -> pass(fields, asFields)),
            new Shape("a fact per window", () -> pass(windows, asWindows)),
            new Shape("plain Java, no joins", () -> plain(facts)));
    int passes = Math.clamp(100_000L / gpus, 3, 1000);
    for (int round = 0; round < ROUNDS; round++) {
      for (Shape shape : shapes) {
        shape.run(passes, round > 0);
      }
    }
    shapes.forEach(shape -> shape.print(gpus));
  }

  private static int pass(KieBase base, List<?> facts) {
    KieSession session = base.newKieSession();
    try {
      session.setGlobal("decide", new Decide());
      facts.forEach(session::insert);
      return session.fireAllRules();
    } finally {
      session.dispose();
    }
  }

  private int plain(List<Fact> facts) {
    int found = 0;
    for (Rule rule : rules) {
      Pattern pattern = rule.targetPattern();
      for (Fact fact : facts) {
        if (fact.subjectKind() == pattern.kind()
            && Conditions.truth(pattern.condition(), fact) == Truth.CONFIRMED) {
          found++;
        }
      }
    }
    return found;
  }

  /** One way to judge, with what its passes took. */
  private static final class Shape {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Double> wall = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();
    private final String name;
    private final Callable<Integer> pass;
    private int findings;

    Shape(String name, Callable<Integer> pass) {
      this.name = name;
      this.pass = pass;
    }

    void run(int passes, boolean counts) throws Exception {
      long id = Thread.currentThread().threadId();
      for (int i = 0; i < passes; i++) {
        long allocated = threads.getThreadAllocatedBytes(id);
        long used = threads.getThreadCpuTime(id);
        long start = System.nanoTime();
        findings = pass.call();
        if (counts) {
          wall.add((System.nanoTime() - start) / 1e6);
          cpu.add((threads.getThreadCpuTime(id) - used) / 1e6);
          bytes.add((double) (threads.getThreadAllocatedBytes(id) - allocated));
        }
      }
    }

    void print(int gpus) {
      System.out.printf(
          Locale.ROOT,
          "%-8d %-28s %10.3f %10.3f %10.2f %10.0f %10d%n",
          gpus,
          name,
          median(wall),
          median(cpu),
          median(cpu) * 1000 / gpus,
          median(bytes) / gpus,
          findings);
    }

    private static double median(List<Double> values) {
      return values.stream().sorted().toList().get(values.size() / 2);
    }
  }

  /** 16 rules of two or three comparisons over one subject, four over a workload and its GPUs. */
  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < RULES; i++) {
      SubjectKind kind = i % 5 == 3 ? SubjectKind.WORKLOAD : SubjectKind.GPU;
      double low = 0.05 + 0.01 * (i % 4);
      Condition condition =
          i % 2 == 0
              ? all(below(i, low), below(i + 1, 0.3))
              : all(below(i, low), below(i + 2, 0.5), above(i + 3, 0.2));
      if (i % 5 == 4) {
        Pattern gpu = new Pattern("g", SubjectKind.GPU, condition, Optional.empty());
        Join join = new Join(Join.Key.SUBJECT, "g", Join.Key.OWNER);
        rules.add(
            Engines.rule(
                "rule-" + i,
                List.of(gpu, Engines.joined(SubjectKind.WORKLOAD, all(above(i, 0.5)), join))));
      } else {
        rules.add(
            Engines.rule(
                "rule-" + i, List.of(new Pattern("s", kind, condition, Optional.empty()))));
      }
    }
    return rules;
  }

  private static List<Fact> facts(SlotTable table, int gpus) {
    Random random = new Random(gpus);
    List<Fact> facts = new ArrayList<>();
    int workloads = Math.max(1, gpus / 8);
    for (int i = 0; i < workloads; i++) {
      facts.add(
          Fact.of(
              SubjectKind.WORKLOAD,
              "workload-" + i,
              "",
              "",
              "training",
              slots(table, SubjectKind.WORKLOAD, random)));
    }
    for (int i = 0; i < gpus; i++) {
      facts.add(
          Fact.of(
              SubjectKind.GPU,
              "GPU-" + i,
              "workload-" + i % workloads,
              "",
              "",
              slots(table, SubjectKind.GPU, random)));
    }
    return facts;
  }

  /** One in twenty is not known. */
  private static Slots slots(SlotTable table, SubjectKind kind, Random random) {
    Slots.Builder slots = Slots.builder(table, kind);
    for (int slot = 0; slot < table.size(kind); slot++) {
      if (random.nextInt(20) > 0) {
        slots.set(slot, random.nextDouble());
      }
    }
    return slots.build();
  }

  private static Condition all(Condition... of) {
    return new Condition.All(List.of(of));
  }

  private static Condition below(int slot, double limit) {
    return compare(slot, Comparison.LESS, limit);
  }

  private static Condition above(int slot, double limit) {
    return compare(slot, Comparison.GREATER, limit);
  }

  private static Condition compare(int slot, Comparison comparison, double limit) {
    Signal signal = Signal.values()[slot % SLOTS];
    Feature feature = new Feature.OfWindow(signal, Statistic.MAX, Duration.ofMinutes(30));
    return Engines.compare(new Expression.Ask(feature), comparison, limit);
  }
}
