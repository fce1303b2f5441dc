package dev.reeve.rules;

import com.sun.management.OperatingSystemMXBean;
import dev.reeve.board.Board;
import dev.reeve.board.BoardSettings;
import dev.reeve.board.Snapshot;
import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.Expression;
import dev.reeve.model.Extent;
import dev.reeve.model.Fact;
import dev.reeve.model.Feature;
import dev.reeve.model.Holding;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Match;
import dev.reeve.model.MoneyPerHour;
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
import dev.reeve.spi.RuleEngine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Row R1: 2,000 GPUs whose values all change, 20 rules over windows of 20 samples, here and in a
 * Prometheus, with the list of (time, rule, workload) of both. {@code write FILE START}, {@code
 * judge START OUT}, {@code ask URL PID START OUT}; START in seconds since 1970.
 */
final class R1 {
  private static final int GPUS = 2_000;
  private static final int INTERVAL = 15;
  private static final Duration SPAN = Duration.ofMinutes(5);
  private static final int FILL = 22;
  private static final int WARM = 40;
  private static final int COUNTED = 20;
  private static final int TICKS = FILL + WARM + COUNTED;
  private static final long NANOS = 1_000_000_000L;
  private static final List<Signal> SIGNALS =
      List.of(Signal.GPU_ENGINE_ACTIVE, Signal.GPU_UTILIZATION, Signal.GPU_DRAM_ACTIVE);
  private static final List<Statistic> STATISTICS =
      List.of(Statistic.MAX, Statistic.MEAN, Statistic.MIN);

  private final long start;

