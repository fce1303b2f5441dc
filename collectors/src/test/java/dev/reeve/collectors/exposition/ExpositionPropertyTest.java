package dev.reeve.collectors.exposition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A failure names its seed; `-Dreeve.seed=N` runs that one alone.
class ExpositionPropertyTest {
  private static final Limits SMALL = new Limits(1 << 20, 30, 10_000, 120, 4, 40, 3);

  @Test
  void readsWhatTheReferenceReadsColdAndWarm() {
    seeds(3_000).forEach(ExpositionPropertyTest::readsWhatTheReferenceReads);
  }

  private static void readsWhatTheReferenceReads(long seed) {
    var bodies = new RandomBodies(seed);
    Limits limits = seed % 3 == 0 ? SMALL : Limits.standard();
    var warm = ExpositionParser.of(limits);
    for (int scrape = 0; scrape < 12; scrape++) {
      byte[] body = bodies.next();
      String where = "seed " + seed + " scrape " + scrape + "\n" + new String(body, ISO_8859_1);
      ReferenceParser.Result expected = ReferenceParser.parse(body, limits);
      var cold = ExpositionParser.of(limits).parse(body, body.length);
      assertEquals(expected, result(cold), () -> "cold " + where);
      assertEquals(expected, result(warm.parse(body, body.length)), () -> "warm " + where);
    }
  }

  @Test
  void neverThrowsNorHangsNorGrowsOnFlippedBytes() {
    Limits limits = new Limits(1 << 16, 100, 200, 500, 8, 100, 3);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> seeds(40).forEach(seed -> flipBytes(seed, limits)));
  }

  private static void flipBytes(long seed, Limits limits) {
    var random = new Random(seed);
    var bodies = new RandomBodies(seed);
    var parser = ExpositionParser.of(limits);
    byte[] body = bodies.next();
    for (int i = 0; i < 500; i++) {
      if (i % 50 == 0) {
        body = bodies.next();
      }
      for (int flips = random.nextInt(8); flips > 0 && body.length > 0; flips--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      var scrape = parser.parse(body, random.nextInt(body.length + 1));
      for (int sample = 0; sample < scrape.size(); sample++) {
        int slot = scrape.slot(sample);
        assertTrue(slot < limits.maxSeries(), () -> "seed " + seed);
        scrape.mapped(slot);
      }
      scrape.families();
    }
  }

  @Test
  void readsNumbersAsTheJdkDoes() {
    seeds(1).forEach(ExpositionPropertyTest::readsNumbers);
  }

  private static void readsNumbers(long seed) {
    var random = new Random(seed);
    var reader = new NumberReader();
    for (int i = 0; i < 1_000_000; i++) {
      String text =
          switch (i % 6) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 1 -> Long.toString(random.nextLong() >>> random.nextInt(64));
            case 2 -> random.nextLong() + "e" + (random.nextInt(120) - 60);
            case 3 ->
                Integer.toString(random.nextInt())
                    + "."
                    + (random.nextLong() >>> random.nextInt(64));
            case 4 ->
                // sixteen digits, more than a double holds
                (90_000_000 + random.nextInt(10_000_000))
                    + "."
                    + (10_000_000 + random.nextInt(90_000_000));
            default -> Double.toString(random.nextInt(1000) * Math.pow(2, random.nextInt(60) - 50));
          };
      byte[] padded = (text + "\n" + " ".repeat(random.nextInt(40))).getBytes(ISO_8859_1);
      int end = reader.read(padded, 0);
      if (text.contains(".-")) {
        assertEquals(-1, end, text);
      } else {
        assertEquals(text.length(), end, () -> "seed " + seed + ": " + text);
        assertEquals(Double.parseDouble(text), reader.value(), () -> "seed " + seed + ": " + text);
      }
    }
  }

  private static ReferenceParser.Result result(Scrape<Series> scrape) {
    List<ReferenceParser.Sample> samples = new ArrayList<>();
    for (int i = 0; i < scrape.size(); i++) {
      int slot = scrape.slot(i);
      assertTrue(scrape.present(slot));
      assertEquals(scrape.series(slot), scrape.mapped(slot));
      samples.add(new ReferenceParser.Sample(scrape.mapped(slot), scrape.value(slot)));
    }
    Map<String, Family> families = new LinkedHashMap<>();
    scrape.families().forEach(family -> families.put(family.name(), family));
    return new ReferenceParser.Result(
        samples, families, scrape.drops(), scrape.truncated(), scrape.ended());
  }

  private static LongStream seeds(int count) {
    Long one = Long.getLong("reeve.seed");
    if (one != null) {
      return LongStream.of(one);
    }
    long fresh = new Random().nextLong();
    System.out.println("fresh seed of this run: " + fresh);
    return LongStream.concat(LongStream.of(fresh), LongStream.range(0, count));
  }
}
