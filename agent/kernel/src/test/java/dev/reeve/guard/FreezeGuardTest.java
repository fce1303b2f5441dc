package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.board.WallTime;
import dev.reeve.config.Glob;
import dev.reeve.model.TimesOfWeek;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FreezeGuardTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path folder;
  private Asked asked;

  @BeforeEach
  void ask() {
    asked = new Asked(folder);
  }

  private static Freeze.Times weekly(DayOfWeek day, int from, int to, String zone) {
    return new Freeze.Weekly(
        new TimesOfWeek(
            List.of(new TimesOfWeek.Range(day, day, from * 60, to * 60, ZoneId.of(zone)))));
  }

  private static Freeze.Dated dated(String from, String to) {
    return new Freeze.Dated(LocalDateTime.parse(from), LocalDateTime.parse(to), BERLIN, "then");
  }

  private void frozen(Scope scope, Freeze.Times times) {
    asked.policy = GuardPolicy.NONE.withFreezes(List.of(new Freeze(scope, times)));
  }

  private void at(String instant) {
    asked.wall = WallTime.of(Instant.parse(instant));
  }

  /** 25 November 2026 is a Wednesday. */
  @Test
  void holdsInAFreezeAndGoesOnAfterIt() throws InterruptedException {
    frozen(Scope.ALL, weekly(DayOfWeek.WEDNESDAY, 8, 18, "Europe/Berlin"));
    at("2026-11-25T16:59:00Z");
    asked.objects("freeze", FreezeGuard.class, "frozen: wed 08:00-18:00 Europe/Berlin");
    assertInstanceOf(Verdict.Hold.class, asked.judge());
    at("2026-11-25T17:00:00Z");
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void holdsWhereTheFreezeBeganSinceTheJudgement() throws InterruptedException {
    frozen(Scope.ALL, weekly(DayOfWeek.WEDNESDAY, 8, 18, "UTC"));
    at("2026-11-25T07:59:30Z");
    asked.judgedAgo = Duration.ofSeconds(29);
    assertInstanceOf(Verdict.Go.class, asked.judge());
    asked.judgedAgo = Duration.ofSeconds(30);
    asked.objects("freeze", FreezeGuard.class, "frozen");
  }

  @Test
  void holdsWhereAFreezeEndedSinceTheJudgement() throws InterruptedException {
    frozen(Scope.ALL, weekly(DayOfWeek.WEDNESDAY, 8, 18, "UTC"));
    at("2026-11-25T17:59:59Z");
    asked.judgedAgo = Duration.ofSeconds(40);
    asked.objects("freeze", FreezeGuard.class, "frozen");
  }

  @Test
  void aClockThatWasSetDoesNotUnfreeze() throws InterruptedException {
    frozen(Scope.ALL, weekly(DayOfWeek.WEDNESDAY, 8, 18, "UTC"));
    asked.wall =
        new WallTime(
            Instant.parse("2026-11-25T04:00:00Z"),
            Duration.ofMinutes(5),
            List.of(Instant.parse("2026-11-25T12:00:00Z")));
    asked.objects("freeze", FreezeGuard.class, "the clock was set within a day");
  }

  @Test
  void whatIsNoTimeFreezesUntilSomebodyCorrectsIt() throws InterruptedException {
    frozen(Scope.ALL, new Freeze.Unreadable("mon-fri 9-17"));
    asked.objects("freeze", FreezeGuard.class, "'mon-fri 9-17' of guard.freeze is no time");
    assertInstanceOf(Verdict.Deny.class, asked.judge());
  }

  @Test
  void freezesOnlyThoseThatItNames() throws InterruptedException {
    Freeze.Times always = new Freeze.Unreadable("now");
    frozen(scope("owners", "ana"), always);
    asked.objects("freeze", FreezeGuard.class, "frozen");
    frozen(scope("owners", "bo"), always);
    assertInstanceOf(Verdict.Go.class, asked.judge());
    frozen(scope("rules", "idle-*"), always);
    asked.objects("freeze", FreezeGuard.class, "frozen");
    frozen(scope("namespaces", "prod"), always);
    assertInstanceOf(Verdict.Go.class, asked.judge());
    frozen(scope("workloads", "node/ana/*"), always);
    asked.objects("freeze", FreezeGuard.class, "frozen");
  }

  private static Scope scope(String key, String pattern) {
    List<Glob> of = List.of(new Glob(pattern));
    List<Glob> no = List.of();
    return switch (key) {
      case "rules" -> new Scope(of, no, no, no, no);
      case "platforms" -> new Scope(no, of, no, no, no);
      case "namespaces" -> new Scope(no, no, of, no, no);
      case "owners" -> new Scope(no, no, no, of, no);
      default -> new Scope(no, no, no, no, of);
    };
  }

  /** The clocks of Berlin skip 02:00 to 03:00 on 28 March and repeat it on 31 October 2027. */
  @ParameterizedTest
  @CsvSource({
    // begins in the hour that is skipped
    "2027-03-28T02:30, 2027-03-28T12:00, 2027-03-28T00:59:59Z, false",
    "2027-03-28T02:30, 2027-03-28T12:00, 2027-03-28T01:00:00Z, true",
    // ends in it
    "2027-03-27T12:00, 2027-03-28T02:30, 2027-03-28T00:59:59Z, true",
    "2027-03-27T12:00, 2027-03-28T02:30, 2027-03-28T01:00:00Z, false",
    // begins in the hour that is repeated: at the first of both
    "2027-10-31T02:30, 2027-10-31T12:00, 2027-10-31T00:29:59Z, false",
    "2027-10-31T02:30, 2027-10-31T12:00, 2027-10-31T00:30:00Z, true",
    // ends in it: at the second of both
    "2027-10-30T12:00, 2027-10-31T02:30, 2027-10-31T01:29:59Z, true",
    "2027-10-30T12:00, 2027-10-31T02:30, 2027-10-31T01:30:00Z, false"
  })
  void clocksThatChangeMakeAFreezeLongerAndNeverShorter(
      String from, String to, String at, boolean frozen) {
    assertEquals(frozen, dated(from, to).contains(Instant.parse(at)));
  }

  @Test
  void anHourThatTheClocksRepeatIsFrozenBothTimes() {
    Freeze.Times night = weekly(DayOfWeek.SUNDAY, 2, 3, "Europe/Berlin");
    assertTrue(night.contains(Instant.parse("2027-10-31T00:30:00Z")));
    assertTrue(night.contains(Instant.parse("2027-10-31T01:30:00Z")));
    assertFalse(night.contains(Instant.parse("2027-10-31T02:00:00Z")));
    // and one that they skip is never there
    assertFalse(night.contains(Instant.parse("2027-03-28T01:30:00Z")));
  }

  @Test
  void theShortestTimeThatCanBeWrittenIsNotSteppedOver() throws InterruptedException {
    frozen(
        Scope.ALL,
        new Freeze.Weekly(
            new TimesOfWeek(
                List.of(
                    new TimesOfWeek.Range(
                        DayOfWeek.WEDNESDAY, DayOfWeek.WEDNESDAY, 721, 722, ZoneId.of("UTC"))))));
    at("2026-11-25T12:00:30Z");
    asked.judgedAgo = Duration.ofSeconds(58);
    asked.objects("freeze", FreezeGuard.class, "frozen");
  }
}
