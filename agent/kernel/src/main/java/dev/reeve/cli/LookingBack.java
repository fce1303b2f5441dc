package dev.reeve.cli;

import dev.reeve.board.Pricing;
import dev.reeve.config.Quantities;
import dev.reeve.daemon.Daemon;
import dev.reeve.daemon.Plugins;
import dev.reeve.daemon.StartException;
import dev.reeve.json.JsonObject;
import dev.reeve.replay.Backtest;
import dev.reeve.replay.LookBack;
import dev.reeve.spi.History;
import dev.reeve.spi.HistoryProvider;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.Surroundings;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that ask for an instant that is past. */
final class LookingBack {
  private static final Duration CYCLE = Duration.ofMinutes(1);
  private static final Duration HORIZON = Duration.ofHours(24);

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "a time that is past, such as 2026-01-31T04:00:00Z or 26h for so long ago; answered from"
              + " what the daemon kept, without asking it")
  private String at = "";

  @Option(
      names = "--history",
      paramLabel = "SRC",
      description = "with --at: another history than the kept one, as in 'reeve backtest'",
      defaultValue = Histories.RING)
  private String history = Histories.RING;

  @Option(
      names = "--since",
      paramLabel = "AGE",
      description = "with --at: how much of the time before it is read, 1d if not set",
      defaultValue = "1d")
  private String since = "1d";

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description = "with --at: rule files or folders; those of the configuration if not set")
  private List<Path> rules = new ArrayList<>();

  boolean asked() {
    return !at.isEmpty();
  }

  JsonObject explain(ConfigFile file, String subject) throws Exception {
    ConfigFile.Read read = file.read();
    if (!read.configuration().problems().isEmpty()) {
      throw new StartException(read.configuration().problems().text());
    }
    try (Scratch scratch = Scratch.make("reeve-explain")) {
      Surroundings surroundings =
          new Surroundings(Daemon.clocks(read.config()), scratch.folder(), scratch.folder());
      Instant instant = instant(surroundings.clocks().wall().instant());
      HistoryProvider.Request request =
          new HistoryProvider.Request(
              history, instant.minus(before()), instant, scratch.below("history"));
      try (Plugins prices = Plugins.ofPrices(read.configuration().root(), surroundings);
          RuleEngine engine =
              rules.isEmpty()
                  ? Plugins.engine(read.configuration().root(), surroundings)
                  : Plugins.engine(rules, surroundings);
          History opened = Histories.open(request, read.config())) {
        LookBack back =
            new LookBack(
                engine,
                Pricing.remembered(prices::price),
                new Backtest.Question(
                    CYCLE,
                    read.config().guard(),
                    HORIZON,
                    Optional.empty(),
                    scratch.below("stop")));
        return back.explain(opened, nanos(instant), subject);
      }
    } catch (History.HistoryException unreadable) {
      throw new StartException(String.valueOf(unreadable.getMessage()), unreadable);
    }
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  private Duration before() {
    return Quantities.time(since)
        .filter(Duration::isPositive)
        .orElseThrow(() -> wrong("--since: expected a time such as 1d, found '" + since + "'"));
  }

  private Instant instant(Instant now) {
    Optional<Duration> ago = Quantities.time(at);
    if (ago.isPresent()) {
      return now.minus(ago.get());
    }
    try {
      return Instant.parse(at);
    } catch (DateTimeException _) {
      throw wrong(
          "--at: expected a time such as 2026-01-31T04:00:00Z, or 26h for so long ago, found '"
              + at
              + "'");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
