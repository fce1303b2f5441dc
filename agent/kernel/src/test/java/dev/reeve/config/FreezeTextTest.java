package dev.reeve.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.guard.Freeze;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FreezeTextTest {
  private final List<String> wrong = new ArrayList<>();

  private Freeze.Times read(String text) {
    return FreezeText.read(
        text,
        (expected, nearest) -> wrong.add(expected + (nearest.isEmpty() ? "" : " ~" + nearest)));
  }

  @Test
  void readsTimesOfTheWeek() {
    assertEquals("mon-fri 08:00-18:00 UTC", read("mon-fri 08:00-18:00 UTC").text());
    assertEquals(List.of(), wrong);
  }

  @Test
  void theLastDayCountsWhole() {
    Freeze.Times year = read("2026-12-20..2027-01-02 Europe/Berlin");
    assertFalse(year.contains(Instant.parse("2026-12-19T22:59:59Z")));
    assertTrue(year.contains(Instant.parse("2026-12-19T23:00:00Z")));
    assertTrue(year.contains(Instant.parse("2027-01-02T22:59:59Z")));
    assertFalse(year.contains(Instant.parse("2027-01-02T23:00:00Z")));
    assertEquals(List.of(), wrong);
  }

  @Test
  void aDayMayHaveATime() {
    Freeze.Times release = read("2026-12-20T18:00..2026-12-20T20:00 UTC");
    assertFalse(release.contains(Instant.parse("2026-12-20T17:59:59Z")));
    assertTrue(release.contains(Instant.parse("2026-12-20T18:00:00Z")));
    assertFalse(release.contains(Instant.parse("2026-12-20T20:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-12-20..2027-01-02 | a zone behind it, such as Europe/Berlin or UTC"
            + " ~2026-12-20..2027-01-02 UTC",
        "2026-12-20..2027-01-02 Europe/Berln | a zone such as Europe/Berlin or UTC ~Europe/Berlin",
        "2027-01-02..2026-12-20 UTC | an end that is after its beginning",
        "2026-13-20..2027-01-02 UTC | days such as `2026-12-20..2027-01-02 Europe/Berlin`, or with"
            + " times such as `2026-12-20T18:00..2027-01-02T08:00 Europe/Berlin`",
        "2026-12-20 UTC | days such as `2026-12-20..2027-01-02 Europe/Berlin`, or with times such"
            + " as `2026-12-20T18:00..2027-01-02T08:00 Europe/Berlin`",
        "mon-fri 9-17 UTC | times of the day such as 08:00-18:00, from 00:00 to 24:00 ~09:00-17:00",
        "always | times such as `mon-fri 08:00-18:00 Europe/Berlin`"
      })
  void whatIsNoTimeIsToldAndFreezes(String text, String told) {
    assertInstanceOf(Freeze.Unreadable.class, read(text));
    assertEquals(List.of(told), wrong);
  }

  @Test
  void aFileWithSuchATimeIsAProblem() {
    Configuration configuration =
        ConfigReader.parse(
            Path.of("r"),
            """
            guard:
              freeze:
                - {when: [fri 16:00-24:00 Europe/Berlin], owners: [ana]}
                - when: [mon 9-17 UTC]
            """);
    ReeveConfig.read(configuration.root(), ReeveConfigTest.ROOT);
    List<Problem> problems = configuration.finish().list();
    assertEquals(1, problems.size());
    assertTrue(
        problems.getFirst().toString().contains("perhaps `09:00-17:00`, in 'mon 9-17 UTC'"),
        problems.getFirst().toString());
  }
}
