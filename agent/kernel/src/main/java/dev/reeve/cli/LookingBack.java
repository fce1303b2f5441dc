package dev.reeve.cli;

import dev.reeve.config.Quantities;
import dev.reeve.daemon.StartException;
import dev.reeve.json.JsonObject;
import dev.reeve.replay.LookBack;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

  /** What says how to look back says nothing of now. */
  boolean asked() {
    if (at.isEmpty()) {
      for (String option : List.of("--history", "--since", "--rules")) {
        if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
          throw wrong(option + " needs --at: the daemon answers of now");
        }
      }
    }
    return !at.isEmpty();
  }

  JsonObject explain(ConfigFile file, String subject) throws Exception {
    ConfigFile.Read read = file.read();
    if (!read.configuration().problems().isEmpty()) {
      throw new StartException(read.configuration().problems().text());
    }
    AtomicReference<Instant> asked = new AtomicReference<>(Instant.EPOCH);
    return RecordedTime.open(
        read,
        rules,
        now -> {
          Instant instant = instant(now);
          asked.set(instant);
          return new RecordedTime.Part(history, instant.minus(before()), instant);
        },
        time ->
            new LookBack(
                    time.engine(),
                    time.pricing(),
                    time.question(CYCLE, HORIZON, Optional.empty()),
                    reach())
                .explain(time.history(), nanos(asked.get()), subject));
  }

  /** What decides how far back is known. */
  private String reach() {
    return history.equals(Histories.RING)
        ? "how far back the kept history goes is set by history.size and history.age; another one"
            + " is named by --history"
        : "of '" + history + "' the " + since + " before it are read, as --since says";
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
