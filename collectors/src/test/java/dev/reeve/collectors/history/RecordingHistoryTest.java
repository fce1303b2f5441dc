package dev.reeve.collectors.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.collectors.StillClock;
import dev.reeve.model.Buckets;
import dev.reeve.model.Checkpoint;
import dev.reeve.model.Declaration;
import dev.reeve.model.Device;
import dev.reeve.model.EndpointReading;
import dev.reeve.model.Extent;
import dev.reeve.model.Holding;
import dev.reeve.model.Incarnation;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Observation;
import dev.reeve.model.Protection;
import dev.reeve.model.RunReport;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.recording.FileRecorder;
import dev.reeve.recording.Keeping;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.History;
import dev.reeve.spi.History.Heard;
import dev.reeve.spi.History.HistoryException;
import dev.reeve.spi.HistoryProvider.Request;
import dev.reeve.time.Clocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingHistoryTest {
  private static final long ANCHOR = 1_717_000_000_000_000_000L;
  private static final List<String> WORDS =
      List.of("a", "b\"c", "d\\e", "f\ng", "ü€😀", "x/y", "p%q", "h#i", " ", "{}=,");

  @TempDir private Path folder;

  @Test
  void hearsAgainWhatWasRecorded() throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    Clocks clocks = clocks();
    List<Observation> said = new ArrayList<>();
    try (FileRecorder recorder =
        FileRecorder.start(folder, Keeping.recording(1 << 28), "0.1.0", clocks)) {
      for (int i = 0; i < 500; i++) {
        Observation one = observation(random, (i + 1) * 15_000_000_000L);
        said.add(one);
        recorder.accept(one);
        if (i % 100 == 0) {
          Thread.sleep(50);
        }
      }
      recorder.failed("dcgm", new CollectException(CollectException.Reason.TLS, "bad \"cert\""));
    }
    List<Heard> heard = read(folder);
    assertEquals(said.size() + 1, heard.size());
    for (int i = 0; i < said.size(); i++) {
      assertEquals(text(shifted(said.get(i))), text(((Heard.Answer) heard.get(i)).observation()));
    }
    Heard.Failure failure = (Heard.Failure) heard.getLast();
    assertEquals("dcgm", failure.source());
    assertEquals(CollectException.Reason.TLS, failure.why().reason());
    assertEquals("bad \"cert\"", failure.why().getMessage());
  }

  @Test
  void leavesOutTheExpositionInWhichARecorderWasKilled() throws Exception {
    String good = "up{source=\"s\"} 1 5.000\n# EOF\n";
    for (int cut = 1; cut < good.length(); cut++) {
      Path one = Files.createDirectories(folder.resolve("cut" + cut));
      Files.writeString(one.resolve("recording-00000001.om"), good + good.substring(0, cut));
      Files.writeString(one.resolve("recording-00000002.om"), good.replace("5.000", "6.000"));
      assertEquals(
          List.of(5_000_000_000L, 6_000_000_000L),
          read(one).stream().map(Heard::atNanos).toList(),
          "cut at " + cut);
    }
  }

  @Test
  void refusesARecordingOfAnotherVersionAndOneThatIsDamaged() throws Exception {
    Files.writeString(
        folder.resolve("recording-00000001.om"),
        "reeve_recording_info{version=\"2\"} 1 1.000\n# EOF\n");
    assertTrue(
        assertThrows(HistoryException.class, () -> read(folder))
            .getMessage()
            .contains("version 2; this release reads version 1"));
    Files.writeString(
        folder.resolve("recording-00000001.om"), "up{source=\"s\"} 1 5.000\nrubbish\n# EOF\n");
    assertTrue(
        assertThrows(HistoryException.class, () -> read(folder))
            .getMessage()
            .contains("recording-00000001.om: line 2: expected"));
  }

  @Test
  void readsWhatPeopleWriteByHand() throws Exception {
    Files.writeString(
        folder.resolve("recording-00000001.om"),
        """
        up{source="hand"} 1 100.000
        scrape_interval_seconds{source="hand"} 30 100.000
        workload_info{workload="k8s/team-a/Job/trainer",kind="training",owner="alice",goal="loss"} 1 100.000
        gpu_engine_active{workload="k8s/team-a/Job/trainer",gpu="GPU-1"} 0.03 100.000
        gpu_engine_active{workload="k8s/team-a/Job/trainer",gpu="GPU-2"} 0.04 100.000
        gpu_utilization{gpu="GPU-3"} NaN 100.000
        # EOF
        """);
    Observation heard = ((Heard.Answer) read(folder).getFirst()).observation();
    SubjectId trainer =
        SubjectId.workload(
            new WorkloadId("k8s", "", "team-a", "Job", "trainer"),
            Incarnation.of("only", List.of()));
    assertEquals(Duration.ofSeconds(30), heard.interval());
    assertEquals(
        List.of(
            new Holding(SubjectId.gpu("GPU-1"), new Holding.HeldBy(List.of(trainer))),
            new Holding(SubjectId.gpu("GPU-2"), new Holding.HeldBy(List.of(trainer)))),
        heard.holdings());
    assertEquals(
        Extent.of(List.of(SubjectId.gpu("GPU-1"), SubjectId.gpu("GPU-2"))),
        heard.workloads().getFirst().extent());
    assertEquals(Optional.of(WorkloadKind.TRAINING), heard.declarations().getFirst().kind());
    assertEquals(2, heard.samples().size());
    assertEquals(1, heard.drops().get("not_finite"));
  }

  @Test
  void saysWhatItCouldNotUse() throws Exception {
    Files.writeString(
        folder.resolve("recording-00000001.om"),
        """
        up{source="hand"} 1 100.000
        gpu_power{workload="trainer",gpu="GPU-1"} 1 100.000
        gpu_utilization 1 100.000
        something_else 1 100.000
        gpu_temperature{gpu="GPU-1"} 1
        # EOF
        """);
    try (History history = open(folder)) {
      while (history.next().isPresent()) {}
      assertEquals(
          List.of(
              "a line without a time",
              "gpu_power: a workload is written platform/namespace/kind/name, not 'trainer'",
              "gpu_utilization: a label gpu or workload is needed",
              "the name something_else means nothing here"),
          history.notes());
    }
  }

  private static Clocks clocks() {
    StillClock still = new StillClock(0);
    return new Clocks(
        still, still, () -> Instant.ofEpochSecond(0, ANCHOR + still.nanos()), "boot", 1);
  }

  private static Observation shifted(Observation o) {
    long at = ANCHOR + o.atNanos();
    return new Observation(
        o.source(),
        at,
        o.interval(),
        o.samples(),
        o.devices(),
        o.holdings(),
        o.workloads(),
        o.declarations(),
        o.runs().stream()
            .map(
                run ->
                    new RunReport(
                        run.run(),
                        run.workload(),
                        ANCHOR + run.atNanos(),
                        run.step(),
                        run.total(),
                        run.loss(),
                        run.ended()))
            .toList(),
        o.endpoints(),
        o.drops());
  }

  /// In an order of its own: a recording sorts what it says at one instant.
  private static String text(Observation o) {
    return String.join(
        "\n",
        o.source() + " " + o.atNanos() + " " + o.interval() + " " + o.drops(),
        sorted(o.samples()),
        sorted(o.devices()),
        sorted(o.holdings()),
        sorted(o.workloads()),
        sorted(o.declarations()),
        sorted(o.endpoints()),
        sorted(o.runs()));
  }

  private static String sorted(List<?> all) {
    return all.stream().map(Object::toString).sorted().toList().toString();
  }

  private static Observation observation(SplittableRandom random, long at) {
    List<SubjectId> gpus =
        List.of(SubjectId.gpu("GPU-1"), SubjectId.gpu("GPU-2/7"), SubjectId.gpu("MIG-3"));
    List<WorkloadSighting> workloads = new ArrayList<>();
    List<Declaration> declarations = new ArrayList<>();
    List<RunReport> runs = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      WorkloadSighting one = sighting(random, i, gpus);
      workloads.add(one);
      samples.add(new Sample(one.subject(), Signal.PROCESS_CPU_RATE, random.nextDouble()));
      declarations.add(declaration(random, one.subject()));
      runs.add(
          new RunReport(
              SubjectId.run("r" + word(random)),
              one.subject(),
              at - random.nextLong(1_000_000_000L),
              random.nextBoolean() ? OptionalLong.of(random.nextInt(1_000)) : OptionalLong.empty(),
              random.nextBoolean() ? OptionalLong.of(random.nextInt(9_000)) : OptionalLong.empty(),
              random.nextBoolean()
                  ? OptionalDouble.of(random.nextBoolean() ? Double.NaN : random.nextDouble())
                  : OptionalDouble.empty(),
              random.nextBoolean()));
    }
    List<Holding> holdings = new ArrayList<>();
    for (SubjectId gpu : gpus) {
      samples.add(new Sample(gpu, Signal.GPU_ENGINE_ACTIVE, random.nextDouble()));
      samples.add(new Sample(gpu, Signal.GPU_ENERGY, random.nextInt(1_000_000) * 1e9));
      holdings.add(
          new Holding(
              gpu,
              switch (random.nextInt(3)) {
                case 0 -> new Holding.Nobody(word(random));
                case 1 -> new Holding.Unsure(word(random));
                default ->
                    workloads.isEmpty()
                        ? new Holding.Unsure(word(random))
                        : new Holding.HeldBy(
                            workloads.stream().map(WorkloadSighting::subject).toList());
              }));
    }
    return new Observation(
        "source" + word(random),
        at,
        Duration.ofMillis(15_000 + random.nextInt(100)),
        samples,
        List.of(new Device(gpus.get(1), word(random), "1", word(random), "1g.10gb", 80L << 30)),
        holdings,
        workloads,
        declarations,
        runs,
        workloads.stream().map(one -> endpoint(random, one.subject())).toList(),
        new TreeMap<>(java.util.Map.of(word(random), 3L)));
  }

  private static EndpointReading endpoint(SplittableRandom random, SubjectId workload) {
    SortedMap<Signal, Double> values = new TreeMap<>();
    for (Signal signal : List.of(Signal.ENDPOINT_QUEUE, Signal.ENDPOINT_REQUEST_RATE)) {
      values.put(signal, random.nextDouble());
    }
    List<Double> bounds = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      bounds.add(i + random.nextDouble());
      counts.add((double) random.nextInt(1_000_000));
    }
    bounds.set(3, random.nextBoolean() ? Double.POSITIVE_INFINITY : 4);
    return new EndpointReading(
        workload,
        "e" + word(random),
        random.nextBoolean() ? "" : word(random),
        random.nextBoolean() ? OptionalDouble.of(0.5) : OptionalDouble.empty(),
        values,
        new TreeMap<>(java.util.Map.of(Signal.ENDPOINT_TTFT, new Buckets(bounds, counts))));
  }

  private static WorkloadSighting sighting(
      SplittableRandom random, int number, List<SubjectId> gpus) {
    return new WorkloadSighting(
        new WorkloadId("node", word(random), word(random), "process", number + word(random)),
        new Incarnation(
            number + word(random),
            random.nextInt(5),
            new java.util.TreeSet<>(List.of("1@2", word(random)))),
        WorkloadKind.values()[random.nextInt(WorkloadKind.values().length)],
        word(random),
        word(random),
        random.nextBoolean()
            ? Extent.of(gpus.subList(0, random.nextInt(3)))
            : new Extent.Unknown(word(random)),
        random.nextBoolean() ? Protection.none() : Protection.because(word(random)),
        checkpoint(random),
        word(random));
  }

  private static Optional<Checkpoint> checkpoint(SplittableRandom random) {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(new Checkpoint("USR1", Path.of("/a/b c"), Duration.ofMillis(1_234)));
  }

  private static Declaration declaration(SplittableRandom random, SubjectId workload) {
    return new Declaration(
        workload,
        random.nextBoolean() ? Optional.of(WorkloadKind.BATCH) : Optional.empty(),
        random.nextBoolean() ? Optional.of(word(random)) : Optional.empty(),
        random.nextBoolean() ? Optional.of(word(random)) : Optional.empty(),
        checkpoint(random),
        random.nextBoolean() ? Optional.of(MoneyPerHour.of("12.5", "EUR")) : Optional.empty(),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static String word(SplittableRandom random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private History open(Path source) throws HistoryException {
    return new RecordingProvider()
        .open(new Request(source.toString(), Instant.MIN, Instant.MAX, folder));
  }

  private List<Heard> read(Path source) throws Exception {
    List<Heard> heard = new ArrayList<>();
    try (History history = open(source)) {
      for (Optional<Heard> next = history.next(); next.isPresent(); next = history.next()) {
        heard.add(next.get());
      }
    }
    return heard;
  }
}
