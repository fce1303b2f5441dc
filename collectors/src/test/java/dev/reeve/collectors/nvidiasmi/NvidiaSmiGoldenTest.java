package dev.reeve.collectors.nvidiasmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.linux.BootClock;
import dev.reeve.model.Observation;
import dev.reeve.time.BootTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each table of nvidia-smi gives the reviewed list beside it. {@code -Dreeve.golden=write} writes
 * the lists anew; read the difference before it goes in.
 */
class NvidiaSmiGoldenTest {
  private static final Path RESOURCES = Path.of("src/test/resources").toAbsolutePath();
  private static final Path OURS = RESOURCES.resolve("nvidiasmi");
  private static final Path CAPTURES =
      Path.of("../..").toAbsolutePath().normalize().resolve("shared/data/nvidia-smi");
  private static final Path GOLDEN = RESOURCES.resolve("golden/nvidiasmi");

  @TestFactory
  Stream<DynamicTest> readsOurTablesAsReviewed() throws IOException {
    return tables(OURS).map(NvidiaSmiGoldenTest::golden);
  }

  @TestFactory
  Stream<DynamicTest> readsCapturesAsReviewed() throws IOException {
    if (!Files.isDirectory(CAPTURES)) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "captures", () -> assumeTrue(false, "no captured tables at " + CAPTURES)));
    }
    return tables(CAPTURES).map(NvidiaSmiGoldenTest::golden);
  }

  private static Stream<Path> tables(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList().stream();
    }
  }

  private static DynamicTest golden(Path table) {
    String name = table.getFileName().toString().replace(".csv", "");
    Path golden = GOLDEN.resolve(name + ".golden");
    return DynamicTest.dynamicTest(
        name,
        () -> {
          String text = String.join("\n", lines(Files.readString(table))) + "\n";
          if ("write".equals(System.getProperty("reeve.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
          }
          assertEquals(Files.readString(golden), text);
        });
  }

  private static List<String> lines(String table) throws Exception {
    Path folder = Files.createTempDirectory("reeve-golden");
    try {
      FakeSmi smi = new FakeSmi(folder);
      smi.gpus(table);
      Observation seen = smi.collector(new BootTicker(BootClock::nanos)).collect();
      Stream<String> devices =
          seen.devices().stream()
              .map(
                  d ->
                      "device "
                          + d.id()
                          + " '"
                          + d.model()
                          + "' "
                          + d.index()
                          + " "
                          + d.memoryBytes());
      Stream<String> samples =
          seen.samples().stream().map(s -> s.signal().text() + " " + s.value());
      Stream<String> drops = seen.drops().entrySet().stream().map(drop -> "drop " + drop);
      return Stream.of(devices, samples, drops).flatMap(lines -> lines).toList();
    } finally {
      for (String file : List.of("nvidia-smi", "gpus", "apps")) {
        Files.deleteIfExists(folder.resolve(file));
      }
      Files.delete(folder);
    }
  }
}
