package dev.reeve.replay;

import dev.reeve.board.Pricing;
import dev.reeve.daemon.Shapes;
import dev.reeve.guard.Mode;
import dev.reeve.loop.Cycle;
import dev.reeve.loop.Judgement;
import dev.reeve.model.Rule;
import dev.reeve.model.Spans;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Truth;
import dev.reeve.spi.History;
import dev.reeve.spi.History.Heard;
import dev.reeve.spi.RuleEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Runs one scenario through a replay and says what did not follow. */
final class ScenarioRun implements Replay.Listener {
  private static final Duration HORIZON = Duration.ofDays(1);

  private final Scenario scenario;
  private final List<String> failures = new ArrayList<>();
  private final List<Happened> done = new ArrayList<>();
  private final Map<String, Happened> held = new TreeMap<>();
  private final Coverage coverage;
  private final Map<String, EnumSet<Coverage.Case>> shown = new TreeMap<>();
  private final Set<SubjectKind> seen = EnumSet.noneOf(SubjectKind.class);

  ScenarioRun(Scenario scenario, Coverage coverage) {
    this.scenario = scenario;
    this.coverage = coverage;
  }

  /** What is not as it was expected, in words; nothing if all is. */
  List<String> failures(RuleEngine engine, History history, Path stopFolder)
      throws History.HistoryException, InterruptedException {
    Replay.Settings settings =
        new Replay.Settings(
            scenario.every(),
            Replay.guard(scenario.guard(), scenario.every(), Mode.ACT),
            HORIZON,
            Optional.empty(),
            stopFolder);
    Pricing pricing = _ -> scenario.price();
    try (Replay replay = new Replay(engine, pricing, settings, this, ScenarioText.START_NANOS)) {
      play(replay, history);
    }
    if (failures.isEmpty()) {
      coverage.shown(scenario.name(), shown);
    }
    return failures;
  }

  private void play(Replay replay, History history)
      throws History.HistoryException, InterruptedException {
    List<Scenario.Expected> expected = new ArrayList<>(scenario.expected());
    expected.sort(Comparator.comparing(Scenario.Expected::at));
    Optional<Heard> next = history.next();
    for (Scenario.Expected one : expected) {
      long at = ScenarioText.START_NANOS + one.at().toNanos();
      while (next.isPresent() && next.get().atNanos() <= at) {
        replay.hear(next.get());
        next = history.next();
      }
      replay.advanceTo(at);
      check(one, replay);
      show(one, replay);
    }
  }

  /** What this expectation shows of its rule, if the test passes. */
  private void show(Scenario.Expected expected, Replay replay) {
    EnumSet<Coverage.Case> cases =
        shown.computeIfAbsent(expected.rule(), _ -> EnumSet.noneOf(Coverage.Case.class));
    if (!expected.actions().isEmpty()
        || !expected.suppressed().isEmpty()
        || expected.answers().stream().anyMatch(answer -> answer.is() == Truth.CONFIRMED)) {
      cases.add(Coverage.Case.POSITIVE);
      return;
    }
    List<Judgement> answers = answers(replay, expected.rule());
    Set<Truth> truths = EnumSet.noneOf(Truth.class);
    answers.forEach(answer -> truths.add(answer.truth()));
    if (truths.contains(Truth.CONFIRMED)) {
      return;
    }
    if (truths.contains(Truth.REFUTED)) {
      cases.add(Coverage.Case.NEGATIVE);
    }
    Rule rule = replay.rule(expected.rule());
    boolean gone = answers.isEmpty() && seen.contains(rule.targetPattern().kind());
    if (expected.at().compareTo(rule.longestSpan()) >= 0
        && (gone || truths.contains(Truth.UNKNOWN))) {
      cases.add(Coverage.Case.MISSING);
    }
  }

  private static List<Judgement> answers(Replay replay, String rule) {
    return replay.subjects().stream()
        .flatMap(id -> replay.explain(id).stream())
        .filter(judged -> judged.rule().id().equals(rule))
        .toList();
  }

