package dev.reeve.replay;

import dev.reeve.config.Configuration;
import dev.reeve.config.GuardConfig;
import dev.reeve.config.Host;
import dev.reeve.config.Quantities;
import dev.reeve.config.ReeveConfig;
import dev.reeve.config.Section;
import dev.reeve.model.Cost;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Remedy;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Truth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One test of rules: what sources say, and what is to follow from it.
 *
 * @param every time between two instants of the series
 * @param price of each GPU
 */
record Scenario(
    String name,
    Duration every,
    GuardConfig guard,
    Cost price,
    List<Line> series,
    List<Expected> expected) {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(1);

  /** A series with its values. */
  record Line(String series, List<SeriesNotation.Value> values) {
    String metric() {
      int brace = series.indexOf('{');
      return brace < 0 ? series : series.substring(0, brace);
    }
  }

  /**
   * What is to hold at a time.
   *
   * @param actions all that the rule is to have done by then, in any order
   * @param suppressed what is held up then; not looked at where nothing is listed
   * @param answers what the rule answers then
   */
  record Expected(
      Duration at,
      String rule,
      List<String> actions,
      List<Suppressed> suppressed,
      List<Answer> answers) {}

  /**
   * @param reason text that the guard's reason has in it
   */
  record Suppressed(String action, String guard, String reason) {}

  record Answer(String subject, Truth is) {}

  /** All scenarios of a file; problems are in the configuration afterwards. */
  static List<Scenario> read(Configuration file, RuleSet rules) {
    Section root = file.root();
    List<Scenario> scenarios = new ArrayList<>();
    Duration every = root.duration("interval", Duration.ofSeconds(30), LEAST, MOST);
    for (Section test : root.sections("tests")) {
      scenarios.add(read(test, every, rules));
    }
    if (scenarios.isEmpty()) {
      root.problem("tests", "a list of tests");
    }
    file.finish();
    return scenarios;
  }

  private static Scenario read(Section test, Duration usual, RuleSet rules) {
    String name = needed(test, "name", "a name");
    Duration every = test.duration("interval", usual, LEAST, MOST);
    ReeveConfig config = ReeveConfig.read(test.section("config"), Host.current());
    Cost price =
        test.moneyPerHour("price")
            .<Cost>map((MoneyPerHour rate) -> new Cost.Known(rate, "the test"))
            .orElse(new Cost.Unknown("the test has no price"));
    List<Line> series = new ArrayList<>();
    for (Section line : test.sections("series")) {
      String values = needed(line, "values", "values");
      Optional<List<SeriesNotation.Value>> read = SeriesNotation.read(values);
      if (read.isEmpty() && !values.isEmpty()) {
        line.problem("values", "values such as 0x60, 1+2x10, _ or stale, separated by spaces");
      }
      series.add(new Line(needed(line, "series", "a series"), read.orElse(List.of())));
    }
    List<Expected> expected = new ArrayList<>();
    for (Section one : test.sections("expect")) {
      expected.add(expected(one, rules));
    }
    if (expected.isEmpty()) {
      test.problem("expect", "a list of what is to follow");
    }
    return new Scenario(name, every, config.guard(), price, series, expected);
  }

  private static String needed(Section section, String key, String what) {
    Optional<String> text = section.text(key).filter(it -> !it.isBlank());
    if (text.isEmpty()) {
      section.problem(key, what);
    }
    return text.orElse("");
  }

  private static Expected expected(Section one, RuleSet rules) {
    String at = needed(one, "at", "a time such as 45m");
    Optional<Duration> time = Quantities.time(at);
    if (time.isEmpty() && !at.isEmpty()) {
      one.problem("at", "a time such as 45m");
    }
    String rule = needed(one, "rule", "the id of a rule");
    if (!rule.isEmpty() && rules.rule(rule).isEmpty()) {
      one.problem(
          "rule",
          "one of the rules "
              + String.join(", ", rules.rules().stream().map(known -> known.id()).toList()));
    }
    List<String> actions = new ArrayList<>();
    for (Section action : one.sections("actions")) {
      actions.add(action(action));
    }
    List<Suppressed> suppressed = new ArrayList<>();
    for (Section held : one.sections("suppressed")) {
      suppressed.add(
          new Suppressed(
              action(held), needed(held, "guard", "the name of a guard"), held.text("reason", "")));
    }
    List<Answer> answers = new ArrayList<>();
    for (Section answer : one.sections("answers")) {
      answers.add(new Answer(subject(answer), answer.oneOf("is", Truth.class, Truth.UNKNOWN)));
    }
    return new Expected(time.orElse(Duration.ZERO), rule, actions, suppressed, answers);
  }

  private static String action(Section action) {
    String remedy = needed(action, "remedy", "a remedy such as notify or terminate");
    if (!remedy.isEmpty() && Remedy.named(remedy).isEmpty()) {
      action.problem("remedy", "a remedy such as notify or terminate");
    }
    return remedy + " " + subject(action);
  }

  private static String subject(Section of) {
    Optional<String> workload = of.text("workload");
    Optional<String> gpu = of.text("gpu").map(uuid -> "gpu:" + uuid);
    Optional<String> endpoint = of.text("endpoint").map(name -> "endpoint:" + name);
    if (workload.isEmpty() && gpu.isEmpty() && endpoint.isEmpty()) {
      of.problem("workload", "a workload, a gpu or an endpoint");
    }
    return gpu.or(() -> endpoint).or(() -> workload).orElse("");
  }
}
