package dev.reeve.rules;

import dev.reeve.board.Board;
import dev.reeve.board.BoardSettings;
import dev.reeve.board.Snapshot;
import dev.reeve.loop.Findings;
import dev.reeve.model.Cost;
import dev.reeve.model.Finding;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Observation;
import dev.reeve.spi.RuleEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Row R1: 2,000 GPUs whose values all change, 20 rules over windows of 20 samples, here and in a
 * Prometheus, with the list of (time, rule, workload) of both. {@code judge START OUT}, {@code ask
 * URL PID START OUT}; START in seconds since 1970.
 *
 * <p>What is counted are the last rounds, after those that fill the windows and warm either side.
 */
final class R1 {
  private static final int FILL = 22;
  private static final int WARM = 600;
  private static final int COUNTED = 100;
  private static final int TICKS = FILL + WARM + COUNTED;

  /** Nothing of it has to be compiled first: what it warms are its caches and its head block. */
  private static final int THEIR_WARM = 5;

  private static final int THEIR_COUNTED = 20;

  private final R1World world;

  private R1(long start) {
    world = new R1World(start);
  }

  public static void main(String[] args) throws Exception {
    if (args[0].equals("judge")) {
      new R1(Long.parseLong(args[1])).judge(Path.of(args[2]));
    } else {
      new R1(Long.parseLong(args[3])).ask(args[1], args[2], Path.of(args[4]));
    }
  }

  private void judge(Path out) throws Exception {
    RuleEngine engine = Engines.of(R1World.rules());
    Board board =
        new Board(
            engine.ruleSet().slots(),
            BoardSettings.defaults(),
            _ -> new Cost.Known(MoneyPerHour.of("2.50", "USD"), "a bench"),
            "boot");
    for (int tick = 1; tick <= FILL + WARM; tick++) {
      world.said(tick).forEach(board::accept);
      Findings.of(engine, board.snapshot(world.nanos(tick)));
    }
    TreeSet<String> lines = new TreeSet<>();
    double[] parts = new double[3];
    double whole = 0;
    for (int tick = FILL + WARM + 1; tick <= TICKS; tick++) {
      List<Observation> said = world.said(tick);
      double start = cpu("self");
      double thread = threadSeconds();
      said.forEach(board::accept);
      Snapshot snapshot = board.snapshot(world.nanos(tick));
      parts[0] += threadSeconds() - thread;
      thread = threadSeconds();
      List<Finding> found = Findings.of(engine, snapshot);
      parts[2] += threadSeconds() - thread;
      whole += cpu("self") - start;
      // once more, to know its part; not counted in the whole
      thread = threadSeconds();
      engine.evaluate(snapshot.facts());
      parts[1] += threadSeconds() - thread;
      for (Finding finding : found) {
        String key = finding.subject().key();
        String name = key.substring(key.lastIndexOf('/') + 1, key.indexOf('#'));
        line(lines, tick, finding.rule(), name);
      }
    }
    Files.write(out, lines);
    System.out.printf(
        Locale.ROOT,
        "reeve %.6f %.6f %.6f %.6f %d%n",
        whole / COUNTED,
        parts[0] / COUNTED,
        parts[1] / COUNTED,
        (parts[2] - parts[1]) / COUNTED,
        lines.size());
  }

  private void ask(String url, String pid, Path out) throws Exception {
    List<String> expressions = R1World.promql();
    TreeSet<String> lines = new TreeSet<>();
    double appended = 0;
    double judged = 0;
    try (R1Prometheus peer = new R1Prometheus(url)) {
      for (int tick = TICKS - THEIR_COUNTED - THEIR_WARM - FILL; tick <= TICKS; tick++) {
        boolean counts = tick > TICKS - THEIR_COUNTED;
        double before = cpu(pid);
        peer.tell(world, tick);
        double between = cpu(pid);
        for (int rule = 0; rule < expressions.size(); rule++) {
          for (String name : peer.holds(expressions.get(rule), world.seconds(tick))) {
            if (counts) {
              line(lines, tick, R1World.name(rule), name);
            }
          }
        }
        if (counts) {
          appended += between - before;
          judged += cpu(pid) - between;
        }
      }
    }
    Files.write(out, lines);
    System.out.printf(
        Locale.ROOT,
        "prometheus %.6f %.6f %d%n",
        appended / THEIR_COUNTED,
        judged / THEIR_COUNTED,
        lines.size());
  }

  /** The rounds that both sides count. */
  private static void line(Set<String> lines, int tick, String rule, String name) {
    if (tick > TICKS - THEIR_COUNTED) {
      lines.add(tick + " " + rule + " " + name);
    }
  }

  private static double threadSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  /** Of a whole process, in Java its collector of garbage and its compilers too. */
  private static double cpu(String pid) throws IOException {
    double nanos = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", pid, "task"))) {
      for (Path thread : threads) {
        String spent = Files.readString(thread.resolve("schedstat"));
        nanos += Double.parseDouble(spent.substring(0, spent.indexOf(' ')));
      }
    }
    return nanos / 1e9;
  }
}
