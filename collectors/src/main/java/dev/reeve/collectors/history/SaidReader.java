package dev.reeve.collectors.history;

import dev.reeve.collectors.exposition.Series;
import dev.reeve.config.Quantities;
import dev.reeve.model.Checkpoint;
import dev.reeve.model.Declaration;
import dev.reeve.model.Device;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Protection;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.recording.Names;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Reads the labels of a recording's series.
final class SaidReader {
  private SaidReader() {}

  static Said of(Series series) {
    try {
      return read(series);
    } catch (Missing missing) {
      return new Said.Misread(series.name() + ": " + missing.getMessage());
    }
  }

  /// A label that a name must have.
  private static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  private static Said read(Series series) throws Missing {
    return switch (series.name()) {
      case Names.RECORDING -> new Said.Head(series.label("version"));
      case Names.UP -> new Said.Up(source(series));
      case Names.INTERVAL -> new Said.Interval();
      case Names.FAILURE -> new Said.Failed(series.label("reason"), series.label("detail"));
      case Names.DROPPED -> new Said.Dropped(text(series, "reason"));
      case Names.GPU -> new Said.Listed(device(series));
      case Names.HELD -> new Said.Held(gpu(series), whom(series));
      case Names.UNHELD -> new Said.Unheld(gpu(series), series.label("proof"));
      case Names.HOLDER_UNKNOWN -> new Said.HolderUnknown(gpu(series), series.label("reason"));
      case Names.SEEN -> new Said.Seen(sighting(series), series.label("extent_unknown"));
      case Names.MEMBER -> new Said.Member(whom(series).subject(), text(series, "member"));
      case Names.EXTENT -> new Said.InExtent(whom(series).subject(), gpu(series));
      case Names.DECLARED -> new Said.Declared(declaration(series));
      case Names.RUN_ENDED -> run(series, Said.Part.ENDED);
      case Names.RUN_STEP -> run(series, Said.Part.STEP);
      case Names.RUN_TOTAL -> run(series, Said.Part.TOTAL);
      case Names.RUN_LOSS -> run(series, Said.Part.LOSS);
      case Names.SLO -> serving(series, new Said.Shown.Objective());
      default -> reading(series);
    };
  }

  /// Who said it; empty where the labels do not tell.
  static String source(Series series) {
    String source = series.label("source");
    return source.isEmpty() ? series.label("instance") : source;
  }

  private static Said reading(Series series) throws Missing {
    Optional<Signal> histogram = Names.histogram(series.name());
    if (histogram.isPresent()) {
      return serving(series, new Said.Shown.Bucket(histogram.get(), bound(series)));
    }
    Optional<Signal> signal = Names.signal(series.name()).filter(it -> !it.histogram());
    if (signal.isEmpty()) {
      return new Said.Other(series.name());
    }
    if (signal.get().ofEndpoints() && !series.label("endpoint").isEmpty()) {
      return serving(series, new Said.Shown.Gauge(signal.get()));
    }
    Optional<Said.Whom> whom =
        series.label("workload").isEmpty() ? Optional.empty() : Optional.of(whom(series));
    if (!series.label("gpu").isEmpty()) {
      return new Said.Reading(gpu(series), signal.get(), whom);
    }
    if (whom.isEmpty()) {
      throw new Missing("a label gpu or workload is needed");
    }
    return new Said.Reading(whom.get().subject(), signal.get(), Optional.empty());
  }

  private static Said serving(Series series, Said.Shown shown) throws Missing {
    return new Said.Serving(
        whom(series).subject(), text(series, "endpoint"), series.label("replica"), shown);
  }

  private static double bound(Series series) throws Missing {
    String text = text(series, "le");
    try {
      double bound =
          text.equals("+Inf") ? Double.POSITIVE_INFINITY : new BigDecimal(text).doubleValue();
      return bound + 0.0;
    } catch (NumberFormatException _) {
      throw new Missing("le is a number or +Inf, not '" + text + "'");
    }
  }

  private static Said run(Series series, Said.Part part) throws Missing {
    return new Said.RunPart(SubjectId.run(text(series, "run")), whom(series).subject(), part);
  }

  private static Device device(Series series) throws Missing {
    return new Device(
        gpu(series),
        series.label("model"),
        series.label("index"),
        series.label("node"),
        series.label("mig_profile"),
        number(series, "memory_bytes"));
  }

  private static WorkloadSighting sighting(Series series) throws Missing {
    Said.Whom whom = whom(series);
    String shield = series.label("protected");
    return new WorkloadSighting(
        whom.id(),
        new Incarnation(whom.uid(), number(series, "generation"), new TreeSet<>()),
        WorkloadKind.of(series.label("kind")),
        series.label("owner"),
        series.label("group"),
        Extent.of(List.of()),
        shield.isEmpty() ? Protection.none() : Protection.because(shield),
        checkpoint(series),
        series.label("foreign_to"));
  }

  private static Declaration declaration(Series series) throws Missing {
    String budget = series.label("budget");
    if (!budget.isEmpty() && Quantities.moneyPerHour(budget).isEmpty()) {
      throw new Missing("a budget is written as 2.50 USD/h, not '" + budget + "'");
    }
    return new Declaration(
        whom(series).subject(),
        Optional.of(WorkloadKind.of(series.label("kind")))
            .filter(kind -> kind != WorkloadKind.UNKNOWN),
        given(series, "owner"),
        given(series, "group"),
        checkpoint(series),
        Quantities.moneyPerHour(budget),
        series.label("protect").equals("true"),
        series.label("single_node").equals("true"));
  }

  private static Optional<Checkpoint> checkpoint(Series series) throws Missing {
    if (series.label("checkpoint_signal").isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Checkpoint(
              series.label("checkpoint_signal"),
              Path.of(series.label("checkpoint_file")),
              Duration.ofNanos(number(series, "checkpoint_ns"))));
    } catch (InvalidPathException _) {
      throw new Missing("checkpoint_file is no path");
    }
  }

  private static Optional<String> given(Series series, String label) {
    return Optional.of(series.label(label)).filter(text -> !text.isEmpty());
  }

  private static String text(Series series, String label) throws Missing {
    return given(series, label).orElseThrow(() -> new Missing("a label " + label + " is needed"));
  }

  private static SubjectId gpu(Series series) throws Missing {
    return SubjectId.gpu(text(series, "gpu"));
  }

  private static Said.Whom whom(Series series) throws Missing {
    String label = text(series, "workload");
    return Said.Whom.read(label)
        .orElseThrow(
            () ->
                new Missing(
                    "a workload is written platform/namespace/kind/name, not '" + label + "'"));
  }

  private static long number(Series series, String label) throws Missing {
    String text = series.label(label);
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new Missing(label + " is a whole number, not '" + text + "'");
    }
  }
}
