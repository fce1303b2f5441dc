package dev.reeve.recording;

import dev.reeve.model.Buckets;
import dev.reeve.model.Checkpoint;
import dev.reeve.model.Declaration;
import dev.reeve.model.Device;
import dev.reeve.model.EndpointReading;
import dev.reeve.model.Extent;
import dev.reeve.model.Holding;
import dev.reeve.model.Observation;
import dev.reeve.model.Protection;
import dev.reeve.model.RunReport;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.CollectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One answer of one source as one exposition of OpenMetrics text. Lines of one name stand together,
 * and every line has a time.
 */
final class Exposition {
  private final Lines lines;
  private final Anchor anchor;

  private Exposition(Anchor anchor, long atNanos) {
    this.anchor = anchor;
    this.lines = new Lines(anchor.wall(atNanos));
  }

  /** What stands at the head of each file. */
  static String head(Anchor anchor, String reeve, String bootId) {
    Exposition it = new Exposition(anchor, anchor.evidenceNanos());
    it.lines
        .line(Names.RECORDING)
        .label("version", Names.VERSION)
        .label("reeve", reeve)
        .label("boot", bootId)
        .value(1);
    return it.lines.end();
  }

  static String of(Observation said, Anchor anchor) {
    Exposition it = new Exposition(anchor, said.atNanos());
    it.source(said);
    it.devices(said.devices());
    it.holdings(said.holdings());
    it.sightings(said.workloads());
    said.declarations().forEach(it::declaration);
    it.samples(said);
    it.endpoints(said.endpoints());
    it.runs(said.runs());
    return it.lines.end();
  }

  static String ofFailure(String source, long atNanos, CollectException why, Anchor anchor) {
    Exposition it = new Exposition(anchor, atNanos);
    it.lines.line(Names.UP).label("source", source).value(0);
    it.lines
        .line(Names.FAILURE)
        .label("source", source)
        .label("reason", why.reason().text())
        .text("detail", String.valueOf(why.getMessage()))
        .value(1);
    return it.lines.end();
  }

  private void source(Observation said) {
    lines.line(Names.UP).label("source", said.source()).value(1);
    lines
        .line(Names.INTERVAL)
        .label("source", said.source())
        .value(said.interval().toNanos() / 1e9);
    said.drops()
        .forEach(
            (reason, count) ->
                lines
                    .line(Names.DROPPED)
                    .label("source", said.source())
                    .label("reason", reason)
                    .value(count));
  }

  private void devices(List<Device> devices) {
    for (Device device : devices) {
      lines
          .line(Names.GPU)
          .label("gpu", device.id().key())
          .text("model", device.model())
          .text("index", device.index())
          .text("node", device.node())
          .text("mig_profile", device.migProfile())
          .label("memory_bytes", Long.toString(device.memoryBytes()))
          .value(1);
    }
  }

  private void holdings(List<Holding> holdings) {
    for (Holding holding : holdings) {
      if (holding.answer() instanceof Holding.HeldBy held) {
        for (SubjectId workload : held.workloads()) {
          lines
              .line(Names.HELD)
              .label("gpu", holding.device().key())
              .label("workload", workload.key())
              .value(1);
        }
      }
    }
    for (Holding holding : holdings) {
      if (holding.answer() instanceof Holding.Nobody nobody) {
        lines
            .line(Names.UNHELD)
            .label("gpu", holding.device().key())
            .text("proof", nobody.proof())
            .value(1);
      }
    }
    for (Holding holding : holdings) {
      if (holding.answer() instanceof Holding.Unsure unsure) {
        lines
            .line(Names.HOLDER_UNKNOWN)
            .label("gpu", holding.device().key())
            .text("reason", unsure.reason())
            .value(1);
      }
    }
  }

  private void sightings(List<WorkloadSighting> sightings) {
    sightings.forEach(this::sighting);
    for (WorkloadSighting seen : sightings) {
      for (String member : seen.incarnation().members()) {
        lines
            .line(Names.MEMBER)
            .label("workload", seen.subject().key())
            .label("member", member)
            .value(1);
      }
    }
    for (WorkloadSighting seen : sightings) {
      if (seen.extent() instanceof Extent.Known known) {
        for (SubjectId gpu : known.devices()) {
          lines
              .line(Names.EXTENT)
              .label("workload", seen.subject().key())
              .label("gpu", gpu.key())
              .value(1);
        }
      }
    }
  }

