package dev.reeve.cli;

import dev.reeve.config.Quantities;
import dev.reeve.json.JsonObject;
import dev.reeve.model.WorkloadKind;
import dev.reeve.replay.Backtest;
import dev.reeve.replay.Totals;
import dev.reeve.spi.History;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the rules would have done over recorded time. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description =
        "Runs the rules over recorded time, with the daemon's own windows, rules and guards, and"
            + " says what they would have done; touches nothing.")
final class BacktestCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of(
          "time",
          "rule",
          "subject",
          "workload",
          "remedy",
          "verdict.word",
          "verdict.guard",
          "verdict.reason",
          "rate.amount",
          "rate.currency",
          "false_kill",
          "active_again",
          "whole_horizon",
          "gpu_hours",
          "saved.amount",
          "saved.currency");

  @Mixin private ConfigFile file = new ConfigFile();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description = "rule files or folders; those of the configuration if not set")
  private List<Path> rules = new ArrayList<>();

  @Option(
      names = "--history",
      paramLabel = "SRC",
      required = true,
      description =
          "a recording, ring for what the daemon kept, a file of OpenMetrics text with times, or"
              + " prometheus:URL")
  private String history = "";

  @Option(names = "--from", paramLabel = "TIME", description = "such as 2026-01-31T00:00:00Z")
  private String from = "";

  @Option(names = "--to", paramLabel = "TIME", description = "the same for the end")
  private String to = "";

  @Option(names = "--since", paramLabel = "AGE", description = "such as 14d: from so long ago on")
  private String since = "";

  @Option(
      names = "--cycle",
      paramLabel = "TIME",
      defaultValue = "1m",
      description = "time between two judgements, 1m; a longer one is faster")
  private String cycle = "";

  @Option(
      names = "--horizon",
      paramLabel = "TIME",
      defaultValue = "24h",
      description = "a workload that works again within this time was ended wrongly; 24h")
  private String horizon = "";

  @Option(
      names = "--assume-kind",
      paramLabel = "KIND",
      description = "takes workloads of which nobody says the kind for training, serving, ...")
  private Optional<WorkloadKind> assumedKind = Optional.empty();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws Exception {
    ConfigFile.Read read = file.read();
    if (!read.configuration().problems().isEmpty()) {
      System.err.print(Text.plain(read.configuration().problems().text()));
      return Failures.CONFIGURATION;
    }
    return RecordedTime.open(
        read,
        rules,
        now -> new RecordedTime.Part(history, begin(now), end()),
        time -> {
          Backtest.Question question =
              time.question(time("--cycle", cycle), time("--horizon", horizon), assumedKind);
          return print(new Backtest(time.engine(), time.pricing(), question), time.history());
        });
  }

  private int print(Backtest backtest, History opened)
      throws History.HistoryException, InterruptedException {
    Progress progress = Progress.onTerminal(System.err);
    PrintStream out = System.out;
    BacktestTable table = new BacktestTable();
    if (output.format() == Output.Format.CSV) {
      out.print(Csv.line(COLUMNS));
    }
    Totals totals =
        backtest.run(
            opened,
            action -> {
              if (output.format() == Output.Format.TABLE) {
                table.add(action);
              } else {
                out.print(text(action));
              }
            },
            progress);
    progress.end();
    out.print(
        switch (output.format()) {
          case TABLE -> table.text(totals.json());
          case JSON, YAML -> text(totals.json());
          case CSV -> ""; // a table of actions has no room for a summary
        });
    return totals.judged() ? 0 : 1;
  }

  /** One object, in a form that goes on with the next one. */
  private String text(JsonObject one) {
    return switch (output.format()) {
      case JSON, TABLE -> Output.json(one) + "\n";
      case YAML -> YamlText.of(one);
      case CSV -> Csv.row(COLUMNS, one);
    };
  }

  private Instant begin(Instant now) {
    if (!since.isEmpty() && !from.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--since and --from exclude each other");
    }
    if (!since.isEmpty()) {
      return now.minus(time("--since", since));
    }
    return from.isEmpty() ? Instant.MIN : instant("--from", from);
  }

  private Instant end() {
    return to.isEmpty() ? Instant.MAX : instant("--to", to);
  }

  private Instant instant(String option, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException _) {
      throw new ParameterException(
          spec.commandLine(),
          option + ": expected a time such as 2026-01-31T00:00:00Z, found '" + text + "'");
    }
  }

  private Duration time(String option, String text) {
    return Quantities.time(text)
        .filter(Duration::isPositive)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    option + ": expected a time such as 24h, found '" + text + "'"));
  }
}
