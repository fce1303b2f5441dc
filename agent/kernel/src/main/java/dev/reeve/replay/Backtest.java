package dev.reeve.replay;

import dev.reeve.board.Pricing;
import dev.reeve.config.GuardConfig;
import dev.reeve.guard.Mode;
import dev.reeve.json.JsonObject;
import dev.reeve.loop.Cycle;
import dev.reeve.model.WorkloadKind;
import dev.reeve.spi.History;
import dev.reeve.spi.History.Heard;
import dev.reeve.spi.RuleEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/** A history through the daemon's own parts: what would have been done, and what came of it. */
public final class Backtest {
  private static final long NANOS = 1_000_000_000L;

  private final RuleEngine engine;
  private final Pricing pricing;
  private final Replay.Settings settings;

  /**
   * What is asked.
   *
   * @param cycle time between two judgements
   * @param guard the limits that hold
   * @param horizon how long a workload that was ended is watched for working again
   * @param assumedKind the kind of workloads of which nobody says it
   * @param scratch an empty folder
   */
  public record Question(
      Duration cycle,
      GuardConfig guard,
      Duration horizon,
      Optional<WorkloadKind> assumedKind,
      Path scratch) {}

  public Backtest(RuleEngine engine, Pricing pricing, Question question) {
    this.engine = engine;
    this.pricing = pricing;
    this.settings =
        new Replay.Settings(
            question.cycle(),
            Replay.guard(question.guard(), question.cycle(), Mode.ACT),
            question.horizon(),
            question.assumedKind(),
            question.scratch());
  }

  /**
   * Runs through all of it.
   *
   * @param actions is given each thing that would have been done or was held up, oldest first, as
   *     soon as it is known what became of it
   * @param progress is told how much was read, from 0 to 1, now and then
   * @return the sum of it
   */
  public Totals run(History history, Consumer<JsonObject> actions, DoubleConsumer progress)
      throws History.HistoryException, InterruptedException {
    Totals totals = new Totals(engine.ruleSet());
    Report report = new Report(totals, actions);
    Optional<Heard> next = history.next();
    if (next.isEmpty()) {
      totals.notes(history.notes());
      return totals;
    }
    totals.from(next.get().atNanos());
    try (Replay replay =
        new Replay(engine, pricing, settings, new Told(report), next.get().atNanos())) {
      long shown = 0;
      while (next.isPresent()) {
        totals.heard(next.get());
        replay.hear(next.get());
        if (next.get().atNanos() - shown > 600 * NANOS) {
          shown = next.get().atNanos();
          history.progress().ifPresent(progress);
        }
        next = history.next();
      }
      replay.end();
      totals.to(replay.nowNanos());
    }
    report.end();
    totals.notes(history.notes());
    return totals;
  }

  private record Told(Report report) implements Replay.Listener {
    @Override
    public void happened(Happened what) {
      report.happened(what);
    }

    @Override
    public void settled(Stop stop) {
      report.settled(stop);
    }

    @Override
    public void cycled(Cycle cycle) {
      report.cycled(cycle);
    }
  }
}
