package dev.reeve.collectors.history;

import dev.reeve.model.Declaration;
import dev.reeve.model.Device;
import dev.reeve.model.Extent;
import dev.reeve.model.Holding;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Observation;
import dev.reeve.model.Protection;
import dev.reeve.model.RunReport;
import dev.reeve.model.Sample;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.History.Heard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Puts the lines of one exposition together to what one source said.
final class Collected {
  private final List<Sample> samples = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private final SortedMap<SubjectId, SortedMap<SubjectId, Said.Whom>> held = new TreeMap<>();
  private final SortedMap<SubjectId, SortedMap<SubjectId, Said.Whom>> named = new TreeMap<>();
  private final SortedMap<SubjectId, Holding.Answer> others = new TreeMap<>();
  private final SortedMap<SubjectId, Said.Seen> seen = new TreeMap<>();
  private final SortedMap<SubjectId, SortedSet<String>> members = new TreeMap<>();
  private final SortedMap<SubjectId, SortedSet<SubjectId>> extents = new TreeMap<>();
  private final List<Declaration> declarations = new ArrayList<>();
  private final SortedMap<Long, SortedMap<SubjectId, Report>> reports = new TreeMap<>();
  private final ServingParts serving = new ServingParts();
  private final SortedMap<String, Long> drops = new TreeMap<>();
  private Optional<Said.Failed> failed = Optional.empty();
  private String source = "";
  private long atNanos = Long.MIN_VALUE;
  private double interval;
  private boolean up = true;

  private static final class Report {
    private final SubjectId workload;
    private OptionalLong step = OptionalLong.empty();
    private OptionalLong total = OptionalLong.empty();
    private OptionalDouble loss = OptionalDouble.empty();
    private boolean ended;

    Report(SubjectId workload) {
      this.workload = workload;
    }
  }

  /// Takes a line.
  void take(Said said, double value, long nanos) {
    if (!(said instanceof Said.RunPart)) {
      atNanos = Math.max(atNanos, nanos);
    }
    switch (said) {
      case Said.Head _, Said.Other _, Said.Misread _ -> {}
      case Said.Up it -> {
        source = it.source();
        up = value != 0;
      }
      case Said.Interval _ -> interval = value;
      case Said.Failed it -> failed = Optional.of(it);
      case Said.Dropped it -> drops.put(it.reason(), (long) value);
      case Said.Listed it -> devices.add(it.device());
      case Said.Held it -> hold(held, it.gpu(), it.by());
      case Said.Unheld it -> others.put(it.gpu(), new Holding.Nobody(it.proof()));
      case Said.HolderUnknown it -> others.put(it.gpu(), new Holding.Unsure(it.reason()));
      case Said.Seen it -> seen.put(it.sighting().subject(), it);
      case Said.Member it ->
          members.computeIfAbsent(it.workload(), _ -> new TreeSet<>()).add(it.member());
      case Said.InExtent it ->
          extents.computeIfAbsent(it.workload(), _ -> new TreeSet<>()).add(it.gpu());
      case Said.Declared it -> declarations.add(it.declaration());
      case Said.Reading it -> reading(it, value);
      case Said.RunPart it -> report(it, value, nanos);
      case Said.Serving it -> serving.take(it, value, drops);
    }
  }

  private static void hold(
      Map<SubjectId, SortedMap<SubjectId, Said.Whom>> into, SubjectId gpu, Said.Whom by) {
    into.computeIfAbsent(gpu, _ -> new TreeMap<>()).put(by.subject(), by);
  }

  private void reading(Said.Reading it, double value) {
    if (Double.isFinite(value)) {
      samples.add(new Sample(it.subject(), it.signal(), value));
      it.holder().ifPresent(by -> hold(named, it.subject(), by));
    } else {
      drops.merge("not_finite", 1L, Long::sum);
    }
  }

  private void report(Said.RunPart it, double value, long nanos) {
    Report report =
        reports
            .computeIfAbsent(nanos, _ -> new TreeMap<>())
            .computeIfAbsent(it.run(), _ -> new Report(it.workload()));
    switch (it.part()) {
      case ENDED -> report.ended = value != 0;
      case STEP -> report.step = OptionalLong.of((long) value);
      case TOTAL -> report.total = OptionalLong.of(Double.isFinite(value) ? (long) value : 0);
      case LOSS -> report.loss = OptionalDouble.of(value);
    }
  }

