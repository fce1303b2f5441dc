package dev.reeve.collectors.nvidiasmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.linux.BootClock;
import dev.reeve.model.Extent;
import dev.reeve.model.Holding;
import dev.reeve.model.Observation;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.CollectException;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program in the place of nvidia-smi, and real processes. */
@SuppressWarnings("NullAway.Init") // set before each test
class NvidiaSmiCollectorTest {
  private static final Ticker WORLD = new BootTicker(BootClock::nanos);
  private static final String HEALTH =
      "ecc.errors.uncorrected.volatile.total, remapped_rows.pending, remapped_rows.failure,"
          + " gpu_recovery_action, clocks_event_reasons.sw_thermal_slowdown,"
          + " clocks_event_reasons.hw_thermal_slowdown,"
          + " clocks_event_reasons.hw_power_brake_slowdown";

  @TempDir Path folder;
  private FakeSmi smi;
  private Process child;

  @BeforeEach
  void start() throws IOException {
    smi = new FakeSmi(folder);
    child = new ProcessBuilder("sh", "-c", "echo up; while :; do :; done").start();
    assertEquals("up", child.inputReader(StandardCharsets.UTF_8).readLine());
  }

  @AfterEach
  void end() throws InterruptedException {
    child.destroyForcibly().waitFor();
  }

  @Test
  void saysWhoHoldsAGpuAndHowTheGpuIsUsed() throws Exception {
    smi.holds(child.pid());
    Observation seen = smi.collector(WORLD).collect();
    WorkloadSighting workload = seen.workloads().getFirst();
    assertTrue(workload.incarnation().uid().startsWith(child.pid() + "@"));
    SubjectId gpu = SubjectId.gpu(FakeSmi.UUID);
    assertEquals(
        List.of(new Holding(gpu, new Holding.HeldBy(List.of(workload.subject())))),
        seen.holdings());
    assertEquals(Extent.of(Set.of(gpu)), workload.extent());
    assertEquals("NVIDIA H100 80GB HBM3", seen.devices().getFirst().model());
    assertEquals("node1", seen.devices().getFirst().node());
    assertEquals(81559L << 20, seen.devices().getFirst().memoryBytes());
    assertTrue(seen.samples().contains(new Sample(gpu, Signal.GPU_SM_CLOCK, 345e6)));
    assertEquals(7, seen.atNanos());
  }

  @Test
  void measuresTheCpuTimeOfAWorkloadBetweenTwoPolls() throws Exception {
    smi.holds(child.pid());
    NvidiaSmiCollector collector = smi.collector(WORLD);
    assertTrue(rate(collector.collect()).isEmpty(), "one reading is no rate");
    WORLD.sleep(Duration.ofMillis(300));
    double cores = rate(collector.collect()).orElseThrow();
    assertTrue(cores > 0.02 && cores < 1.5, cores + " cores");
  }

  private static Optional<Double> rate(Observation seen) {
    return seen.samples().stream()
        .filter(sample -> sample.signal() == Signal.PROCESS_CPU_RATE)
        .filter(sample -> sample.subject().kind() == SubjectKind.WORKLOAD)
        .map(Sample::value)
        .findFirst();
  }

  @Test
  void isUnsureOfAPidThatIsNotHere() throws Exception {
    smi.holds(child.pid(), 2_000_000_000);
    assertInstanceOf(Holding.Unsure.class, answer());
  }

  @Test
  void isUnsureOfAPidThatBelongsToAYoungerProcessThanTheList() throws Exception {
    smi.holds(child.pid());
    LongSupplier beforeTheChild = () -> 0;
    Observation seen = smi.collector(new BootTicker(beforeTheChild)).collect();
    assertInstanceOf(Holding.Unsure.class, seen.holdings().getFirst().answer());
    assertTrue(seen.workloads().isEmpty());
  }

  @Test
  void isUnsureOfADividedBoardButShowsItsWorkload() throws Exception {
    smi.gpus(FakeSmi.IDLE.replace("Disabled", "Enabled"));
    smi.holds(child.pid());
    Observation seen = smi.collector(WORLD).collect();
    assertInstanceOf(Holding.Unsure.class, seen.holdings().getFirst().answer());
    assertInstanceOf(Extent.Unknown.class, seen.workloads().getFirst().extent());
  }

  @Test
  void isUnsureWhenTheListOfProcessesCannotBeRead() throws Exception {
    smi.apps("Insufficient Permissions\n");
    assertInstanceOf(Holding.Unsure.class, answer());
    Files.delete(folder.resolve("apps"));
    assertInstanceOf(Holding.Unsure.class, answer());
  }

  private Holding.Answer answer() throws Exception {
    return smi.collector(WORLD).collect().holdings().getFirst().answer();
  }

  @Test
  void dropsAndCountsReadingsThatCannotBeTrue() throws Exception {
    smi.gpus(FakeSmi.IDLE.replace("Disabled, 0, 0,", "Disabled, 101, 0,"));
    Observation seen = smi.collector(WORLD).collect();
    assertEquals(1, seen.drops().get("out_of_range"));
    assertTrue(seen.samples().stream().noneMatch(s -> s.signal() == Signal.GPU_UTILIZATION));
  }

