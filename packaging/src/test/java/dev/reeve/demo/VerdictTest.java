package dev.reeve.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  private static final Verdict.Account GOOD = new Verdict.Account(2, 2, 5, "7.5", "5");

  private static Map<Role, Integer> living(String name, int count) {
    Map<Role, Integer> living = new HashMap<>();
    for (Role role : Role.all()) {
      living.put(role, role.name().equals(name) ? count : role.ends() ? 0 : 2);
    }
    return living;
  }

  private static Verdict verdict(Map<Role, Integer> living, Verdict.Account metrics) {
    return new Verdict(living, 2, 5, GOOD, metrics, Optional.empty());
  }

  @Test
  void findsNothingWrongWhenExactlyTheRightOnesEnded() {
    assertEquals(List.of(), verdict(living("", 0), GOOD).wrong());
  }

  @Test
  void oneProcessThatOutlivesItsWorkloadIsWrong() {
    assertTrue(
        verdict(living("train-idle", 1), GOOD)
            .wrong()
            .contains("train-idle was to end, and 1 of its processes live"));
  }

  @Test
  void endingAProtectedWorkloadIsWrong() {
    assertTrue(
        verdict(living("train-protected", 0), GOOD)
            .wrong()
            .contains("train-protected was to be left alone, and has ended"));
  }

  @Test
  void everyNumberOfTheMetricsMustAgree() {
    assertEquals(
        1, verdict(living("", 0), new Verdict.Account(1, 2, 5, "7.5", "5")).wrong().size());
    assertEquals(
        1, verdict(living("", 0), new Verdict.Account(2, 3, 5, "7.5", "5")).wrong().size());
    assertEquals(
        1, verdict(living("", 0), new Verdict.Account(2, 2, 4, "7.5", "5")).wrong().size());
    assertEquals(1, verdict(living("", 0), new Verdict.Account(2, 2, 5, "", "5")).wrong().size());
    assertEquals(1, verdict(living("", 0), new Verdict.Account(2, 2, 5, "7.5", "")).wrong().size());
  }

  @Test
  void aPlanThatIsVerifiedWhileNothingEndedIsWrong() {
    assertEquals(
        List.of("ended workloads, and plans verified by the API, do not agree: 2 and 3"),
        new Verdict(living("", 0), 3, 5, GOOD, GOOD, Optional.empty()).wrong());
  }

  @Test
  void aBrokenJournalIsWrong() {
    assertEquals(
        List.of("the journal: a record is missing"),
        new Verdict(living("", 0), 2, 5, GOOD, GOOD, Optional.of("a record is missing")).wrong());
  }
}
