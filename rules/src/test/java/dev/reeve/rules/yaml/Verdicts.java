package dev.reeve.rules.yaml;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads each folder below one, in a process that has no more memory and time than it was given, and
 * prints how many were refused, what the dearest cost, and how much heap it took.
 */
final class Verdicts {
  private Verdicts() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> folders;
    try (Stream<Path> inside = Files.list(Path.of(arguments[0]))) {
      folders = inside.sorted().toList();
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long worst = 0;
    String dearest = "";
    long began = threads.getCurrentThreadCpuTime();
    int refused = 0;
    for (Path folder : folders) {
      long before = threads.getCurrentThreadCpuTime();
      RuleSources.Loaded loaded = RuleSources.read(List.of(folder), false);
      // what people see of it belongs to the verdict
      refused += !loaded.ok() && !loaded.report().isEmpty() ? 1 : 0;
      long took = threads.getCurrentThreadCpuTime() - before;
      if (took > worst) {
        worst = took;
        dearest = folder.getFileName().toString();
      }
    }
    long all = threads.getCurrentThreadCpuTime() - began;
    System.out.printf(
        Locale.ROOT,
        "refused=%d worst_cpu_ms=%d dearest=%s mean_cpu_ms=%.1f heap_peak_mib=%d of %d%n",
        refused,
        worst / 1_000_000,
        dearest,
        all / 1e6 / folders.size(),
        peak() >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(of -> of.getUsed())
        .sum();
  }
}