  private void sighting(WorkloadSighting seen) {
    Lines.Labels line =
        lines
            .line(Names.SEEN)
            .label("workload", seen.subject().key())
            .label("kind", seen.kind().text())
            .text("owner", seen.owner())
            .text("group", seen.group())
            .label("generation", Long.toString(seen.incarnation().generation()));
    if (seen.extent() instanceof Extent.Unknown unknown) {
      line.text("extent_unknown", unknown.reason());
    }
    if (seen.protection() instanceof Protection.Protected shield) {
      line.text("protected", shield.reason());
    }
    line.text("foreign_to", seen.foreignTo());
    checkpoint(line, seen.checkpoint());
    line.value(1);
  }

  private void declaration(Declaration said) {
    Lines.Labels line = lines.line(Names.DECLARED).label("workload", said.workload().key());
    said.kind().ifPresent(kind -> line.label("kind", kind.text()));
    said.owner().ifPresent(owner -> line.text("owner", owner));
    said.group().ifPresent(group -> line.text("group", group));
    said.budget()
        .ifPresent(
            budget ->
                line.label(
                    "budget",
                    budget.perHour().amount().toPlainString() + " " + budget.currency() + "/h"));
    checkpoint(line, said.checkpoint());
    if (said.protect()) {
      line.label("protect", "true");
    }
    if (said.singleNode()) {
      line.label("single_node", "true");
    }
    line.value(1);
  }

  private static void checkpoint(Lines.Labels line, Optional<Checkpoint> checkpoint) {
    checkpoint.ifPresent(
        it ->
            line.label("checkpoint_signal", it.signal())
                .label("checkpoint_file", it.acknowledgement().toString())
                .label("checkpoint_ns", Long.toString(it.deadline().toNanos())));
  }

  /** With the label of the one workload of which this same source says that it holds the GPU. */
  private void samples(Observation said) {
    Map<SubjectId, String> holders = new TreeMap<>();
    for (Holding holding : said.holdings()) {
      if (holding.answer() instanceof Holding.HeldBy held && held.workloads().size() == 1) {
        holders.put(holding.device(), held.workloads().getFirst().key());
      }
    }
    SortedMap<Signal, List<Sample>> bySignal = new TreeMap<>();
    for (Sample sample : said.samples()) {
      bySignal.computeIfAbsent(sample.signal(), _ -> new ArrayList<>()).add(sample);
    }
    bySignal.forEach(
        (signal, samples) -> {
          for (Sample sample : samples) {
            sample(sample, Names.of(signal), holders.getOrDefault(sample.subject(), ""));
          }
        });
  }

  private void sample(Sample sample, String name, String holder) {
    if (sample.subject().kind() == SubjectKind.GPU) {
      Lines.Labels line = lines.line(name);
      if (!holder.isEmpty()) {
        line.label("workload", holder);
      }
      line.label("gpu", sample.subject().key()).value(sample.value());
    } else if (sample.subject().kind() == SubjectKind.WORKLOAD) {
      lines.line(name).label("workload", sample.subject().key()).value(sample.value());
    }
  }

  private void endpoints(List<EndpointReading> endpoints) {
    for (EndpointReading read : endpoints) {
      read.slo().ifPresent(seconds -> endpoint(Names.SLO, read).value(seconds));
    }
    for (Signal signal : Signal.values()) {
      for (EndpointReading read : endpoints) {
        Double value = read.values().get(signal);
        if (value != null) {
          endpoint(Names.of(signal), read).value(value);
        }
        Buckets buckets = read.histograms().get(signal);
        for (int i = 0; buckets != null && i < buckets.bounds().size(); i++) {
          double bound = buckets.bounds().get(i);
          endpoint(Names.bucketsOf(signal), read)
              .label("le", Double.isInfinite(bound) ? "+Inf" : Double.toString(bound))
              .value(buckets.counts().get(i));
        }
      }
    }
  }

  private Lines.Labels endpoint(String name, EndpointReading read) {
    return lines
        .line(name)
        .label("workload", read.workload().key())
        .label("endpoint", read.name())
        .label("replica", read.replica());
  }

  private void runs(List<RunReport> reports) {
    List<Consumer<RunReport>> parts =
        List.of(
            report -> report(Names.RUN_ENDED, report).value(report.ended() ? 1 : 0),
            report -> report.step().ifPresent(step -> report(Names.RUN_STEP, report).value(step)),
            report ->
                report.total().ifPresent(total -> report(Names.RUN_TOTAL, report).value(total)),
            report -> report.loss().ifPresent(loss -> report(Names.RUN_LOSS, report).value(loss)));
    for (Consumer<RunReport> part : parts) {
      reports.forEach(part);
    }
  }

  private Lines.Labels report(String name, RunReport report) {
    return lines
        .line(name, anchor.wall(report.atNanos()))
        .label("workload", report.workload().key())
        .label("run", report.run().key());
  }
}
