package dev.reeve.rules.yaml;

import dev.reeve.config.Nearest;
import dev.reeve.config.Value;
import dev.reeve.config.Value.Items;
import dev.reeve.config.Value.Scalar;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rung;
import dev.reeve.model.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads ladders: {@code warn at 30m}, {@code downsize to 1 at 1h}. */
final class Ladders {
  static final Duration LONGEST = Duration.ofDays(30);

  private static final List<String> VERBS =
      List.of("warn", "downsize", "suspend", "migrate", "drain", "terminate");

  private final Fields rule;
  private final RuleProblems problems;

  Ladders(Fields rule, RuleProblems problems) {
    this.rule = rule;
    this.problems = problems;
  }

  /** Empty where something was wrong, which was reported then. */
  List<Rung> read() {
    Optional<Value> value = rule.value("ladder");
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Items list) || list.items().isEmpty()) {
      rule.wrong(RuleCode.WRONG_TYPE, "ladder", value.get(), "a list such as [warn at 30m]");
      return List.of();
    }
    List<Rung> rungs = new ArrayList<>();
    boolean right = true;
    for (Value item : rule.limited("ladder", list, 32)) {
      Optional<Rung> rung =
          item instanceof Scalar scalar ? step(scalar) : wrong(RuleCode.BAD_STEP, item);
      rung.ifPresent(rungs::add);
      right &= rung.isPresent();
    }
    return right && ordered(rungs, list) ? rungs : List.of();
  }

  private boolean ordered(List<Rung> rungs, Items list) {
    if (rungs.getFirst().remedy().acts()) {
      wrong(RuleCode.FIRST_WARN, list.items().getFirst());
      return false;
    }
    for (int i = 1; i < rungs.size(); i++) {
      Value item = list.items().get(i);
      if (!rungs.get(i).remedy().acts()) {
        wrong(RuleCode.SECOND_WARN, item);
        return false;
      }
      if (rungs.get(i).after().compareTo(rungs.get(i - 1).after()) <= 0) {
        wrong(RuleCode.STEP_ORDER, item);
        return false;
      }
    }
    return true;
  }

  /** Says of each step that acts too soon after the warning. */
  void soon(List<Rung> rungs, Duration notice) {
    Duration least = rungs.getFirst().after().plus(notice);
    for (int i = 1; i < rungs.size(); i++) {
      if (rungs.get(i).after().compareTo(least) < 0
          && rule.value("ladder").orElseThrow() instanceof Items list) {
        rule.wrong(
            RuleCode.TOO_SOON,
            "ladder",
            list.items().get(i),
            "at " + Spans.text(least) + " or later");
      }
    }
  }

  private Optional<Rung> step(Scalar scalar) {
    List<String> words = new ArrayList<>();
    for (String word : scalar.text().strip().split(" ", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    int size = words.size();
    if (size != 3 && size != 5) {
      return wrong(RuleCode.BAD_STEP, scalar);
    }
    String verb = words.getFirst();
    if (!VERBS.contains(verb)) {
      problems.add(
          new RuleProblem(
              RuleCode.UNKNOWN_REMEDY,
              scalar.place(),
              Fields.width(verb),
              rule.below("ladder"),
              "one of " + String.join(", ", VERBS),
              dev.reeve.config.Masking.quoted(verb),
              verb.equals("notify") ? "warn" : Nearest.to(verb, VERBS)));
      return Optional.empty();
    }
    Optional<Remedy> remedy =
        size == 3 ? plain(verb) : words.get(1).equals("to") ? to(verb, words.get(2)) : none();
    if (remedy.isEmpty() || !words.get(size - 2).equals("at")) {
      return wrong(RuleCode.BAD_STEP, scalar);
    }
    Optional<Duration> after = Units.time(words.getLast()).map(Duration::ofSeconds);
    if (after.isEmpty() || after.get().compareTo(LONGEST) > 0) {
      return wrong(RuleCode.BAD_TIME, scalar);
    }
    return Optional.of(new Rung(after.get(), remedy.get()));
  }

  private static Optional<Remedy> none() {
    return Optional.empty();
  }

  private static Optional<Remedy> plain(String verb) {
    return Remedy.named(verb.equals("warn") ? "notify" : verb);
  }

  private static Optional<Remedy> to(String verb, String what) {
    boolean number =
        what.length() <= 6
            && !what.startsWith("0")
            && what.chars().allMatch(c -> c >= '0' && c <= '9');
    if (verb.equals("downsize") && number) {
      return Optional.of(new Remedy.Downsize(Integer.parseInt(what)));
    }
    return verb.equals("migrate") && RuleBuilder.isName(what, 64)
        ? Optional.of(new Remedy.Migrate(what))
        : Optional.empty();
  }

  private Optional<Rung> wrong(RuleCode code, Value item) {
    rule.wrong(code, "ladder", item, "a step such as `warn at 30m` or `terminate at 2h`");
    return Optional.empty();
  }
}
