package dev.reeve.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.TimesOfWeek.Range;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesOfWeekTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final TimesOfWeek WORK = times("mon-fri 08:00-18:00 Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "mon-fri 08:00-18:00 Europe/Berlin, 2026-06-01T07:59:59, PT0S", // a Monday
    "mon-fri 08:00-18:00 Europe/Berlin, 2026-06-01T08:00:00, PT0S",
    "mon-fri 08:00-18:00 Europe/Berlin, 2026-06-01T08:30:00, PT30M",
    "mon-fri 08:00-18:00 Europe/Berlin, 2026-06-01T17:59:59, PT9H59M59S",
    "mon-fri 08:00-18:00 Europe/Berlin, 2026-06-01T18:00:00, PT0S",
    "mon-fri 08:00-18:00 Europe/Berlin, 2026-06-06T12:00:00, PT0S",
    "mon-fri 22:00-06:00 Europe/Berlin, 2026-06-06T05:00:00, PT7H", // Friday's night
    "mon-fri 22:00-06:00 Europe/Berlin, 2026-06-01T05:00:00, PT0S", // Sunday's night
    "sat-mon 12:00-13:00 Europe/Berlin, 2026-06-01T12:30:00, PT30M",
    "sat-mon 12:00-13:00 Europe/Berlin, 2026-06-02T12:30:00, PT0S",
    "fri-mon 00:00-24:00 Europe/Berlin, 2026-06-01T12:00:00, PT84H",
    "sun 22:00-02:00 Europe/Berlin, 2026-06-01T01:00:00, PT3H",
    "mon-sun 00:00-24:00 Europe/Berlin, 2026-06-01T12:00:00, PT744H",
    "mon-fri 08:00-18:00 America/New_York, 2026-06-01T14:30:00, PT30M",
  })
  void saysForHowLongItHasBeenWithin(String text, String berlin, String expected) {
    assertEquals(Duration.parse(expected), times(text).heldAt(at(berlin, BERLIN)));
  }

  @Test
  void anHourThatTheClocksSkipCountsForNothing() {
    // 29 March 2026: 02:00 becomes 03:00
    TimesOfWeek night = times("sun 01:00-05:00 Europe/Berlin");
    assertEquals(Duration.ofMinutes(90), night.heldAt(at("2026-03-29T03:30:00", BERLIN)));
    TimesOfWeek skipped = times("sun 02:00-03:00 Europe/Berlin");
    Instant before = at("2026-03-29T01:59:59", BERLIN);
    for (int minute = 0; minute < 180; minute++) {
      assertEquals(Duration.ZERO, skipped.heldAt(before.plus(Duration.ofMinutes(minute))));
    }
  }

  @Test
  void aTimeThatBeginsWithinTheSkippedHourBeginsWhenTheClocksHaveJumped() {
    TimesOfWeek late = times("sun 02:30-05:00 Europe/Berlin");
    assertEquals(Duration.ofMinutes(15), late.heldAt(at("2026-03-29T03:15:00", BERLIN)));
  }

  @Test
  void anHourThatTheClocksRepeatCountsBothTimes() {
    // 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC
    TimesOfWeek night = times("sun 01:00-05:00 Europe/Berlin");
    assertEquals(Duration.ofMinutes(210), night.heldAt(Instant.parse("2026-10-25T02:30:00Z")));
    TimesOfWeek half = times("sun 02:00-02:30 Europe/Berlin");
    assertEquals(Duration.ofMinutes(15), half.heldAt(Instant.parse("2026-10-25T00:15:00Z")));
    assertEquals(Duration.ZERO, half.heldAt(Instant.parse("2026-10-25T00:45:00Z")));
    assertEquals(Duration.ofMinutes(15), half.heldAt(Instant.parse("2026-10-25T01:15:00Z")));
  }

  @Test
  void timesThatMeetAreOneWhateverTheirZones() {
    TimesOfWeek both = times("mon 08:00-12:00 Europe/Berlin", "mon 10:00-14:00 UTC");
    assertEquals(Duration.ofHours(5), both.heldAt(Instant.parse("2026-06-01T11:00:00Z")));
    assertEquals(TimesOfWeek.MOST, both.longest());
  }

  @Test
  void knowsItsLongestTime() {
    assertEquals(Duration.ofHours(10), WORK.longest());
    assertEquals(
        Duration.ofHours(62),
        times("fri 18:00-24:00 UTC", "sat-sun 00:00-24:00 UTC", "mon 00:00-08:00 UTC").longest());
    assertEquals(TimesOfWeek.MOST, times("mon-sun 00:00-24:00 UTC").longest());
  }

  @Test
  void coversWhatIsSurelyAmongItsOwn() {
    assertTrue(WORK.covers(times("tue 09:00-10:00 Europe/Berlin")));
    assertTrue(WORK.covers(WORK));
    assertFalse(WORK.covers(times("tue 09:00-18:01 Europe/Berlin")));
    assertFalse(WORK.covers(times("tue 09:00-10:00 Europe/Paris")));
  }

  /** Second by second, by what a clock on the wall reads. */
  @Test
  void agreesWithACountOfMinutes() {
    Random random = new Random(20260101);
    String[] zones = {"Europe/Berlin", "America/New_York", "UTC", "Australia/Lord_Howe"};
    for (int i = 0; i < 60; i++) {
      ZoneId zone = ZoneId.of(zones[random.nextInt(zones.length)]);
      List<Range> ranges = new ArrayList<>();
      for (int k = 0; k <= random.nextInt(3); k++) {
        int from = random.nextInt(48) * 30;
        int to = (from + 30 + random.nextInt(46) * 30) % (24 * 60);
        DayOfWeek first = DayOfWeek.of(1 + random.nextInt(7));
        ranges.add(new Range(first, first.plus(random.nextInt(7)), from, to, zone));
      }
      TimesOfWeek times = new TimesOfWeek(ranges);
      Instant now =
          Instant.parse(random.nextBoolean() ? "2026-03-20T00:00:00Z" : "2026-10-20T00:00:00Z");
      long held = -1;
      for (int minute = 0; minute < 14 * 24 * 60; minute += 5, now = now.plusSeconds(300)) {
        held = within(ranges, now) ? Math.max(0, held + (held < 0 ? 1 : 5)) : -1;
        if (minute > 8 * 24 * 60 && held < 8 * 24 * 60) {
          assertEquals(
              Math.max(0, held), times.heldAt(now).toMinutes(), times.text() + " at " + now);
        }
      }
    }
  }

  private static boolean within(List<Range> ranges, Instant now) {
    return ranges.stream()
        .anyMatch(
            range -> {
              LocalDateTime wall = LocalDateTime.ofInstant(now, range.zone());
              int minute = wall.getHour() * 60 + wall.getMinute();
              boolean over = range.to() <= range.from();
              return (minute >= range.from() && (over || minute < range.to()) && day(range, wall))
                  || (over && minute < range.to() && day(range, wall.minusDays(1)));
            });
  }

  private static boolean day(Range range, LocalDateTime wall) {
    int after = Math.floorMod(wall.getDayOfWeek().getValue() - range.first().getValue(), 7);
    return after <= Math.floorMod(range.last().getValue() - range.first().getValue(), 7);
  }

  private static Instant at(String local, ZoneId zone) {
    return LocalDateTime.parse(local).atZone(zone).toInstant();
  }

  /** Of texts such as {@code mon-fri 08:00-18:00 Europe/Berlin}. */
  static TimesOfWeek times(String... texts) {
    return new TimesOfWeek(Arrays.stream(texts).map(TimesOfWeekTest::range).toList());
  }

  private static Range range(String text) {
    String[] words = text.split(" ", -1);
    String[] days = words[0].split("-", -1);
    String[] times = words[1].split("-", -1);
    Range range =
        new Range(
            day(days[0]),
            day(days[days.length - 1]),
            minute(times[0]),
            minute(times[1]),
            ZoneId.of(words[2]));
    assertEquals(text, range.text());
    return range;
  }

  private static DayOfWeek day(String text) {
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> TimesOfWeek.day(day).equals(text))
        .findFirst()
        .orElseThrow();
  }

  private static int minute(String text) {
    return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
  }
}
