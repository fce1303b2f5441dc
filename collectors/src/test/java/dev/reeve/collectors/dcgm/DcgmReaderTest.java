package dev.reeve.collectors.dcgm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.collectors.exposition.ExpositionParser;
import dev.reeve.collectors.exposition.Limits;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DcgmReaderTest {
  private static final String RATIO = "DCGM_FI_DEV_GPU_UTIL_RATIO{UUID=\"GPU-%s\"%s} %s\n";
  private static final String OLD_LABEL = ",DCGM_FI_DRIVER_VERSION=\"550\"";
  private static final String NEW_LABEL = ",DCGM_FI_SYSTEM_DRIVER_VERSION=\"590\"";

  @Test
  void readsTheSameDeviceAlikeInBothDialects() throws IOException {
    List<Sample> before =
        read(Files.readString(Path.of("src/test/resources/dcgm/two-gpus.prom"))).samples();
    List<Sample> since =
        read(Files.readString(Path.of("src/test/resources/dcgm/two-gpus-4.9.prom"))).samples();
    List<Sample> common = new ArrayList<>(before);
    common.retainAll(since);
    assertEquals(since, common);
    assertEquals(20, since.size());
  }

  @Test
  void takesPercentWhereHelpSaysPercent() {
    String help = "# HELP DCGM_FI_DEV_GPU_UTIL_RATIO GPU utilization (in %).\n";
    assertUtilization(0.01, help + RATIO.formatted("a", "", "1"));
  }

  @Test
  void takesARatioWhereHelpSaysRatio() {
    String help = "# HELP DCGM_FI_DEV_GPU_UTIL_RATIO GPU utilization (ratio).\n";
    assertUtilization(1, help + RATIO.formatted("a", "", "1"));
  }

  @Test
  void takesTheScaleOfTheReleaseThatTheDriverLabelTells() {
    assertUtilization(1, RATIO.formatted("a", NEW_LABEL, "1"));
    assertUtilization(0.01, RATIO.formatted("a", OLD_LABEL, "1"));
  }

  @Test
  void takesPercentWhereAnyValueIsAboveOne() {
    assertUtilization(0.01, RATIO.formatted("a", "", "1") + RATIO.formatted("b", "", "37"));
  }

  @Test
  void doesNotTakeABrokenValueForProofOfPercent() {
    String text =
        RATIO.formatted("a", NEW_LABEL, "0.5") + RATIO.formatted("b", NEW_LABEL, "808334905");
    assertUtilization(0.5, text);
    assertEquals(Map.of("impossible", 1L), read(text).drops());
  }

  @Test
  void knowsNoScaleWhereNothingTellsIt() {
    DcgmReading reading = read(RATIO.formatted("a", "", "1") + RATIO.formatted("b", "", "0.4"));
    assertTrue(reading.samples().isEmpty());
    assertEquals(Map.of("unknown_scale", 2L), reading.drops());
  }

  @Test
  void knowsNoScaleWhereTheSignsContradict() {
    String help = "# HELP DCGM_FI_DEV_GPU_UTIL_RATIO GPU utilization (ratio).\n";
    assertTrue(read(help + RATIO.formatted("a", OLD_LABEL, "1")).samples().isEmpty());
    String old = "# HELP DCGM_FI_DEV_GPU_UTIL as a ratio\nDCGM_FI_DEV_GPU_UTIL{UUID=\"GPU-a\"} 1\n";
    assertEquals(Map.of("unknown_scale", 1L), read(old).drops());
  }

  @Test
  void takesTheScaleThatTheOperatorVouchesFor() {
    byte[] body = "DCGM_FI_DEV_GPU_UTIL{UUID=\"GPU-a\"} 0.7\n".getBytes(UTF_8);
    var parser = new ExpositionParser<Meaning>(Limits.standard(), SeriesMeaning::of);
    var scales = Map.of("DCGM_FI_DEV_GPU_UTIL", Scale.RATIO);
    DcgmReading reading = DcgmReader.read(parser.parse(body, body.length), scales);
    assertEquals(0.7, reading.samples().getFirst().value());
  }

  @Test
  void asksForTheScaleAnewInEachScrape() {
    var parser = new ExpositionParser<Meaning>(Limits.standard(), SeriesMeaning::of);
    for (String scale : List.of("ratio", "percent", "ratio")) {
      String help = "# HELP DCGM_FI_DEV_GPU_UTIL_RATIO GPU utilization (" + scale + ").\n";
      byte[] body = (help + RATIO.formatted("a", "", "1")).getBytes(UTF_8);
      DcgmReading reading = DcgmReader.read(parser.parse(body, body.length), Map.of());
      assertEquals(scale.equals("ratio") ? 1 : 0.01, reading.samples().getFirst().value());
    }
  }

  @Test
  void seesOneDeviceBehindAllSpellingsOfItsIdentity() {
    String uuid = "58e8f5ea-13cc-013a-d88f-2bcf5ae8bc77";
    DcgmReading reading =
        read(
            """
            DCGM_FI_DEV_GPU_TEMP{UUID="GPU-%1$s",Hostname="n"} 40
            DCGM_FI_DEV_GPU_TEMP{uuid="GPU-%1$s",hostname="n"} 41
            DCGM_FI_DEV_GPU_TEMP{gpu_uuid="GPU-%1$s",hostname="n"} 42
            DCGM_FI_DEV_GPU_TEMP{uuid="%1$s",hostname="n"} 43
            """
                .formatted(uuid));
    assertEquals(1, reading.devices().size());
    assertEquals(
        List.of(new Sample(SubjectId.gpu("GPU-" + uuid), Signal.GPU_TEMPERATURE, 43)),
        reading.samples());
  }

  @Test
  void countsTheBoardOfMigInstancesOnceAndAtItsHighest() {
    String line =
        "DCGM_FI_DEV_POWER_USAGE{UUID=\"GPU-a\",GPU_I_ID=\"%d\",GPU_I_PROFILE=\"1g.5gb\"} %d\n";
    DcgmReading reading =
        read(line.formatted(7, 106) + line.formatted(8, 112) + line.formatted(9, 108));
    assertEquals(
        List.of(new Sample(SubjectId.gpu("GPU-a"), Signal.GPU_POWER, 112)), reading.samples());
    assertEquals(4, reading.devices().size());
  }

  @Test
  void doesNotReadTheUtilizationThatOldExportersPrintForMig() {
    String parent = "DCGM_FI_DEV_GPU_UTIL{UUID=\"GPU-a\"} 0\n";
    String instance =
        "DCGM_FI_PROF_GR_ENGINE_ACTIVE{UUID=\"GPU-a\",GPU_I_ID=\"1\",GPU_I_PROFILE=\"1g.5gb\"}"
            + " 0.9\n";
    assertEquals(1, read(parent).samples().size());
    DcgmReading reading = read(parent + instance);
    assertEquals(Map.of("not_measured_with_mig", 1L), reading.drops());
    assertEquals(Signal.GPU_ENGINE_ACTIVE, reading.samples().getFirst().signal());
  }

  @Test
  void takesTheBusiestOfThePodsThatShareADevice() {
    String line =
        "DCGM_FI_DEV_GPU_UTIL{UUID=\"GPU-a\",pod=\"p%d\",namespace=\"n\",vgpu=\"%d\"} %d\n";
    DcgmReading reading =
        read(line.formatted(0, 0, 3) + line.formatted(1, 1, 80) + line.formatted(2, 2, 0));
    assertEquals(
        List.of(new Sample(SubjectId.gpu("GPU-a"), Signal.GPU_UTILIZATION, 0.8)),
        reading.samples());
    assertEquals(3, reading.hints().get(SubjectId.gpu("GPU-a")).size());
  }

  @Test
  void neverTakesTheExportersOwnPodForTheUser() {
    String line =
        "DCGM_FI_DEV_GPU_TEMP{UUID=\"GPU-a\",pod=\"dcgm-exporter-x\",namespace=\"mon\"%s} 40\n";
    String relayed = ",instance=\"10.0.0.1:9400\",job=\"dcgm\"";
    assertTrue(read(line.formatted(relayed)).hints().isEmpty());
    assertTrue(read(line.formatted(",exported_pod=\"\"" + relayed)).hints().isEmpty());
    DcgmReading owned =
        read(line.formatted(relayed + ",exported_pod=\"train-0\",exported_namespace=\"ml\""));
    assertEquals(
        new TreeSet<>(List.of(new Hint("ml", "train-0", "", ""))),
        owned.hints().get(SubjectId.gpu("GPU-a")));
  }

  @Test
  void anEmptyPodIsNoUser() {
    assertTrue(
        read("DCGM_FI_DEV_GPU_TEMP{UUID=\"GPU-a\",pod=\"\",namespace=\"\",container=\"\"} 40\n")
            .hints()
            .isEmpty());
  }

  @Test
  void ignoresWhatIsNotDcgms() {
    DcgmReading reading = read("go_goroutines 12\nnode_power{UUID=\"GPU-a\"} 3\n");
    assertTrue(reading.devices().isEmpty());
    assertFalse(reading.drops().containsKey("no_device"));
  }

  @ParameterizedTest
  @CsvSource({
    "DCGM_FI_DEV_ECC_DBE_VOL_TOTAL,3,GPU_ECC_UNCORRECTED,3",
    "DCGM_FI_DEV_ROW_REMAP_PENDING,1,GPU_REMAP_PENDING,1",
    "DCGM_FI_DEV_ROW_REMAP_FAILURE,1,GPU_REMAP_FAILED,1",
    "DCGM_FI_DEV_ROW_REMAP_FAILED,0,GPU_REMAP_FAILED,0",
    "DCGM_FI_DEV_GPU_RECOVERY_ACTION,2,GPU_RECOVERY_ACTION,2",
    "DCGM_FI_DEV_PCIE_REPLAY_COUNTER,12,GPU_PCIE_REPLAYS,12",
    "DCGM_FI_DEV_PCIE_REPLAY_TOTAL,12,GPU_PCIE_REPLAYS,12",
    "dcgm_pcie_replay_counter,12,GPU_PCIE_REPLAYS,12",
    "DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL,1,GPU_NVLINK_ERRORS,1",
    "DCGM_FI_DEV_CLOCKS_EVENT_REASONS,1,GPU_THROTTLED,0",
    "DCGM_FI_DEV_CLOCKS_EVENT_REASONS,4,GPU_THROTTLED,0",
    "DCGM_FI_DEV_CLOCKS_EVENT_REASONS,33,GPU_THROTTLED,1",
    "DCGM_FI_DEV_CLOCK_THROTTLE_REASONS,64,GPU_THROTTLED,1",
    "DCGM_FI_DEV_CLOCK_THROTTLE_REASONS,128,GPU_THROTTLED,1"
  })
  void readsHowADeviceIs(String metric, String printed, Signal signal, double expected) {
    assertEquals(
        List.of(new Sample(SubjectId.gpu("GPU-a"), signal, expected)),
        read(metric + "{UUID=\"GPU-a\"} " + printed + "\n").samples());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DCGM_FI_DEV_ECC_DBE_VOL_TOTAL{UUID=\"GPU-a\"} 9223372036854775794",
        "DCGM_FI_DEV_GPU_RECOVERY_ACTION{UUID=\"GPU-a\"} 2147483632",
        "DCGM_FI_DEV_ROW_REMAP_FAILURE{UUID=\"GPU-a\"} 7",
        "DCGM_FI_DEV_CLOCKS_EVENT_REASONS{UUID=\"GPU-a\"} 9223372036854775794"
      })
  void takesNoBlankOrBrokenValueForASignOfSickness(String line) {
    assertEquals(List.of(), read(line + "\n").samples());
  }

  @Test
  void knowsTrafficOverNvlinkWhenBothDirectionsAre() {
    String sent = "DCGM_FI_PROF_NVLINK_TX_BYTES{UUID=\"GPU-a\"} 100\n";
    String received = "DCGM_FI_PROF_NVLINK_RX_BYTES{UUID=\"GPU-a\"} 50\n";
    assertEquals(
        List.of(new Sample(SubjectId.gpu("GPU-a"), Signal.GPU_NVLINK_RATE, 150)),
        read(sent + received).samples());
    assertEquals(Map.of("half_of_a_pair", 1L), read(sent).drops());
  }

  private static void assertUtilization(double expected, String text) {
    Sample first = read(text).samples().getFirst();
    assertEquals(new Sample(SubjectId.gpu("GPU-a"), Signal.GPU_UTILIZATION, expected), first);
  }

  private static DcgmReading read(String text) {
    return DcgmGoldenTest.read(text.getBytes(UTF_8));
  }
}
