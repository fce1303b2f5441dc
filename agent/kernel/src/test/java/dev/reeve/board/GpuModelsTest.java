package dev.reeve.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GpuModelsTest {
  private final GpuModels models = GpuModels.shipped();

  @ParameterizedTest
  @CsvSource({
    "NVIDIA H100 80GB HBM3, 700, 70",
    "NVIDIA H100 PCIe, 350, 35",
    "NVIDIA H100 NVL, 400, 40",
    "NVIDIA H200, 700, 77",
    "NVIDIA GH200 480GB, 1000, 70",
    "NVIDIA A100-SXM4-80GB, 400, 60",
    "NVIDIA A100-SXM4-40GB, 400, 60",
    "NVIDIA A100-PCIE-40GB, 250, 37.5",
    "NVIDIA A100 80GB PCIe, 300, 45",
    "NVIDIA L40S, 350, 35",
    "NVIDIA L4, 72, 10.8",
    "Tesla T4, 70, 8.4",
    "NVIDIA A10, 150, 15",
    "NVIDIA A10G, 300, 15",
    "Tesla V100-SXM2-16GB, 300, 36",
    "Tesla V100-PCIE-32GB, 250, 25",
    "NVIDIA B200, 1000, 100",
    "NVIDIA GB200, 1200, 120",
    "nvidia l40s, 350, 35",
  })
  void knowsLimitAndIdleFloor(String model, double limit, double idle) {
    assertEquals(limit, models.power(model).limitWatts());
    assertEquals(idle, models.power(model).idleWatts(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"''", "Radeon Pro", "NVIDIA A1000", "NVIDIA T400", "NVIDIA L400", "Quadro P4000"})
  void knowsNothingOfAModelThatItDoesNotName(String model) {
    assertFalse(models.power(model).known());
    assertEquals(0, models.power(model).limitWatts());
  }

  @Test
  void theFirstLineThatMatchesCounts() {
    GpuModels some = GpuModels.of(List.of("# x", "", "*X.1*,100,0.5,us", "*X*,200,0.5,us"));
    assertEquals(100, some.power("an X.1!").limitWatts());
    assertEquals(200, some.power("an Xy1!").limitWatts());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"X,100,0.5", "X,0,0.5,us", "X,100,0,us", "X,100,1,us", "X,NaN,0.5,us"})
  void refusesALineThatCannotBe(String line) {
    List<String> lines = List.of(line);
    assertThrows(IllegalArgumentException.class, () -> GpuModels.of(lines));
  }
}