  @Test
  void saysHowAGpuIsWhereTheDriverKnowsIt() throws Exception {
    smi.gpus(
        FakeSmi.IDLE
            .replace("clocks.current.sm [MHz]", "clocks.current.sm [MHz], " + HEALTH)
            .replace(", 345\n", ", 345, 2, Yes, No, Reset, Not Active, Active, Not Active\n"));
    List<Sample> samples = smi.collector(WORLD).collect().samples();
    SubjectId gpu = SubjectId.gpu(FakeSmi.UUID);
    assertTrue(samples.contains(new Sample(gpu, Signal.GPU_ECC_UNCORRECTED, 2)));
    assertTrue(samples.contains(new Sample(gpu, Signal.GPU_REMAP_PENDING, 1)));
    assertTrue(samples.contains(new Sample(gpu, Signal.GPU_REMAP_FAILED, 0)));
    assertTrue(samples.contains(new Sample(gpu, Signal.GPU_RECOVERY_ACTION, 1)));
    assertTrue(samples.contains(new Sample(gpu, Signal.GPU_THROTTLED, 1)));
  }

  @Test
  void doesNotCallAGpuCoolWhereOneReasonCannotBeRead() throws Exception {
    smi.gpus(
        FakeSmi.IDLE
            .replace("clocks.current.sm [MHz]", "clocks.current.sm [MHz], " + HEALTH)
            .replace(", 345\n", ", 345, [N/A], [N/A], [N/A], [N/A], [N/A], Not Active, [N/A]\n"));
    List<Sample> samples = smi.collector(WORLD).collect().samples();
    assertTrue(samples.stream().noneMatch(sample -> sample.signal().ofHealth()));
  }

  /** It refuses the whole question for one column: the others are asked for all the same. */
  @Test
  void asksAnOldDriverOnlyWhatItKnows() throws Exception {
    Files.writeString(
        smi.program(),
        """
        #!/bin/sh
        echo "$1" >> "$(dirname "$0")/asked"
        case "$1" in
          *gpu_recovery_action*)
            echo 'Field "gpu_recovery_action" is not a valid field to query.'; exit 2;;
          *clocks_event_reasons.sw_thermal_slowdown*)
            echo 'Field "clocks_event_reasons.sw_thermal_slowdown" is not a valid field to query.'
            exit 2;;
          *clocks_throttle_reasons.sw_thermal_slowdown*)
            echo 'Field "clocks_throttle_reasons.sw_thermal_slowdown" is not a valid field to query.'
            exit 2;;
          --query-gpu=*) exec cat "$(dirname "$0")/gpus";;
        esac
        """);
    NvidiaSmiCollector collector = smi.collector(WORLD);
    assertTrue(collector.collect().samples().size() > 5);
    collector.collect();
    List<String> asked =
        Files.readAllLines(folder.resolve("asked")).stream()
            .filter(line -> line.contains("--query-gpu="))
            .toList();
    assertEquals(5, asked.size());
    assertEquals(1, asked.stream().filter(line -> line.contains("gpu_recovery_action")).count());
    assertTrue(asked.getLast().contains("remapped_rows.pending"), asked.getLast());
    assertTrue(asked.getLast().contains("hw_thermal_slowdown"), asked.getLast());
    assertTrue(!asked.getLast().contains("sw_thermal_slowdown"), asked.getLast());
  }

  @Test
  void readsWhyTheClockIsHeldDownByTheNamesOfAnOlderDriver() throws Exception {
    Files.writeString(
        smi.program(),
        """
        #!/bin/sh
        case "$1" in
          *clocks_event_reasons.*)
            field="clocks_event_reasons.${1#*clocks_event_reasons.}"
            echo "Field \\"${field%%,*}\\" is not a valid field to query."; exit 2;;
          --query-gpu=*clocks_throttle_reasons.hw_power_brake_slowdown*)
            exec cat "$(dirname "$0")/gpus";;
        esac
        """);
    String older = HEALTH.replace("clocks_event_reasons", "clocks_throttle_reasons");
    String headings =
        FakeSmi.IDLE.replace("clocks.current.sm [MHz]\n", "clocks.sm, " + older + "\n");
    smi.gpus(
        headings.replace(", 345\n", ", 345, 0, No, No, None, Not Active, Active, Not Active\n"));
    NvidiaSmiCollector collector = smi.collector(WORLD);
    assertEquals(List.of(1.0), throttled(collector));
    smi.gpus(
        headings.replace(
            ", 345\n", ", 345, 0, No, No, None, Not Active, Not Active, Not Active\n"));
    assertEquals(List.of(0.0), throttled(collector));
    smi.gpus(
        headings.replace(", 345\n", ", 345, 0, No, No, None, Not Active, [N/A], Not Active\n"));
    assertEquals(List.of(), throttled(collector), "one that nobody tells is not known");
  }

  private static List<Double> throttled(NvidiaSmiCollector collector) throws Exception {
    return collector.collect().samples().stream()
        .filter(sample -> sample.signal() == Signal.GPU_THROTTLED)
        .map(Sample::value)
        .toList();
  }

  @Test
  void knowsNothingAfterAFailure() throws Exception {
    smi.gpus("");
    assertFails(CollectException.Reason.GARBAGE, smi.collector(WORLD));
    smi.gpus("NVIDIA-SMI has failed because it couldn't communicate with the driver\n");
    assertFails(CollectException.Reason.GARBAGE, smi.collector(WORLD));
    Files.delete(folder.resolve("gpus"));
    assertFails(CollectException.Reason.FAILED, smi.collector(WORLD));
    Files.writeString(smi.program(), "#!/bin/sh\nexec sleep 300\n");
    assertFails(CollectException.Reason.TIMEOUT, smi.collector(WORLD, Duration.ofMillis(200)));
    Files.delete(smi.program());
    assertFails(CollectException.Reason.NOT_FOUND, smi.collector(WORLD));
  }

  private static void assertFails(CollectException.Reason reason, NvidiaSmiCollector collector) {
    CollectException e = assertThrows(CollectException.class, collector::collect);
    assertEquals(reason, e.reason(), e.toString());
  }
}
