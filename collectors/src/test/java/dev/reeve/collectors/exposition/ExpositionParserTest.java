package dev.reeve.collectors.exposition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionParserTest {
  private final ExpositionParser<Series> parser = ExpositionParser.of(Limits.standard());

  @Test
  void readsNameLabelsAndValue() {
    var scrape = parse("up{job=\"dcgm\",instance=\"a:9400\"} 0.5\n");
    var labels = List.of(new Label("instance", "a:9400"), new Label("job", "dcgm"));
    assertEquals(new Series("up", labels), scrape.series(scrape.slot(0)));
    assertEquals(0.5, scrape.value(scrape.slot(0)));
    assertEquals("dcgm", scrape.mapped(scrape.slot(0)).label("job"));
    assertEquals("", scrape.mapped(scrape.slot(0)).label("pod"));
  }

  @Test
  void keepsTheRestOfTheScrapeWhenALineIsGarbage() {
    var scrape = parse("a 1\n}}} what\nxid{msg=\"said \"no\"\",gpu=\"1\"} 3\nb 2\n");
    assertEquals(List.of("a 1.0", "b 2.0"), lines(scrape));
    assertEquals(Map.of(DropReason.MALFORMED_LINE, 2), scrape.drops());
  }

  @Test
  void dropsAValueThatIsNoNumber() {
    var scrape = parse("clocks{gpu=\"0\"} ERROR - FAILED TO CONVERT TO STRING\nb 2\n");
    assertEquals(List.of("b 2.0"), lines(scrape));
    assertEquals(1, scrape.dropped(DropReason.BAD_VALUE));
  }

  @Test
  void doesNotTrustALastLineWithoutAnEnd() {
    var scrape = parse("a 1\nb 12");
    assertEquals(List.of("a 1.0"), lines(scrape));
    assertTrue(scrape.truncated());
    assertEquals(1, scrape.dropped(DropReason.TRUNCATED_LINE));
    assertFalse(parse("a 1\nb 123\n").truncated());
  }

  @Test
  void knowsTheEndOfOpenMetrics() {
    assertTrue(parse("a 1\n# EOF\n").ended());
    assertTrue(parse("a 1\n# EOF").ended());
    assertFalse(parse("a 1\n# EOF").truncated());
    assertFalse(parse("# EOF\na 1\n").ended());
  }

  @Test
  void ignoresTimestampsAndExemplars() {
    var scrape =
        parse(
            "a 1 1717000000000\nb 2 1717000000.123\nc 3 # {trace=\"x}\"} 0.1 5\nd 4 6 # {} 1\r\n");
    assertEquals(List.of("a 1.0", "b 2.0", "c 3.0", "d 4.0"), lines(scrape));
    assertEquals(Map.of(), scrape.drops());
  }

  @Test
  void followsLinesWhoseTimestampsChange() {
    parse("a{x=\"1\"} 1 1000\nb 2 1000\n");
    assertEquals(List.of("a 1.0", "b 25.0"), lines(parse("a{x=\"1\"} 1 20000\nb 25 20000\n")));
  }

  @Test
  void tellsHelpAndTypeOfEachFamilyFromThisScrapeOnly() {
    var scrape =
        parse("# HELP a one\\ntwo\n# TYPE a counter\n# HELP a repeated\na 1\n# HELP b\nb 1\n");
    assertEquals(new Family("a", "one\ntwo", FamilyType.COUNTER), scrape.family("a").orElseThrow());
    assertEquals(new Family("b", "", FamilyType.UNKNOWN), scrape.family("b").orElseThrow());
    scrape = parse("# HELP a GPU utilization (ratio).\na 1\nb 1\n");
    assertEquals("GPU utilization (ratio).", scrape.family("a").orElseThrow().help());
    assertTrue(scrape.family("b").isEmpty());
  }

  @Test
  void decodesEscapesAndText() {
    var scrape = parse("a{b=\"x\\\\y\\\"z\\n\",c=\"café\",d=\"C:\\temp\"} 1\n");
    assertEquals("x\\y\"z\n", scrape.mapped(scrape.slot(0)).label("b"));
    assertEquals("café", scrape.mapped(scrape.slot(0)).label("c"));
    assertEquals("C:\\temp", scrape.mapped(scrape.slot(0)).label("d"));
  }

  @Test
  void dropsALabelThatIsNotText() {
    byte[] body = "a{b=\"\u00ff\"} 1\nc 1\n".getBytes(ISO_8859_1);
    var scrape = parser.parse(body, body.length);
    assertEquals(List.of("c 1.0"), lines(scrape));
    assertEquals(1, scrape.dropped(DropReason.INVALID_UTF8));
  }

  @Test
  void saysOfEachSeriesWhetherItIsInThisScrape() {
    var scrape = parse("a 1\nb 2\n");
    int a = scrape.slot(0);
    int b = scrape.slot(1);
    parse("b 3\n");
    assertFalse(scrape.present(a));
    assertTrue(scrape.present(b));
    assertEquals(3, scrape.value(b));
    parse("a 1\n");
    assertTrue(scrape.present(a));
    assertFalse(scrape.present(b));
  }

  @Test
  void takesTheFirstOfTwoEqualSeriesAlsoWhenTheFirstOneGoes() {
    assertEquals(List.of("a 1.0", "b 2.0"), lines(parse("a 1\nb 2\na 3\n")));
    assertEquals(List.of("a 1.0", "b 2.0"), lines(parse("a 1\nb 2\na 3\n")));
    assertEquals(List.of("b 2.0", "a 3.0"), lines(parse("b 2\na 3\n")));
    assertEquals(0, parser.parse(new byte[0], 0).dropped(DropReason.DUPLICATE_SERIES));
  }

  @Test
  void anEmptyBodyHasNoSamplesAndNoDrops() {
    parse("a 1\n");
    var scrape = parse("");
    assertEquals(0, scrape.size());
    assertFalse(scrape.truncated());
    assertEquals(Map.of(), scrape.drops());
  }

  @Test
  void mapsASeriesOnceWhileItKeepsComing() {
    List<String> mapped = new ArrayList<>();
    var counting =
        new ExpositionParser<>(
            Limits.standard(),
            series -> {
              mapped.add(series.name());
              return new Object();
            });
    byte[] body = "a 1\nb 2\n".getBytes(UTF_8);
    var scrape = counting.parse(body, body.length);
    Object first = scrape.mapped(scrape.slot(0));
    scrape = counting.parse(body, body.length);
    assertSame(first, scrape.mapped(scrape.slot(0)));
    assertEquals(List.of("a"), mapped);
  }

  @Test
  void takesABodyWithoutCopyingItAndLeavesAnEmptyOne() {
    byte[] bytes = "a 1\n".getBytes(UTF_8);
    var body = new Body(bytes, bytes.length);
    assertEquals(List.of("a 1.0"), lines(parser.parse(body)));
    assertEquals(0, body.length());
    var second = new Body(new byte[8], 0);
    parser.parse(second);
    assertSame(bytes, second.bytes());
  }

  private Scrape<Series> parse(String text) {
    byte[] body = text.getBytes(UTF_8);
    return parser.parse(body, body.length);
  }

  static List<String> lines(Scrape<Series> scrape) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < scrape.size(); i++) {
      lines.add(scrape.mapped(scrape.slot(i)).name() + " " + scrape.value(scrape.slot(i)));
    }
    return lines;
  }
}