  private R1(long start) {
    this.start = start;
  }

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "write" -> new R1(Long.parseLong(args[2])).write(Path.of(args[1]));
      case "judge" -> new R1(Long.parseLong(args[1])).judge(Path.of(args[2]));
      default ->
          new R1(Long.parseLong(args[3])).ask(args[1], Long.parseLong(args[2]), Path.of(args[4]));
    }
  }

  /** One comparison: {@code statistic(signal, 5m) < limit}. */
  private record Asked(Statistic statistic, Signal signal, double limit) {
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
  private static List<List<Asked>> rules() {
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

  private static String metric(Signal signal) {
    return signal.text().replace('.', '_');
  }

  /** Most GPUs work, some hardly, and no value stays what it was. */
  private static double value(int gpu, int tick, Signal signal) {
    SplittableRandom random =
        new SplittableRandom((gpu * 31L + SIGNALS.indexOf(signal)) * 100_003L + tick);
    double most = gpu % 10 == 3 ? 0.35 : 1;
    return Math.round(random.nextDouble() * most * 1e6) / 1e6;
  }

  private void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Signal signal : SIGNALS) {
        out.write("# TYPE " + metric(signal) + " gauge\n");
        for (int gpu = 0; gpu < GPUS; gpu++) {
          for (int tick = 1; tick <= TICKS; tick++) {
            out.write(
                "%s{gpu=\"GPU-%04d\",workload=\"job-%d\"} %s %d\n"
                    .formatted(
                        metric(signal),
                        gpu,
                        gpu,
                        value(gpu, tick, signal),
                        start + (long) tick * INTERVAL));
          }
        }
      }
      out.write("# EOF\n");
    }
  }

  private void judge(Path out) throws Exception {
    List<Rule> rules = new ArrayList<>();
    for (List<Asked> of : rules()) {
      Condition all = new Condition.All(of.stream().map(Asked::condition).toList());
      rules.add(
          Engines.rule(
              "rule-%02d".formatted(rules.size()),
              List.of(new Pattern("w", SubjectKind.WORKLOAD, all, Optional.empty()))));
    }
    RuleEngine engine = Engines.of(rules);
    Board board =
        new Board(
            engine.ruleSet().slots(),
            BoardSettings.defaults(),
            _ -> new Cost.Known(MoneyPerHour.of("2.50", "USD"), "a bench"),
            "boot");
    TreeSet<String> lines = new TreeSet<>();
    double seen = 0;
    double judged = 0;
    for (int tick = 1; tick <= TICKS; tick++) {
      Observation said = said(tick);
      double before = ownCpu();
      board.accept(said);
      Snapshot snapshot = board.snapshot(start * NANOS + (long) tick * INTERVAL * NANOS);
      List<Fact> facts = snapshot.facts();
      double between = ownCpu();
      List<Match> matches = engine.evaluate(facts);
      if (tick > FILL + WARM) {
        seen += between - before;
        judged += ownCpu() - between;
        for (Match match : matches) {
          String key = match.facts().getFirst().subject();
          String name = key.substring(key.lastIndexOf('/') + 1, key.indexOf('#'));
          lines.add(tick + " " + match.rule() + " " + name);
        }
      }
    }
    Files.write(out, lines);
    System.out.printf(
        Locale.ROOT,
        "reeve %.6f %.6f %.6f %d%n",
        (seen + judged) / COUNTED,
        seen / COUNTED,
        judged / COUNTED,
        lines.size());
  }

  private Observation said(int tick) {
    List<Sample> samples = new ArrayList<>();
    List<Device> devices = new ArrayList<>();
    List<Holding> holdings = new ArrayList<>();
    List<WorkloadSighting> workloads = new ArrayList<>();
    for (int i = 0; i < GPUS; i++) {
      SubjectId gpu = SubjectId.gpu("GPU-%04d".formatted(i));
      WorkloadSighting one =
          new WorkloadSighting(
              new WorkloadId("k8s", "c", "team", "Job", "job-" + i),
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
      devices.add(new Device(gpu, "NVIDIA H100 80GB HBM3", "" + i % 8, "n" + i / 8, "", 80L << 30));
      for (Signal signal : SIGNALS) {
        samples.add(new Sample(gpu, signal, value(i, tick, signal)));
      }
    }
    return new Observation(
        "bench",
        start * NANOS + (long) tick * INTERVAL * NANOS,
        Duration.ofSeconds(INTERVAL),
        samples,
        devices,
        holdings,
        workloads,
        List.of(),
        List.of(),
        List.of(),
        new TreeMap<>());
  }

  private void ask(String url, long pid, Path out) throws Exception {
    List<String> expressions = new ArrayList<>();
    for (List<Asked> of : rules()) {
      expressions.add(
          String.join(" and on(gpu, workload) ", of.stream().map(Asked::promql).toList()));
    }
    TreeSet<String> lines = new TreeSet<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      double before = 0;
      for (int tick = FILL + 1; tick <= TICKS; tick++) {
        if (tick == FILL + WARM + 1) {
          before = cpu(pid);
        }
        for (int rule = 0; rule < expressions.size(); rule++) {
          List<String> found = found(client, url, expressions.get(rule), tick);
          if (tick > FILL + WARM) {
            for (String name : found) {
              lines.add("%d rule-%02d %s".formatted(tick, rule, name));
            }
          }
        }
      }
      System.out.printf(
          Locale.ROOT, "prometheus %.6f %d%n", (cpu(pid) - before) / COUNTED, lines.size());
    }
    Files.write(out, lines);
  }

  private List<String> found(HttpClient client, String url, String expression, int tick)
      throws Exception {
    String query =
        "query="
            + URLEncoder.encode(expression, StandardCharsets.UTF_8)
            + "&time="
            + (start + (long) tick * INTERVAL);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url + "/api/v1/query"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(query))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    JsonObject data = ((JsonObject) Json.read(answer.body())).object("data").orElseThrow();
    JsonArray result = data.array("result").orElseThrow();
    List<String> names = new ArrayList<>();
    for (JsonValue one : result) {
      JsonObject labels = ((JsonObject) one).object("metric").orElseThrow();
      names.add(labels.text("workload").orElseThrow());
    }
    return names;
  }

  /** Of this whole process, its collector of garbage and its compiler too. */
  private static double ownCpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  private static double cpu(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / 100;
  }
}
