package dev.reeve.platform.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmiTableTest {
  private static final String UUID = "GPU-00000000-0000-0000-0000-000000000000";

  @Test
  void readsValuesWithAndWithoutUnits() {
    String with =
        "uuid, memory.used [MiB], power.draw [W], temperature.gpu\n"
            + UUID
            + ", 12 MiB, 69.85 W, 41\n";
    String without =
        "uuid, memory.used [MiB], power.draw [W], temperature.gpu\n" + UUID + ", 12, 69.85, 41\n";
    assertEquals(SmiTable.gpus(with), SmiTable.gpus(without));
    assertEquals(OptionalDouble.of(69.85), SmiTable.gpus(with).getFirst().reading("power.draw"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[N/A]",
        "N/A",
        "[Not Supported]",
        "[Unknown Error]",
        "[GPU is lost]",
        "",
        "12 GiB",
        "12 KiB",
        "NaN",
        "inf",
        "1e9",
        "0x10",
        "12 MiB MiB"
      })
  void hasNoReadingWhereThereIsNoValueOrAnotherUnit(String cell) {
    List<GpuRow> rows = SmiTable.gpus("uuid, memory.used [MiB]\n" + UUID + ", " + cell + "\n");
    assertTrue(rows.getFirst().reading("memory.used").isEmpty());
  }

  @Test
  void readsAnswersInWords() {
    GpuRow row =
        SmiTable.gpus(
                "uuid, remapped_rows.pending, remapped_rows.failure, gpu_recovery_action,"
                    + " clocks_event_reasons.hw_thermal_slowdown, power.draw [W]\n"
                    + UUID
                    + ", Yes, No, Drain and Reset, Active, None\n")
            .getFirst();
    assertEquals(OptionalDouble.of(1), row.reading("remapped_rows.pending"));
    assertEquals(OptionalDouble.of(0), row.reading("remapped_rows.failure"));
    assertEquals(OptionalDouble.of(4), row.reading("gpu_recovery_action"));
    assertEquals(OptionalDouble.of(1), row.reading("clocks_event_reasons.hw_thermal_slowdown"));
    assertEquals(OptionalDouble.empty(), row.reading("power.draw"));
  }

  @Test
  void seesThatABoardIsDivided() {
    assertTrue(
        SmiTable.gpus("uuid, mig.mode.current\n" + UUID + ", Enabled\n").getFirst().divided());
    assertFalse(
        SmiTable.gpus("uuid, mig.mode.current\n" + UUID + ", [N/A]\n").getFirst().divided());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "No devices were found\nx",
        "uuid, name\n" + UUID + "\n",
        "uuid\nGPU-?\n",
        "uuid, x [\n" + UUID + ", 1\n",
        "name\nH100\n"
      })
  void refusesWhatIsNoTable(String text) {
    assertThrows(IllegalArgumentException.class, () -> SmiTable.gpus(text));
  }

  @Test
  void readsProcessesWhateverStandsBehindThePid() {
    String text = UUID + ", 21180, 2296\n\n" + UUID + ", 21198, a, name, with commas, 7484\n";
    assertEquals(
        List.of(new SmiTable.App(UUID, 21180), new SmiTable.App(UUID, 21198)), SmiTable.apps(text));
    assertEquals(List.of(), SmiTable.apps("\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No running processes found",
        UUID + ", [N/A], 3",
        UUID,
        UUID + ", -1, 2",
        "x, 1, 2"
      })
  void refusesALineOfProcessesThatItDoesNotUnderstand(String line) {
    assertThrows(IllegalArgumentException.class, () -> SmiTable.apps(UUID + ", 1, 2\n" + line));
  }
}
