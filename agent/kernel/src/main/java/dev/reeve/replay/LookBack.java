package dev.reeve.replay;

import dev.reeve.board.Pricing;
import dev.reeve.daemon.Explained;
import dev.reeve.guard.Mode;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import dev.reeve.loop.Cycle;
import dev.reeve.model.Subject;
import dev.reeve.spi.History;
import dev.reeve.spi.History.Heard;
import dev.reeve.spi.History.HistoryException;
import dev.reeve.spi.RuleEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a subject was judged as it was at an instant that is past: the history before it through the
 * same parts as a back-test, in which nobody's workload is ended.
 */
public final class LookBack {
  private static final Replay.Listener NOBODY =
      new Replay.Listener() {
        @Override
        public void happened(Happened what) {}

        @Override
        public void settled(Stop stop) {}

        @Override
        public void cycled(Cycle cycle) {}
      };

  private final RuleEngine engine;
  private final Pricing pricing;
  private final Replay.Settings settings;
  private final String reach;

  /**
   * @param reach what decides how far back is known, for people
   */
  public LookBack(RuleEngine engine, Pricing pricing, Backtest.Question question, String reach) {
    this.reach = reach;
    this.engine = engine;
    this.pricing = pricing;
    this.settings =
        new Replay.Settings(
            question.cycle(),
            Replay.guard(question.guard(), question.cycle(), Mode.OBSERVE),
            question.horizon(),
            question.assumedKind(),
            question.scratch());
  }

  /**
   * @param history up to the instant; what comes behind it is not read
   * @param atNanos since 1970
   * @param words part of a subject's name
   * @return in the shape of the daemon's answer, with the {@code time} and {@code notes} on how far
   *     it can be trusted; no {@code subjects} where nothing of that name was seen
   * @throws HistoryException when it cannot be read, or nothing of it is as old
   */
  public JsonObject explain(History history, long atNanos, String words)
      throws HistoryException, InterruptedException {
    Optional<Heard> next = history.next().filter(heard -> heard.atNanos() <= atNanos);
    if (next.isEmpty()) {
      throw new HistoryException(
          "nothing is known of the time before " + Report.time(atNanos) + "; " + reach);
    }
    long first = next.get().atNanos();
    long newest = first;
    try (Replay replay = new Replay(engine, pricing, settings, NOBODY, first)) {
      while (next.isPresent() && next.get().atNanos() <= atNanos) {
        newest = Math.max(newest, next.get().atNanos());
        replay.hear(next.get());
        next = history.next();
      }
      Cycle cycle = replay.judgeAt(atNanos);
      List<String> notes = new ArrayList<>();
      notes.add("read from " + Report.time(first) + " to " + Report.time(newest));
      notes.addAll(history.notes());
      return Json.object()
          .put("v", 1)
          .put("time", Report.time(atNanos))
          .put("rule_set", engine.ruleSet().hash())
          .put("subjects", Json.array(subjects(replay, cycle, words)))
          .put("notes", Json.texts(notes))
          .build();
    }
  }

  private static List<JsonValue> subjects(Replay replay, Cycle cycle, String words) {
    List<JsonValue> found = new ArrayList<>();
    for (Subject subject : cycle.snapshot().subjects()) {
      if (Explained.called(subject.id(), words)) {
        found.add(Explained.of(cycle, subject, replay.explain(subject.id())));
      }
    }
    return found;
  }
}
