package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reeve.model.Expression;
import dev.reeve.model.Limit;
import dev.reeve.model.Limit.Each;
import dev.reeve.model.Limit.Measure;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleChange;
import dev.reeve.model.Trait;
import dev.reeve.model.Unit;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitReaderTest {
  private static final Duration DAY = Duration.ofDays(1);
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
          params: {few: {default: 5, cases: [{group: ml-*, value: 1}]}, wide: 10%}
          subject: workload
          when: max(gpu.engine_active, 30m) < 1% and max(gpu.utilization, 30m) < $wide
          limits: [{actions: $few, per: 1d, each: owner}, {share: 20%, per: 1h}, LIMIT]
          throttle: [{notices: 1, per: 1d, each: workload}, THROTTLE]
          ladder: [warn at 30m, terminate at 2h]
          acts_on: [training]
          min_notice: 20m
      """
          .replace("LIMIT", "{cost: 50 USD/h, per: 12h}")
          .replace("THROTTLE", "{notices: 5, per: 1h, each: owner}");

  @Test
  void readsEveryKindOfLimit() {
    Expression few = new Expression.Choice(Trait.GROUP, List.of("ml-*"), count(1), count(5));
    Expression money = new Expression.Constant(50, Unit.MONEY_PER_HOUR);
    assertEquals(
        List.of(
            new Limit(Measure.ACTIONS, few, none(), DAY, Each.OWNER),
            new Limit(
                Measure.SHARE,
                new Expression.Constant(0.2, Unit.RATIO),
                none(),
                Duration.ofHours(1),
                Each.RULE),
            new Limit(
                Measure.COST,
                money,
                Optional.of(Currency.getInstance("USD")),
                Duration.ofHours(12),
                Each.RULE),
            new Limit(Measure.NOTICES, count(1), none(), DAY, Each.WORKLOAD),
            new Limit(Measure.NOTICES, count(5), none(), Duration.ofHours(1), Each.OWNER)),
        rule(RULE).limits());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "actions: $few; actions: 1.5; RV0312:13",
        "actions: $few; actions: 1h; RV0312:13",
        "actions: $few; actions: 20%; RV0312:13",
        "actions: $few; actions: $fwe; RV0312:13",
        "actions: $few; actions: 1, share: 5%; RV0312:13",
        "actions: $few, per: 1d, each: owner; per: 1d, each: group; RV0312:13",
        "each: owner}, {sh; each: team}, {sh; RV0203:13",
        "share: 20%; share: 120%; RV0312:13",
        "share: 20%; share: 2; RV0312:13",
        "cost: 50 USD/h; cost: 50; RV0312:13",
        "cost: 50 USD/h; cost: 50 USD; RV0403:13",
        "per: 12h; per: 0s; RV0309:13",
        "per: 12h; per: 31d; RV0309:13",
        ", per: 12h; ; RV0111:13",
        "notices: 1; notices: 0; RV0312:14",
        "notices: 1; notices: $few; RV0312:14",
        "notices: 5; notices: many; RV0503:14",
        "each: workload; each: group; RV0203:14",
        "terminate at 2h]; ]; RV0307:13",
      })
  void neverLimitsNothingBecauseItCannotBeRead(String from, String to, String expected) {
    String text =
        RULE.replace(from, to == null ? "" : to).replace("warn at 30m, ]", "warn at 30m]");
    RuleSources.Loaded loaded = Repository.read(text);
    assertFalse(loaded.ok());
    List<String> found =
        loaded.problems().errors().stream()
            .map(of -> of.code().text() + ":" + of.place().line())
            .toList();
    assertEquals(true, found.contains(expected), expected + " is not among " + found);
  }

  @Test
  void anOverrideCanTightenAndLoosenALimit() {
    Rule before = rule(RULE);
    assertEquals(RuleChange.SAME, RuleChange.between(before, rule(RULE)));
    assertEquals(
        RuleChange.TIGHTER,
        change(
            before,
            "limits: [{actions: $few, per: 2d, each: owner}, {share: 20%, per: 1h}, {cost: 40"
                + " USD/h, per: 12h}]"));
    assertEquals(
        RuleChange.LOOSER,
        change(before, "limits: [{actions: $few, per: 1d, each: owner}, {share: 20%, per: 1h}]"));
    assertEquals(
        RuleChange.LOOSER,
        change(
            before,
            "limits: [{actions: 6, per: 1d, each: owner}, {share: 20%, per: 1h}, {cost: 50 USD/h,"
                + " per: 12h}]"));
    assertEquals(
        RuleChange.LOOSER,
        change(
            before,
            "throttle: [{notices: 2, per: 1d, each: workload}, {notices: 5, per: 1h, each:"
                + " owner}]"));
    assertEquals(
        RuleChange.TIGHTER,
        change(
            before,
            "throttle: [{notices: 1, per: 1d, each: workload}, {notices: 5, per: 2h, each:"
                + " owner}]"));
  }

  private static RuleChange change(Rule before, String override) {
    String key = override.substring(0, override.indexOf(':'));
    String text = RULE + "overrides:\n  - {rule: quiet, " + override + "}\n";
    // the parameter must stay in use where the limit that used it goes
    return RuleChange.between(
        before,
        rule(
            override.contains("$few") || key.equals("throttle")
                ? text
                : text.replace("$wide", "$wide * $few / $few")));
  }

  private static Expression.Constant count(double value) {
    return new Expression.Constant(value, Unit.COUNT);
  }

  private static Optional<Currency> none() {
    return Optional.empty();
  }

  private static Rule rule(String text) {
    RuleSources.Loaded loaded = Repository.read(text);
    assertEquals("", loaded.report());
    return loaded.rules().stream().filter(of -> of.id().equals("quiet")).findFirst().orElseThrow();
  }
}
