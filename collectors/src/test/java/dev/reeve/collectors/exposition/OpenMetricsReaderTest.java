package dev.reeve.collectors.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.collectors.exposition.OpenMetricsReader.Event;
import dev.reeve.collectors.exposition.OpenMetricsReader.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMetricsReaderTest {
  private static final OpenMetricsLimits LIMITS = new OpenMetricsLimits(400, 50, 8, 100);

  @Test
  void readsEveryTypeOfTheGoldenFile() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/openmetrics/all-types.txt")) {
      byte[] file = java.util.Objects.requireNonNull(in).readAllBytes();
      List<String> read = read(new ByteArrayInputStream(file), Form.ONE);
      assertEquals(
          List.of(
              "gpu_info{gpu=GPU-1, model=NVIDIA H100 80GB HBM3} 1.0",
              "gpu_power_watts{gpu=GPU-1} 71.25 1717000000000000000",
              "gpu_power_watts{gpu=GPU-1} 72.0 1717000030125000000",
              "gpu_power_watts{gpu=GPU-2, note=a \"b\" \\ c\nd} Infinity 1717000000000000000",
              "requests_total{} 17.0 1717000000000000000",
              "latency_bucket{le=0.1} 3.0",
              "latency_bucket{le=+Inf} 5.0",
              "latency_count{} 5.0",
              "latency_sum{} 1.5",
              "size_bucket{le=+Inf} 2.0",
              "size_gcount{} 2.0",
              "size_gsum{} -4.0",
              "took{quantile=0.5} 0.1",
              "took_count{} 2.0",
              "took_sum{} 0.3",
              "state{state=on} 1.0",
              "state{state=off} 0.0",
              "odd{} NaN",
              "undeclared{a=} -0.5",
              "EXPOSITION_END",
              "END"),
          read);
    }
  }

  @Test
  void readsTheSameWhateverPiecesTheBytesComeIn() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/openmetrics/all-types.txt")) {
      byte[] file = java.util.Objects.requireNonNull(in).readAllBytes();
      List<String> whole = read(new ByteArrayInputStream(file), Form.ONE);
      for (int seed = 0; seed < 50; seed++) {
        assertEquals(whole, read(new Trickle(file, seed), Form.ONE));
      }
    }
  }

  @Test
  void readsExpositionsThatFollowEachOther() throws Exception {
    String text = "# TYPE a gauge\na 1 5\n# EOF\n# TYPE a gauge\na 2 6\nb 1\n# EOF\n";
    assertEquals(
        List.of(
            "a{} 1.0 5000000000",
            "EXPOSITION_END",
            "a{} 2.0 6000000000",
            "b{} 1.0",
            "EXPOSITION_END",
            "END"),
        read(in(text), Form.SEVERAL));
  }

  @Test
  void takesTheScatteredFamiliesOfADump() throws Exception {
    assertEquals(
        List.of("a{} 1.0", "b{} 1.0", "a{x=y} 1.0", "EXPOSITION_END", "END"),
        read(in("a 1\nb 1\na{x=\"y\"} 1\n# EOF\n"), Form.DUMP));
  }

  @Test
  void losesNoDigitOfATime() throws Exception {
    assertEquals("a{} 1.0 1717000000123456789", read("a 1 1717000000.123456789999\n").getFirst());
    assertEquals("a{} 1.0 -1500000000", read("a 1 -1.5\n").getFirst());
    assertEquals("a{} 1.0 1717000000000000000", read("a 1 1717000000.\n").getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "1|expected a sample|^{a=\"b\"} 1\\n^",
        "1|expected a sample|^\\n^",
        "2|expected a sample|^a 1\\n b 1\\n^",
        "1|expected one space|^a{b=\"c\"}1\\n^",
        "1|expected one space|^a{b=\"c\"}\\n^",
        "1|expected a number|^a  1\\n^",
        "1|expected a number|^a 1x\\n^",
        "1|expected one space|^a\\t1\\n^",
        "1|expected a number|^a 1\\r\\n^",
        "1|expected a time|^a 1 \\n^",
        "1|expected a time|^a 1 NaN\\n^",
        "1|expected a time|^a 1 1e99999999\\n^",
        "1|expected a time|^a 1 99999999999999999999\\n^",
        "1|expected the line's end|^a 1 2 3\\n^",
        "1|expected labels|^a{b=\"c\",} 1\\n^",
        "1|expected labels|^a{ b=\"c\"} 1\\n^",
        "1|expected labels|^a {b=\"c\"} 1\\n^",
        "1|expected labels|^a{b = \"c\"} 1\\n^",
        "1|expected a sample|^a{b=\"c\",b=\"d\"} 1\\n^",
        "1|expected a sample|^a{b=\"c} 1\\n^",
        "1|expected an exemplar at|^a 1 # {t=\"x\"} 1\\n^",
        "2|expected an exemplar:|^# TYPE a counter\\na_total 1 # {t=\"x\"\\n^",
        "2|expected an exemplar:|^# TYPE a counter\\na_total 1 # {t=\"x\"} 1 2 3\\n^",
        "1|another comment|^# hello\\n^",
        "1|another comment|^#\\n^",
        "1|another comment|^#EOF\\n^",
        "1|expected a type|^# TYPE a\\n^",
        "1|expected a type|^# TYPE a gouge\\n^",
        "1|name of a family|^# TYPE 1a gauge\\n^",
        "2|once, found it again|^# TYPE a gauge\\n# TYPE a gauge\\n^",
        "2|before the samples|^a 1\\n# TYPE a gauge\\n^",
        "1|end with its unit|^# UNIT a_seconds bytes\\n^",
        "3|to stand together|^a 1\\nb 1\\na{x=\"y\"} 1\\n^",
        "2|no sample of the name|^# TYPE a counter\\na 1\\n^",
        "2|the type counter can have|^# TYPE a counter\\na_total -1\\n^",
        "2|the type counter can have|^# TYPE a counter\\na_total NaN\\n^",
        "2|the type info can have|^# TYPE a info\\na_info 2\\n^",
        "2|the type stateset can have|^# TYPE a stateset\\na{a=\"b\"} 0.5\\n^",
        "2|each series once|^a 1\\na 2\\n^",
        "2|each series once|^a 1\\na 2 5\\n^",
        "2|times of one series to rise|^a 1 5\\na 2 5\\n^",
        "2|times of one series to rise|^a 1 5\\na 2 4.9\\n^",
        "1|fewer labels|^a{a=\"\",b=\"\",c=\"\",d=\"\",e=\"\",f=\"\",g=\"\",h=\"\",i=\"\"} 1\\n^",
      })
  void refusesWithTheLineWhatIsNotOpenMetrics(long line, String message, String escaped) {
    String text = escaped.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
    refused(line, message, (text + "# EOF\n").getBytes(UTF_8), Form.ONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a 1\n", "a 1\n# EO", "a 1"})
  void saysThatATextWasCutOff(String text) {
    OpenMetricsException cut =
        assertThrows(OpenMetricsException.class, () -> read(in(text), Form.ONE));
    assertTrue(cut.cut(), cut.getMessage());
  }

  @Test
  void takesAnEndWithoutALineEndForCut() {
    assertTrue(
        assertThrows(OpenMetricsException.class, () -> read(in("a 1\n# EOF"), Form.ONE)).cut());
  }

  @Test
  void refusesWhatFollowsTheEnd() {
    refused(3, "nothing behind '# EOF'", "a 1\n# EOF\nb 1\n# EOF\n".getBytes(UTF_8), Form.ONE);
    refused(3, "an exposition before", "a 1\n# EOF\n# EOF\n".getBytes(UTF_8), Form.SEVERAL);
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] text = "a{b=\"?\"} 1\n# EOF\n".getBytes(UTF_8);
    text[5] = (byte) 0xC0;
    refused(1, "UTF-8", text, Form.ONE);
    byte[] help = "# HELP a ?\n# EOF\n".getBytes(UTF_8);
    help[9] = (byte) 0xFF;
    refused(1, "UTF-8", help, Form.ONE);
    byte[] mark = "?a 1\n# EOF\n".getBytes(UTF_8);
    mark[0] = (byte) 0xEF;
    refused(1, "expected a sample", mark, Form.ONE);
  }

  @Test
  void refusesALineLongerThanItsLimitHoweverLongItIs() {
    refused(2, "at most 400 bytes", ("a 1\n" + "b".repeat(401)).getBytes(UTF_8), Form.ONE);
    refused(1, "at most 400 bytes", "c".repeat(1 << 20).getBytes(UTF_8), Form.ONE);
  }

  @Test
  void refusesMoreSeriesThanItRemembersAndForgetsThoseOfEarlierExpositions() throws Exception {
    StringBuilder one = new StringBuilder();
    for (int i = 0; i < 51; i++) {
      one.append("a{i=\"").append(i).append("\"} 1\n");
    }
    refused(51, "fewer series", (one + "# EOF\n").getBytes(UTF_8), Form.ONE);
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      many.append("a{i=\"").append(i).append("\"} 1\n# EOF\n");
    }
    assertEquals(4_001, read(in(many.toString()), Form.SEVERAL).size());
  }

  @Test
  void throwsNothingElseWhateverTheBytes() throws Exception {
    byte[] golden;
    try (InputStream in = getClass().getResourceAsStream("/openmetrics/all-types.txt")) {
      golden = java.util.Objects.requireNonNull(in).readAllBytes();
    }
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] hurt = golden.clone();
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        byte[] likely = " {}\",=#\n\\.0eE+-\r\t\0".getBytes(UTF_8);
        hurt[random.nextInt(hurt.length)] =
            random.nextBoolean()
                ? likely[random.nextInt(likely.length)]
                : (byte) random.nextInt(256);
      }
      try {
        read(new ByteArrayInputStream(hurt), Form.values()[random.nextInt(3)]);
      } catch (OpenMetricsException expected) {
        refused++;
        assertTrue(expected.line() > 0);
      }
    }
    assertTrue(refused > 5_000, refused + " of 20,000 were refused");
  }

  private static void refused(long line, String message, byte[] text, Form form) {
    OpenMetricsException refused =
        assertThrows(OpenMetricsException.class, () -> read(new ByteArrayInputStream(text), form));
    assertEquals(line, refused.line(), refused.getMessage());
    String said = String.valueOf(refused.getMessage());
    assertTrue(said.contains(message), said);
    assertFalse(refused.cut(), said);
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static List<String> read(String lines) throws IOException, OpenMetricsException {
    return read(in(lines + "# EOF\n"), Form.ONE);
  }

  private static List<String> read(InputStream in, Form form)
      throws IOException, OpenMetricsException {
    OpenMetricsReader<Series> reader = new OpenMetricsReader<>(in, LIMITS, form, it -> it);
    List<String> read = new ArrayList<>();
    while (true) {
      Event event = reader.next();
      if (event != Event.SAMPLE) {
        read.add(event.toString());
        if (event == Event.END) {
          return read;
        }
        continue;
      }
      List<String> labels =
          reader.series().labels().stream().map(l -> l.name() + "=" + l.value()).toList();
      read.add(
          reader.series().name()
              + "{"
              + String.join(", ", labels)
              + "} "
              + reader.value()
              + (reader.timed() ? " " + reader.nanos() : ""));
    }
  }

  /// Gives its bytes in small pieces of random length.
  private static final class Trickle extends InputStream {
    private final byte[] bytes;
    private final SplittableRandom random;
    private int at;

    Trickle(byte[] bytes, long seed) {
      this.bytes = bytes;
      this.random = new SplittableRandom(seed);
    }

    @Override
    public int read() {
      return at == bytes.length ? -1 : bytes[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (at == bytes.length) {
        return -1;
      }
      int count = Math.min(Math.min(length, 1 + random.nextInt(20)), bytes.length - at);
      System.arraycopy(bytes, at, into, from, count);
      at += count;
      return count;
    }
  }
}
