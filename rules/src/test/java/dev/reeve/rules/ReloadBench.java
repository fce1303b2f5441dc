package dev.reeve.rules;

import dev.reeve.linux.BootClock;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * From a saved file to a first pass by it, with what the child took: {@code ReloadBench FOLDER
 * RULES...}. The peer is the same set compiled in this process, warm.
 */
final class ReloadBench {
  private static final int TICKS_PER_SECOND = 100;

  private final Path files;
  private final FolderRules rules;
  private volatile double cpuSeconds;
  private volatile long peakKib;
  private volatile boolean over;

  private ReloadBench(Path folder) throws IOException {
    files = Files.createDirectories(folder.resolve("rules.d"));
    rules =
        new FolderRules(
            files, folder.resolve("state"), Limits.DEFAULT, CompilerProcess.Bounds.DEFAULT);
  }

  public static void main(String[] args) throws Exception {
    for (int i = 1; i < args.length; i++) {
      Path folder = Files.createDirectories(Path.of(args[0], args[i]));
      int count = Integer.parseInt(args[i]);
      new ReloadBench(folder).run(count, 1);
      new ReloadBench(folder).run(count, 2);
    }
  }

  private void run(int count, int round) throws Exception {
    for (int file = 0; file * 100 < count; file++) {
      Files.writeString(
          files.resolve(file + ".yaml"), pack(file, Math.min(100, count - file * 100), round));
    }
    long saved = BootClock.nanos();
    Thread watch = Thread.ofPlatform().start(this::watch);
    RuleLoader.Loaded loaded = rules.load(new RuleLoader.Past(List.of(), Set.of()));
    judge(loaded.engine());
    double seconds = (BootClock.nanos() - saved) / 1e9;
    over = true;
    watch.join();
    if (!loaded.problem().isEmpty()) {
      throw new IllegalStateException(loaded.problem());
    }
    long began = BootClock.nanos();
    RuleCompiler.compile(loaded.engine().ruleSet().rules());
    double inProcess = (BootClock.nanos() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%3d rules, round %d: saved to judging %.2f s; child %.2f s of CPU, %d MB at most;"
            + " %.1f times the compile alone in this process, warm (%.2f s); %s%n",
        loaded.engine().ruleSet().rules().size(),
        round,
        seconds,
        cpuSeconds,
        peakKib / 1_024,
        seconds / inProcess,
        inProcess,
        loaded.compiler());
  }

  private static void judge(RuleEngine engine) throws RuleEngine.RuleEngineException {
    engine.evaluate(new World(engine.ruleSet().slots()).workload("w", "training").facts());
  }

  /** Rules of their own names, spans and limits, as many features as there are. */
  private static String pack(int file, int count, int round) {
    String one = RuleFiles.rule("own-" + file, 30);
    int rule = one.indexOf("  - id:");
    StringBuilder text = new StringBuilder(one.substring(0, rule));
    for (int i = 0; i < count; i++) {
      int minutes = 5 + (i * 7 + round) % 90;
      text.append(
          RuleFiles.rule("own-" + file + "-" + i, minutes)
              .substring(RuleFiles.rule("own-" + file + "-" + i, minutes).indexOf("  - id:")));
    }
    return text.toString();
  }

  private void watch() {
    while (!over) {
      OptionalLong child = ChildView.pid();
      if (child.isPresent()) {
        read(child.getAsLong());
      }
      try {
        Thread.sleep(3);
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  private void read(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double cpu =
          (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_PER_SECOND;
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          peakKib = Math.max(peakKib, Long.parseLong(line.replaceAll("\\D", "")));
        }
      }
      cpuSeconds = Math.max(cpuSeconds, cpu);
    } catch (IOException gone) {
      // it has ended
    }
  }
}
