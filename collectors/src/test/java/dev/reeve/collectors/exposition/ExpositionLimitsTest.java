package dev.reeve.collectors.exposition;

import static dev.reeve.collectors.exposition.ExpositionParserTest.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionLimitsTest {
  private static final Limits TIGHT = new Limits(200, 3, 4, 40, 2, 5, 2);

  private final ExpositionParser<Series> parser = ExpositionParser.of(TIGHT);

  @Test
  void refusesABodyThatIsTooLarge() {
    var scrape = parse("a 1\n".repeat(51));
    assertEquals(0, scrape.size());
    assertEquals(Map.of(DropReason.BODY_TOO_LARGE, 1), scrape.drops());
    assertEquals(List.of("a 1.0"), lines(parse("a 1\n")));
  }

  @Test
  void dropsWhatGoesBeyondEachLimitAndCountsIt() {
    assertDrop(DropReason.LINE_TOO_LONG, "a " + "1".repeat(39) + "\n");
    assertDrop(DropReason.TOO_MANY_LABELS, "a{b=\"\",c=\"\",d=\"\"} 1\n");
    assertDrop(DropReason.LABEL_TOO_LONG, "a{b=\"123456\"} 1\n");
    assertDrop(DropReason.DUPLICATE_SERIES, "ok 1\n");
  }

  private void assertDrop(DropReason reason, String line) {
    var scrape = parse("ok 1\n" + line);
    assertEquals(List.of("ok 1.0"), lines(scrape));
    assertEquals(Map.of(reason, 1), scrape.drops());
  }

  @Test
  void takesSoManySamplesAndNoMoreColdAndWarm() {
    for (int i = 0; i < 3; i++) {
      var scrape = parse("a 1\nb 2\nc 3\nd 4\ne 5\n");
      assertEquals(List.of("a 1.0", "b 2.0", "c 3.0"), lines(scrape));
      assertEquals(Map.of(DropReason.TOO_MANY_SAMPLES, 2), scrape.drops());
    }
  }

  @Test
  void remembersSoManySeriesAndMakesRoomForNewOnesAtOnce() {
    parse("a 1\nb 2\nc 3\n");
    var scrape = parse("d 4\ne 5\nf 6\n");
    assertEquals(List.of("d 4.0"), lines(scrape));
    assertEquals(2, scrape.dropped(DropReason.TOO_MANY_SERIES));
    assertEquals(List.of("d 4.0", "e 5.0", "f 6.0"), lines(parse("d 4\ne 5\nf 6\n")));
  }

  @Test
  void doesNotGrowWhenLabelsChurn() {
    var churning = ExpositionParser.of(new Limits(1 << 20, 100, 1000, 100, 4, 20, 5));
    int highest = 0;
    for (int scrape = 0; scrape < 2_000; scrape++) {
      var text = new StringBuilder("# HELP a " + scrape + "\n");
      for (int i = 0; i < 50; i++) {
        text.append("a{pod=\"p-%d-%d\"} 1\n".formatted(scrape, i));
      }
      byte[] body = text.toString().getBytes(UTF_8);
      var result = churning.parse(body, body.length);
      assertEquals(50, result.size());
      assertEquals(Map.of(), result.drops());
      for (int i = 0; i < 50; i++) {
        highest = Math.max(highest, result.slot(i));
        assertEquals("p-%d-%d".formatted(scrape, i), result.mapped(result.slot(i)).label("pod"));
      }
    }
    assertTrue(highest < 2 * 5 * 50 + 50, "slots up to " + highest);
  }

  @Test
  void wantsLimitsThatMakeSense() {
    assertThrows(IllegalArgumentException.class, () -> new Limits(0, 1, 1, 1, 1, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> new Limits(1, 1, 1, 1, 1, 1, 1));
  }

  private Scrape<Series> parse(String text) {
    byte[] body = text.getBytes(UTF_8);
    return parser.parse(body, body.length);
  }
}
