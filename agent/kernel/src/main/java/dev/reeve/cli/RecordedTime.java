package dev.reeve.cli;

import dev.reeve.board.Pricing;
import dev.reeve.daemon.Daemon;
import dev.reeve.daemon.Plugins;
import dev.reeve.model.WorkloadKind;
import dev.reeve.replay.Backtest;
import dev.reeve.spi.History;
import dev.reeve.spi.HistoryProvider;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** All that rules need to judge recorded time as the daemon would. */
record RecordedTime(
    ConfigFile.Read read, RuleEngine engine, Pricing pricing, History history, Scratch scratch) {

  /**
   * What is read of which history.
   *
   * @param from and to: inclusive; those of {@link Instant} for all of it
   */
  record Part(String source, Instant from, Instant to) {}

  /** What is done with it; all is closed behind it. */
  interface Task<T> {
    T with(RecordedTime time) throws Exception;
  }

  /**
   * @param rules files and folders; those of the configuration if there are none
   * @param part by the present instant
   */
  static <T> T open(
      ConfigFile.Read read, List<Path> rules, Function<Instant, Part> part, Task<T> task)
      throws Exception {
    try (Scratch scratch = Scratch.make("reeve-history")) {
      Surroundings surroundings =
          new Surroundings(Daemon.clocks(read.config()), scratch.folder(), scratch.folder());
      Part asked = part.apply(surroundings.clocks().wall().instant());
      HistoryProvider.Request request =
          new HistoryProvider.Request(
              asked.source(), asked.from(), asked.to(), scratch.below("history"));
      try (Plugins prices = Plugins.ofPrices(read.configuration().root(), surroundings);
          RuleEngine engine =
              rules.isEmpty()
                  ? Plugins.engine(read.configuration().root(), surroundings)
                  : Plugins.engine(rules, surroundings);
          History history = Histories.open(request, read.config())) {
        return task.with(
            new RecordedTime(read, engine, Pricing.remembered(prices::price), history, scratch));
      }
    }
  }

  Backtest.Question question(Duration cycle, Duration horizon, Optional<WorkloadKind> assumedKind)
      throws Exception {
    return new Backtest.Question(
        cycle, read.config().guard(), horizon, assumedKind, scratch.below("stop"));
  }
}
