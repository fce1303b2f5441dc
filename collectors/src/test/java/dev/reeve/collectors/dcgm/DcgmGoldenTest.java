package dev.reeve.collectors.dcgm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.collectors.exposition.ExpositionParser;
import dev.reeve.collectors.exposition.Limits;
import dev.reeve.model.Device;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Each scrape gives the reviewed list beside it: devices, readings, hints, drops.
/// `-Dreeve.golden=write` writes the lists anew; read the difference before it goes in.
class DcgmGoldenTest {
  private static final Path RESOURCES = Path.of("src/test/resources").toAbsolutePath();
  private static final Path OURS = RESOURCES.resolve("dcgm");
  private static final Path CAPTURES =
      Path.of("../..").toAbsolutePath().normalize().resolve("shared/data/dcgm");
  private static final Path GOLDEN = RESOURCES.resolve("golden/dcgm");

  @TestFactory
  Stream<DynamicTest> readsOurScrapesAsReviewed() throws IOException {
    return scrapes(OURS).map(DcgmGoldenTest::golden);
  }

  @TestFactory
  Stream<DynamicTest> readsCapturesAsReviewed() throws IOException {
    if (!Files.isDirectory(CAPTURES)) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "captures", () -> assumeTrue(false, "no captured scrapes at " + CAPTURES)));
    }
    return scrapes(CAPTURES).map(DcgmGoldenTest::golden);
  }

  private static Stream<Path> scrapes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".prom")).sorted().toList().stream();
    }
  }

  private static DynamicTest golden(Path scrape) {
    String name = scrape.getFileName().toString().replace(".prom", "");
    Path golden = GOLDEN.resolve(name + ".golden");
    return DynamicTest.dynamicTest(
        name,
        () -> {
          String text = String.join("\n", lines(read(Files.readAllBytes(scrape)))) + "\n";
          if ("write".equals(System.getProperty("reeve.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
          }
          assertEquals(Files.readString(golden), text);
        });
  }

  static DcgmReading read(byte[] body) {
    var parser = new ExpositionParser<Meaning>(Limits.standard(), SeriesMeaning::of);
    return DcgmReader.read(parser.parse(body, body.length), Map.of());
  }

  private static List<String> lines(DcgmReading reading) {
    Stream<String> devices = reading.devices().stream().map(DcgmGoldenTest::line);
    Stream<String> samples =
        reading.samples().stream()
            .map(
                sample ->
                    "%s %s %s %s"
                        .formatted(
                            sample.subject().key(),
                            sample.signal().text(),
                            new BigDecimal(Double.toString(sample.value()))
                                .stripTrailingZeros()
                                .toPlainString(),
                            sample.signal().unit().text()));
    Stream<String> hints =
        reading.hints().entrySet().stream()
            .flatMap(
                each ->
                    each.getValue().stream()
                        .map(
                            hint ->
                                "hint %s namespace=%s pod=%s container=%s job=%s"
                                    .formatted(
                                        each.getKey().key(),
                                        hint.namespace(),
                                        hint.pod(),
                                        hint.container(),
                                        hint.job())));
    Stream<String> drops =
        new TreeMap<>(reading.drops())
            .entrySet().stream().map(each -> "drop " + each.getKey() + " " + each.getValue());
    return Stream.of(devices, samples, hints, drops).flatMap(lines -> lines).toList();
  }

  private static String line(Device device) {
    return "device %s index=%s model=%s node=%s mig=%s memory=%d"
        .formatted(
            device.id().key(),
            device.index(),
            device.model(),
            device.node(),
            device.migProfile(),
            device.memoryBytes());
  }
}
