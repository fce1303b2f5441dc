package dev.reeve.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Declaration;
import dev.reeve.model.Device;
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
import dev.reeve.spi.CollectException;
import dev.reeve.time.Clocks;
import dev.reeve.time.FakeTicker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRecorderTest {
  private static final WorkloadId TRAINER =
      new WorkloadId("node", "m1", "alice", "process", "python train.py in /home/a\"b\\c\nd");
  private static final Incarnation PROCESS = Incarnation.of("12@99@boot", List.of("12@99"));
  private static final SubjectId WORKLOAD = SubjectId.workload(TRAINER, PROCESS);
  private static final SubjectId GPU = SubjectId.gpu("GPU-1");

  @TempDir private Path folder;

  private final FakeTicker ticker = new FakeTicker();
  private final Clocks clocks =
      new Clocks(ticker, ticker, () -> Instant.parse("2024-05-29T16:26:40Z"), "boot-1", 1);

  @Test
  void writesEachAnswerAsAnExposition() throws Exception {
    long at = ticker.nanos() + 1_500_000_000L;
    try (FileRecorder recorder =
        FileRecorder.start(folder, Keeping.recording(1 << 24), "0.1.0", clocks)) {
      recorder.accept(whole(at));
      recorder.failed(
          "dcgm:localhost:9400",
          new CollectException(CollectException.Reason.TIMEOUT, "no answer within 5s"));
    }
    String workload =
        "node/m1/alice/process/python train.py in %2Fhome%2Fa\\\"b\\\\c\\nd#12@99@boot";
    assertEquals(
        """
        reeve_recording_info{version="1",reeve="0.1.0",boot="boot-1"} 1 1717000000.000
        # EOF
        up{source="nvidia_smi"} 1 1717000001.500
        scrape_interval_seconds{source="nvidia_smi"} 15 1717000001.500
        dropped_samples{source="nvidia_smi",reason="blank"} 2 1717000001.500
        gpu_info{gpu="GPU-1",model="H100",index="0",node="n1",memory_bytes="85899345920"} 1 1717000001.500
        gpu_held{gpu="GPU-1",workload="W"} 1 1717000001.500
        gpu_unheld{gpu="GPU-2",proof="the list was complete"} 1 1717000001.500
        gpu_holder_unknown{gpu="GPU-3",reason="the list is empty"} 1 1717000001.500
        workload_seen_info{workload="W",kind="training",owner="alice",generation="0",protected="label"} 1 1717000001.500
        workload_member{workload="W",member="12@99"} 1 1717000001.500
        workload_extent{workload="W",gpu="GPU-1"} 1 1717000001.500
        workload_info{workload="W",kind="batch",budget="2.50 USD/h",single_node="true"} 1 1717000001.500
        gpu_engine_active{workload="W",gpu="GPU-1"} 0.03 1717000001.500
        gpu_power{gpu="GPU-2"} 70 1717000001.500
        process_cpu_rate{workload="W"} 0.5 1717000001.500
        run_report_ended{workload="W",run="r1"} 0 1717000001.000000007
        run_report_step{workload="W",run="r1"} 12 1717000001.000000007
        run_report_loss{workload="W",run="r1"} NaN 1717000001.000000007
        # EOF
        up{source="dcgm:localhost:9400"} 0 1717000000.000
        source_failure_info{source="dcgm:localhost:9400",reason="timeout",detail="no answer within 5s"} 1 1717000000.000
        # EOF
        """
            .replace("\"W\"", "\"" + workload + "\""),
        text(folder.resolve("recording-00000001.om")));
  }

  @Test
  void keepsOthersFromReadingIt() throws Exception {
    Path made = folder.resolve("made");
    FileRecorder.start(made, Keeping.recording(1 << 24), "0.1.0", clocks).close();
    assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    assertEquals(
        "rw-r-----",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(made.resolve("recording-00000001.om"))));
  }

  @Test
  void dropsTheOldestFilesAndNeverGrowsBeyondItsSize() throws Exception {
    long most = 1 << 20;
    try (FileRecorder recorder =
        FileRecorder.start(folder, Keeping.recording(most), "0.1.0", clocks)) {
      for (int i = 0; i < 6_000; i++) {
        recorder.accept(whole(ticker.nanos() + i * 1_000_000_000L));
        if (i % 200 == 199) {
          awaitWritten(recorder, i);
          assertTrue(bytes() <= most, bytes() + " bytes");
        }
      }
    }
    assertTrue(bytes() > most * 7 / 10, bytes() + " bytes");
    List<Path> files = files();
    assertTrue(
        Integer.parseInt(files.getFirst().getFileName().toString().substring(10, 18)) > 50,
        files.toString());
    for (Path file : files) {
      String text = text(file);
      assertTrue(text.startsWith("reeve_recording_info{version=\"1\""), file.toString());
      assertTrue(text.endsWith("# EOF\n"), file.toString());
    }
  }

  @Test
  void goesOnBehindTheFilesOfAnEarlierRun() throws Exception {
    FileRecorder.start(folder, Keeping.recording(1 << 24), "0.1.0", clocks).close();
    FileRecorder.start(folder, Keeping.recording(1 << 24), "0.1.0", clocks).close();
    assertEquals(
        List.of("recording-00000001.om", "recording-00000002.om"),
        files().stream().map(file -> file.getFileName().toString()).toList());
  }

  @Test
  void leavesOutWhatItCannotWriteAndSaysHowMuch() throws Exception {
    FileRecorder recorder = FileRecorder.start(folder, Keeping.recording(1 << 20), "0.1.0", clocks);
    recorder.close();
    recorder.accept(whole(1));
    assertEquals(1, recorder.leftOut());
  }

  @Test
  void refusesAFolderThatItCannotWrite() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThrows(
        IOException.class,
        () -> FileRecorder.start(file.resolve("x"), Keeping.recording(1 << 20), "1", clocks));
    assertThrows(
        IOException.class, () -> FileRecorder.start(folder, Keeping.recording(1_000), "1", clocks));
  }

  @Test
  void leavesOutALineThatNoReaderTakesAndKeepsTheOthers() {
    Anchor anchor = new Anchor(0, 0);
    SubjectId huge = SubjectId.gpu("G".repeat(5_000));
    String text =
        Exposition.of(
            Observation.ofDevices(
                "s",
                0,
                Duration.ofSeconds(15),
                List.of(),
                List.of(
                    new Sample(huge, Signal.GPU_POWER, 1),
                    new Sample(GPU, Signal.GPU_POWER, 1),
                    new Sample(GPU, Signal.GPU_POWER, 2))),
            anchor);
    assertEquals(
        List.of("gpu_power{gpu=\"GPU-1\"} 1 0.000"),
        text.lines().filter(line -> line.startsWith("gpu")).toList());
  }

  private Observation whole(long at) {
    return new Observation(
        "nvidia_smi",
        at,
        Duration.ofSeconds(15),
        List.of(
            new Sample(GPU, Signal.GPU_ENGINE_ACTIVE, 0.03),
            new Sample(WORKLOAD, Signal.PROCESS_CPU_RATE, 0.5),
            new Sample(SubjectId.gpu("GPU-2"), Signal.GPU_POWER, 70)),
        List.of(new Device(GPU, "H100", "0", "n1", "", 80L << 30)),
        List.of(
            new Holding(SubjectId.gpu("GPU-3"), new Holding.Unsure("the list is empty")),
            new Holding(SubjectId.gpu("GPU-2"), new Holding.Nobody("the list was complete")),
            new Holding(GPU, new Holding.HeldBy(List.of(WORKLOAD)))),
        List.of(
            new WorkloadSighting(
                TRAINER,
                PROCESS,
                WorkloadKind.TRAINING,
                "alice",
                "",
                Extent.of(List.of(GPU)),
                Protection.because("label"),
                Optional.empty(),
                "")),
        List.of(
            new Declaration(
                WORKLOAD,
                Optional.of(WorkloadKind.BATCH),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(MoneyPerHour.of("2.50", "USD")),
                false,
                true)),
        List.of(
            new RunReport(
                SubjectId.run("r1"),
                WORKLOAD,
                at - 499_999_993L,
                OptionalLong.of(12),
                OptionalDouble.of(Double.NaN),
                false)),
        List.of(),
        new TreeMap<>(java.util.Map.of("blank", 2L)));
  }

  private void awaitWritten(FileRecorder recorder, int last) throws Exception {
    String stamp = "1717" + String.format("%06d", last) + ".000";
    for (int i = 0; i < 500; i++) {
      List<Path> files = files();
      if (text(files.getLast()).contains(stamp) || recorder.leftOut() > 0) {
        break;
      }
      Thread.sleep(10);
    }
    assertEquals(0, recorder.leftOut());
  }

  private long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".om")).sorted().toList();
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
