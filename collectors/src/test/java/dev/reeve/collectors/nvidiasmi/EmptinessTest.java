package dev.reeve.collectors.nvidiasmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reeve.model.Holding;
import dev.reeve.platform.node.GpuRow;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmptinessTest {
  private static final Map<String, Double> AT_REST =
      Map.of(
          "memory.used",
          2.0,
          "utilization.gpu",
          0.0,
          "power.draw",
          70.0,
          "enforced.power.limit",
          700.0);

  private static GpuRow row(Map<String, Double> readings) {
    return new GpuRow("GPU-1", "H100", "0", "00:09.0", false, new TreeMap<>(readings));
  }

  @Test
  void believesAnEmptyListOnlyWhenNothingIsHiddenAndTheGpuIsAtRest() {
    Emptiness seesAll = new Emptiness(Optional.empty());
    assertInstanceOf(Holding.Nobody.class, seesAll.of(row(AT_REST)));
  }

  @Test
  void isUnsureWhereProcessesCouldBeHidden() {
    Emptiness blind = new Emptiness(Optional.of("Reeve runs in a pid namespace of its own"));
    assertEquals(
        new Holding.Unsure(
            "its process list is empty, but Reeve runs in a pid namespace of its own"),
        blind.of(row(AT_REST)));
  }

  @ParameterizedTest
  @CsvSource({"memory.used, 400", "utilization.gpu, 1", "power.draw, 180"})
  void isUnsureWhenOneReadingShowsWork(String column, double value) {
    TreeMap<String, Double> readings = new TreeMap<>(AT_REST);
    readings.put(column, value);
    assertInstanceOf(Holding.Unsure.class, new Emptiness(Optional.empty()).of(row(readings)));
  }

  @ParameterizedTest
  @CsvSource({"memory.used", "utilization.gpu", "power.draw", "enforced.power.limit"})
  void isUnsureWhenOneReadingIsMissing(String column) {
    TreeMap<String, Double> readings = new TreeMap<>(AT_REST);
    readings.remove(column);
    assertInstanceOf(Holding.Unsure.class, new Emptiness(Optional.empty()).of(row(readings)));
  }
}
