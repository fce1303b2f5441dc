package dev.reeve.rules;

import dev.reeve.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Replays days of a made-up cluster that is nowhere as a whole: GPUs times days times samples of 30
 * s of 4 signals. Arguments: GPUs, days.
 */
final class ReplayBench {
  private ReplayBench() {}

  public static void main(String[] arguments) throws Exception {
    int gpus = Integer.parseInt(arguments[0]);
    int days = Integer.parseInt(arguments[1]);
    long began = System.nanoTime();
    // one in fifty is idle for some hours of each day
    Past past =
        new Past(
            gpus,
            Duration.ofDays(days),
            (gpu, minute) -> Optional.of(gpu % 50 != 7 || (minute + gpu * 61) % 1_440 > 300));
    Path folder = Files.createTempDirectory("reeve-bench");
    List<JsonObject> actions =
        BacktestTest.run(past, "cycle: 1m\nguard: {budget: {actions: 1000, per: 1h}}", folder);
    Files.delete(folder);
    double wall = (System.nanoTime() - began) / 1e9;
    double cpu =
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime()
            / 1e9;
    String peak =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElse("VmHWM: 0 kB")
            .replaceAll("\\D+", "");
    System.out.printf(
        Locale.ROOT,
        "%d\t%d\t%d\t%.1f\t%.1f\t%d\t%d\t%d%n",
        gpus,
        days,
        actions.getLast().whole("samples").orElse(0),
        wall,
        cpu,
        Long.parseLong(peak) >> 10,
        heapPeak() >> 20,
        actions.size() - 1);
  }

  /** What outlived young collections, at most. */
  private static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().contains("Tenured") || pool.getName().contains("Old"))
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
