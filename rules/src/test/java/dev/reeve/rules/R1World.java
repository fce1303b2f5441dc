package dev.reeve.rules;

import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Device;
import dev.reeve.model.Expression;
import dev.reeve.model.Extent;
import dev.reeve.model.Feature;
import dev.reeve.model.Holding;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Observation;
import dev.reeve.model.Pattern;
import dev.reeve.model.Protection;
import dev.reeve.model.Rule;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What both sides of row R1 are given: 2,000 GPUs of 2,000 workloads, 3 signals, 20 rules. */
final class R1World {
  static final int GPUS = 2_000;
  static final int INTERVAL = 15;
  static final List<Signal> SIGNALS =
      List.of(Signal.GPU_ENGINE_ACTIVE, Signal.GPU_UTILIZATION, Signal.GPU_DRAM_ACTIVE);
  private static final Duration SPAN = Duration.ofMinutes(5);
  private static final List<Statistic> STATISTICS =
      List.of(Statistic.MAX, Statistic.MEAN, Statistic.MIN);

  private final long start;
  private final List<Device> gpus = new ArrayList<>();
  private final List<Holding> holdings = new ArrayList<>();
  private final List<WorkloadSighting> workloads = new ArrayList<>();

  /**
   * @param start seconds since 1970 of tick 0
   */
  R1World(long start) {
    this.start = start;
    for (int i = 0; i < GPUS; i++) {
      SubjectId gpu = SubjectId.gpu(gpu(i));
      WorkloadSighting one =
          new WorkloadSighting(
              new WorkloadId("k8s", "c", "team", "Job", workload(i)),
              Incarnation.of("uid-" + i, List.of("pod-" + i)),
              WorkloadKind.TRAINING,
              "",
              "",
              Extent.of(List.of(gpu)),
              Protection.none(),
              Optional.empty(),
              "");
      workloads.add(one);
      holdings.add(new Holding(gpu, new Holding.HeldBy(List.of(one.subject()))));
      gpus.add(new Device(gpu, "NVIDIA H100 80GB HBM3", "" + i % 8, "n" + i / 8, "", 80L << 30));
    }
  }

  /** One comparison: {@code statistic(signal, 5m) < limit}. */
  record Asked(Statistic statistic, Signal signal, double limit) {
    Condition condition() {
      Feature feature = new Feature.OfWindow(signal, statistic, SPAN);
      return new Condition.Compare(
          new Expression.Ask(feature),
          Comparison.LESS,
          new Expression.Constant(limit, feature.unit()));
    }

    String promql() {
      String function =
          switch (statistic) {
            case MAX -> "max_over_time";
            case MIN -> "min_over_time";
            default -> "avg_over_time";
          };
      return "%s(%s[5m]) < %s".formatted(function, metric(signal), limit);
    }
  }

  /** 20 rules of two or three comparisons. */
  private static List<List<Asked>> asked() {
    List<List<Asked>> rules = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<Asked> of = new ArrayList<>();
      for (int k = 0; k < 2 + i % 2; k++) {
        Statistic statistic = STATISTICS.get((i + k) % STATISTICS.size());
        double limit = statistic == Statistic.MIN ? 0.02 : 0.3 + 0.02 * (i % 9);
        of.add(new Asked(statistic, SIGNALS.get((i / 3 + k) % SIGNALS.size()), limit));
      }
      rules.add(of);
    }
    return rules;
  }

  static String name(int rule) {
    return "rule-%02d".formatted(rule);
  }

  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (List<Asked> of : asked()) {
      Condition all = new Condition.All(of.stream().map(Asked::condition).toList());
      rules.add(
          Engines.rule(
              name(rules.size()),
              List.of(new Pattern("w", SubjectKind.WORKLOAD, all, Optional.empty()))));
    }
    return rules;
  }

  static List<String> promql() {
    return asked().stream()
        .map(of -> String.join(" and on(gpu, workload) ", of.stream().map(Asked::promql).toList()))
        .toList();
  }

  static String metric(Signal signal) {
    return signal.text().replace('.', '_');
  }

  /** Most GPUs work, some hardly, and no value stays what it was. */
  static double value(int gpu, int tick, Signal signal) {
    SplittableRandom random =
        new SplittableRandom((gpu * 31L + SIGNALS.indexOf(signal)) * 100_003L + tick);
    double most = gpu % 10 == 3 ? 0.35 : 1;
    return Math.round(random.nextDouble() * most * 1e6) / 1e6;
  }

  static String gpu(int number) {
    return "GPU-%04d".formatted(number);
  }

  static String workload(int number) {
    return "job-" + number;
  }

  long seconds(int tick) {
    return start + (long) tick * INTERVAL;
  }

  long nanos(int tick) {
    return seconds(tick) * 1_000_000_000L;
  }

  /** What an exporter says, then what a platform says. */
  List<Observation> said(int tick) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < GPUS; i++) {
      for (Signal signal : SIGNALS) {
        samples.add(new Sample(gpus.get(i).id(), signal, value(i, tick, signal)));
      }
    }
    Duration interval = Duration.ofSeconds(INTERVAL);
    return List.of(
        Observation.ofDevices("exporter", nanos(tick), interval, gpus, samples),
        Observation.ofHoldings("platform", nanos(tick), interval, holdings, workloads));
  }
}
