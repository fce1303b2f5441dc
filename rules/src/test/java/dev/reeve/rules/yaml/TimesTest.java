package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.ConditionText;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
  private static final String RULE =
      """
      pack: {name: site, version: 1}
      rules:
        - id: quiet
          version: 1
          title: Quiet
          severity: warning
          status: stable
          why: because
          risk: what is not saved is lost
          subject: workload
          when: max(gpu.engine_active, 30m) < 1% and max(gpu.utilization, 1h) < 1%
          times: TIMES
          ladder: [warn at 1h, terminate at 2h]
          acts_on: [training]
          min_notice: 20m
      """;

  @Test
  void asksThatTheLongestSpanLiesWithin() {
    Rule rule = rule("[mon-fri 08:00-18:00 Europe/Berlin]");
    assertTrue(
        ConditionText.of(rule.patterns().getFirst().condition())
            .endsWith("time in mon-fri 08:00-18:00 Europe/Berlin >= 3600s"),
        ConditionText.of(rule.patterns().getFirst().condition()));
  }

  @Test
  void agesReachBackToo() {
    String text =
        RULE.replace("subject: workload", "subject: gpu")
            .replace("max(gpu.utilization, 1h) < 1%", "gpu.unheld >= 90m")
            .replace("TIMES", "mon-fri 08:00-18:00 UTC");
    Rule rule =
        Repository.read(text).rules().stream()
            .filter(of -> of.id().equals("quiet"))
            .findFirst()
            .orElseThrow();
    assertTrue(ConditionText.of(rule.patterns().getFirst().condition()).endsWith(">= 5400s"));
  }

  @Test
  void dayListsAreOneRangeEach() {
    Rule rule = rule("sat,sun 22:00-06:00 UTC");
    assertTrue(
        ConditionText.of(rule.patterns().getFirst().condition())
            .contains("time in sat 22:00-06:00 UTC, sun 22:00-06:00 UTC"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mon-fri 08:00-18:00; a zone; mon-fri 08:00-18:00 UTC",
        "mon-fri 08:00-18:00 Europe/Berlim; a zone; Europe/Berlin",
        "mon-fri 08:00-18:00 +02:00; a zone; ",
        "mon-fri 08:00-18:00 CEST; a zone; ",
        "monday-friday 08:00-18:00 UTC; a day; mon",
        "mo-fri 08:00-18:00 UTC; a day; mon",
        "mon-wed-fri 08:00-18:00 UTC; days such as; ",
        "mon-fri 8:00-18:00 UTC; times of the day; 08:00-18:00",
        "mon-fri 8-18 UTC; times of the day; 08:00-18:00",
        "mon-fri 08:00-24:01 UTC; times of the day; ",
        "mon-fri 24:00-06:00 UTC; times of the day; ",
        "mon-fri 08:00-08:00 UTC; two different times; ",
        "mon-fri 08:00 - 18:00 UTC; times such as; ",
        "08:00-18:00 UTC; times such as; ",
        "mon-fri 08:00-09:30 UTC; times of at least 2h; ",
        "[]; at least one; ",
      })
  void neverStandsForAroundTheClock(String text, String expected, String nearest) {
    RuleSources.Loaded loaded = Repository.read(RULE.replace("TIMES", text));
    assertFalse(loaded.ok());
    assertTrue(loaded.rules().stream().noneMatch(rule -> rule.id().equals("quiet")));
    List<RuleProblem> problems = loaded.problems().errors();
    assertEquals(1, problems.size(), loaded.report());
    assertTrue(problems.getFirst().expected().startsWith(expected), loaded.report());
    if (nearest != null) {
      assertEquals(nearest, problems.getFirst().nearest());
    }
    assertEquals(12, problems.getFirst().place().line());
  }

  @Test
  void fewerTimesAreTighterAndMoreAreLooser() {
    Rule work = rule("mon-fri 08:00-18:00 UTC");
    Rule less = rule("mon-thu 09:00-18:00 UTC");
    Rule always =
        Repository.read(RULE.replace("times: TIMES", "")).rules().stream()
            .filter(of -> of.id().equals("quiet"))
            .findFirst()
            .orElseThrow();
    assertEquals(RuleChange.TIGHTER, RuleChange.between(work, less));
    assertEquals(RuleChange.LOOSER, RuleChange.between(less, work));
    assertEquals(RuleChange.TIGHTER, RuleChange.between(always, work));
    assertEquals(RuleChange.LOOSER, RuleChange.between(work, always));
  }

  private static Rule rule(String times) {
    RuleSources.Loaded loaded = Repository.read(RULE.replace("TIMES", times));
    assertEquals("", loaded.report());
    return loaded.rules().stream().filter(of -> of.id().equals("quiet")).findFirst().orElseThrow();
  }
}