  private void check(Scenario.Expected expected, Replay replay) {
    String where = "at " + text(expected.at()) + ", " + expected.rule() + ": ";
    List<String> found =
        done.stream()
            .filter(it -> it.rule().equals(expected.rule()))
            .map(ScenarioRun::text)
            .sorted()
            .toList();
    List<String> wanted = expected.actions().stream().sorted().toList();
    if (!found.equals(wanted)) {
      failures.add(
          where + "expected the actions " + wanted + ", found " + found + others(expected.rule()));
    }
    for (Scenario.Suppressed wantedHeld : expected.suppressed()) {
      checkHeld(where, expected.rule(), wantedHeld);
    }
    for (Scenario.Answer answer : expected.answers()) {
      String is = answer(replay, expected.rule(), answer.subject());
      if (!is.equals(word(answer.is()))) {
        failures.add(
            where + "expected " + answer.subject() + " " + word(answer.is()) + ", found " + is);
      }
    }
  }

  private void checkHeld(String where, String rule, Scenario.Suppressed wanted) {
    List<Happened> same =
        held.values().stream()
            .filter(it -> it.rule().equals(rule) && text(it).equals(wanted.action()))
            .toList();
    boolean as =
        same.stream()
            .anyMatch(
                it -> it.guard().equals(wanted.guard()) && it.reason().contains(wanted.reason()));
    if (!as) {
      failures.add(
          where
              + "expected "
              + wanted.action()
              + " held up by "
              + wanted.guard()
              + (wanted.reason().isEmpty() ? "" : " (" + wanted.reason() + ")")
              + ", found "
              + (same.isEmpty()
                  ? "nothing held up"
                  : String.join(
                      "; ", same.stream().map(it -> it.guard() + ": " + it.reason()).toList())));
    }
  }

  /** What other rules did until now: a workload that one has ended is nothing to the next. */
  private String others(String rule) {
    List<String> ended =
        done.stream()
            .filter(it -> it.remedy().acts() && !it.rule().equals(rule))
            .map(ScenarioRun::by)
            .toList();
    return ended.isEmpty() ? "" : "; done by now: " + String.join(", ", ended);
  }

  private static String by(Happened what) {
    Duration at = Duration.ofNanos(what.atNanos() - ScenarioText.START_NANOS);
    return text(what) + " by " + what.rule() + " at " + text(at);
  }

  private String answer(Replay replay, String rule, String subject) {
    for (SubjectId id : replay.subjects()) {
      if (Shapes.name(id).equals(subject)) {
        return replay.explain(id).stream()
            .filter(judged -> judged.rule().id().equals(rule))
            .map(Judgement::truth)
            .map(ScenarioRun::word)
            .findFirst()
            .orElse("not asked by this rule");
      }
    }
    return "not there" + others(rule);
  }

  private static String word(Truth truth) {
    return switch (truth) {
      case CONFIRMED -> "confirmed";
      case REFUTED -> "refuted";
      case UNKNOWN -> "unknown";
    };
  }

  private static String text(Duration at) {
    return Spans.text(at);
  }

  /** A workload by its name, everything else by its kind and id. */
  private static String text(Happened what) {
    return what.remedy().verb() + " " + Shapes.name(what.subject());
  }

  @Override
  public void happened(Happened what) {
    if (what.done()) {
      done.add(what);
      held.remove(what.plan());
    } else {
      held.put(what.plan(), what);
    }
  }

  @Override
  public void settled(Stop stop) {}

  @Override
  public void cycled(Cycle cycle) {
    coverage.cycled(cycle);
    cycle.snapshot().subjects().forEach(subject -> seen.add(subject.id().kind()));
    if (!cycle.problem().isEmpty()) {
      failures.add("the rules could not judge: " + cycle.problem());
    }
  }
}
