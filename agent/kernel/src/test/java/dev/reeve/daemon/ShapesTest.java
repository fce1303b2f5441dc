package dev.reeve.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.model.Device;
import dev.reeve.model.SubjectId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ShapesTest {
  @Test
  void gpusStandByNodeAndIndexAndTwoComesBeforeTen() {
    assertEquals(
        List.of("GPU-b", "GPU-a", "GPU-c", "GPU-d"),
        Stream.of(
                device("GPU-a", "n1", "10"),
                device("GPU-d", "n2", "0"),
                device("GPU-b", "n1", "2"),
                device("GPU-c", "n1", "11"))
            .sorted(Shapes.BY_PLACE)
            .map(device -> device.id().key())
            .toList());
  }

  private static Device device(String uuid, String node, String index) {
    return new Device(SubjectId.gpu(uuid), "H100", index, node, "", 0);
  }
}