  /// Whether a line with a time and a source came.
  boolean complete() {
    return atNanos != Long.MIN_VALUE && !source.isEmpty();
  }

  /// What it comes to.
  ///
  /// @param usual the source where no line says it
  /// @param learned how often it is asked where no line says it
  Heard heard(String usual, Duration learned) {
    String name = source.isEmpty() ? usual : source;
    if (!up) {
      Said.Failed why = failed.orElse(new Said.Failed("failed", "up is 0"));
      return new Heard.Failure(name, atNanos, new CollectException(reason(why), why.detail()));
    }
    Duration every =
        interval > 0 && interval < 1e7 ? Duration.ofNanos((long) (interval * 1e9)) : learned;
    return new Heard.Answer(
        new Observation(
            name,
            atNanos,
            every,
            samples,
            devices,
            holdings(),
            sightings(),
            declarations,
            runs(),
            serving.readings(),
            drops));
  }

  private static CollectException.Reason reason(Said.Failed why) {
    for (CollectException.Reason reason : CollectException.Reason.values()) {
      if (reason.text().equals(why.reason().toLowerCase(Locale.ROOT))) {
        return reason;
      }
    }
    return CollectException.Reason.FAILED;
  }

  /// What is said of a GPU by a line of its own counts, else what its readings' labels say.
  private List<Holding> holdings() {
    SortedMap<SubjectId, Holding.Answer> answers = new TreeMap<>();
    named.forEach((gpu, by) -> answers.put(gpu, new Holding.HeldBy(List.copyOf(by.keySet()))));
    answers.putAll(others);
    held.forEach((gpu, by) -> answers.put(gpu, new Holding.HeldBy(List.copyOf(by.keySet()))));
    List<Holding> holdings = new ArrayList<>();
    answers.forEach((gpu, answer) -> holdings.add(new Holding(gpu, answer)));
    return holdings;
  }

  private List<WorkloadSighting> sightings() {
    SortedMap<SubjectId, WorkloadSighting> all = new TreeMap<>();
    seen.forEach((id, it) -> all.put(id, whole(it)));
    SortedMap<SubjectId, Said.Whom> holders = new TreeMap<>();
    SortedMap<SubjectId, SortedSet<SubjectId>> gpus = new TreeMap<>();
    for (var claims : List.of(named, held)) {
      claims.forEach(
          (gpu, by) ->
              by.forEach(
                  (id, whom) -> {
                    holders.put(id, whom);
                    gpus.computeIfAbsent(id, _ -> new TreeSet<>()).add(gpu);
                  }));
    }
    holders.forEach(
        (id, whom) -> all.putIfAbsent(id, unseen(whom, gpus.getOrDefault(id, new TreeSet<>()))));
    return List.copyOf(all.values());
  }

  private WorkloadSighting whole(Said.Seen it) {
    WorkloadSighting seenAs = it.sighting();
    Incarnation incarnation =
        new Incarnation(
            seenAs.incarnation().uid(),
            seenAs.incarnation().generation(),
            members.getOrDefault(seenAs.subject(), new TreeSet<>()));
    return new WorkloadSighting(
        seenAs.id(),
        incarnation,
        seenAs.kind(),
        seenAs.owner(),
        seenAs.group(),
        it.extentUnknown().isEmpty()
            ? Extent.of(extents.getOrDefault(seenAs.subject(), new TreeSet<>()))
            : new Extent.Unknown(it.extentUnknown()),
        seenAs.protection(),
        seenAs.checkpoint(),
        seenAs.foreignTo());
  }

  /// A file that only names a workload as the holder of GPUs shows it by that.
  private static WorkloadSighting unseen(Said.Whom whom, SortedSet<SubjectId> gpus) {
    return new WorkloadSighting(
        whom.id(),
        Incarnation.of(whom.uid(), List.of()),
        WorkloadKind.UNKNOWN,
        "",
        "",
        Extent.of(gpus),
        Protection.none(),
        Optional.empty(),
        "");
  }

  private List<RunReport> runs() {
    List<RunReport> runs = new ArrayList<>();
    reports.forEach(
        (nanos, byRun) ->
            byRun.forEach(
                (run, report) ->
                    runs.add(
                        new RunReport(
                            run,
                            report.workload,
                            nanos,
                            report.step,
                            report.total,
                            report.loss,
                            report.ended))));
    return runs;
  }
}
