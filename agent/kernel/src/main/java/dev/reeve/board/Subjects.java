package dev.reeve.board;

import dev.reeve.model.Attribute;
import dev.reeve.model.Buckets;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.Extent;
import dev.reeve.model.Feature;
import dev.reeve.model.Holding;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Slots;
import dev.reeve.model.Statistic;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.TimesOfWeek;
import dev.reeve.model.Window;
import java.time.Duration;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes subjects of what a survey found, with the slots that the rules ask for. */
final class Subjects {
  private static final double NANOS = 1e9;

  private final SlotTable slots;
  private final Survey survey;
  private final Collection<RunLog> runs;
  private final String bootId;
  private final Optional<WallTime> wall;
  private final Map<TimesOfWeek, Answer> times = new HashMap<>();

  Subjects(
      SlotTable slots,
      Survey survey,
      Collection<RunLog> runs,
      String bootId,
      Optional<WallTime> wall) {
    this.wall = wall;
    this.slots = slots;
    this.survey = survey;
    this.runs = runs;
    this.bootId = bootId;
  }

  /** A value, or in words why there is none. */
  private record Answer(OptionalDouble value, String whyNot) {
    static Answer of(double value) {
      return new Answer(OptionalDouble.of(value), "");
    }

    static Answer unknown(String whyNot) {
      return new Answer(OptionalDouble.empty(), whyNot);
    }
  }

  Subject.Workload workload(Tenant tenant) {
    Subject.Attribution attribution =
        tenant
            .unsure()
            .<Subject.Attribution>map(Subject.Attribution.Unsure::new)
            .orElseGet(Subject.Attribution.Agreed::new);
    Slots filled =
        fill(
            SubjectKind.WORKLOAD,
            new Asked(
                tenant::window,
                attribute -> ofWorkload(attribute, tenant),
                tenant.cost(),
                tenant.gpuModel()));
    return new Subject.Workload(
        tenant.sighting(), attribution, tenant.cost(), filled, tenant.sick());
  }

  private Answer ofWorkload(Attribute attribute, Tenant tenant) {
    return switch (tenant.extent()) {
      case Extent.Unknown unknown -> Answer.unknown(unknown.reason());
      case Extent.Known known ->
          switch (attribute) {
            case WORKLOAD_GPUS -> Answer.of(known.devices().size());
            case WORKLOAD_SHARED_GPUS ->
                count(known, gpu -> gpu.shared(tenant.sighting().subject()));
            case WORKLOAD_SICK_GPUS -> count(known, gpu -> gpu.sick().isPresent());
            case RUN_STEP,
                RUN_PROGRESS,
                RUN_LAST_LOSS,
                RUN_BEST_LOSS,
                RUN_NOT_FINITE,
                RUN_SIBLINGS,
                RUN_AGE,
                RUN_STALLED,
                RUN_USUAL_PAUSE,
                RUN_LONGEST_PAUSE,
                GPU_UNHELD,
                GPU_SICK,
                ENDPOINT_SLO ->
                foreign(attribute);
          };
    };
  }

  private Answer count(Extent.Known extent, Predicate<Place> of) {
    return Answer.of(extent.devices().stream().map(survey::place).filter(of).count());
  }

  /** Of a GPU that is listed. */
  Subject.Gpu gpu(Device device, Place gpu) {
    Holding.Answer answer = gpu.answer();
    Optional<SubjectId> holder =
        answer instanceof Holding.HeldBy held && held.workloads().size() == 1
            ? Optional.of(held.workloads().getFirst())
            : Optional.empty();
    Slots filled =
        fill(
            SubjectKind.GPU,
            new Asked(
                gpu::window, attribute -> ofGpu(attribute, gpu), gpu.price(), device.model()));
    return new Subject.Gpu(device, bootId, holder, answer, gpu.price(), filled);
  }

  private static Answer ofGpu(Attribute attribute, Place gpu) {
    if (attribute == Attribute.GPU_SICK) {
      return Answer.of(gpu.sick().isPresent() ? 1 : 0);
    }
    if (attribute != Attribute.GPU_UNHELD) {
      return foreign(attribute);
    }
    OptionalDouble unheld = gpu.unheldSeconds();
    return unheld.isPresent()
        ? new Answer(unheld, "")
        : Answer.unknown("no lookup that proves itself says that nobody holds it");
  }

  Subject.Run run(RunLog run) {
    Cost cost =
        survey
            .tie(run.workload())
            .map(Tenant::cost)
            .orElseGet(() -> new Cost.Unknown("its workload is not seen"));
    Slots filled =
        fill(
            SubjectKind.RUN,
            new Asked(
                (_, _) -> new Window.Unknown(Window.Reason.NEVER_SEEN, "a run has no windows"),
                attribute -> ofRun(attribute, run),
                cost,
                ""));
    return new Subject.Run(run.id(), run.workload(), cost, filled);
  }

  private Answer ofRun(Attribute attribute, RunLog run) {
    if (attribute == Attribute.RUN_AGE) {
      return run.source().answers(survey.now())
          ? Answer.of(Math.max(0, survey.now() - run.newest()) / NANOS)
          : Answer.unknown("the source of its reports does not answer");
    }
    Optional<Sighted> tie = survey.tie(run.workload()).map(Tenant::sighted);
    if (attribute == Attribute.RUN_STALLED
        || attribute == Attribute.RUN_USUAL_PAUSE
        || attribute == Attribute.RUN_LONGEST_PAUSE) {
      return pause(attribute, run, run.untied(tie, survey.now()));
    }
    Optional<String> whyNot = run.whyNot(tie, survey.now());
    if (whyNot.isPresent()) {
      return Answer.unknown(whyNot.get());
    }
    return switch (attribute) {
      case RUN_STEP ->
          run.step().isPresent()
              ? Answer.of((double) run.step().getAsLong())
              : Answer.unknown("it reports no step");
      case RUN_PROGRESS ->
          run.progress()
              .whyNot()
              .map(Answer::unknown)
              .orElseGet(() -> Answer.of(run.progress().share()));
      case RUN_LAST_LOSS -> new Answer(run.lastLoss(), "it has reported no finite loss");
      case RUN_BEST_LOSS -> new Answer(run.bestLoss(), "it has reported no finite loss");
      case RUN_NOT_FINITE -> Answer.of(run.notFinite());
      case RUN_SIBLINGS ->
          run.alone(survey.now())
              .map(Answer::unknown)
              .orElseGet(() -> Answer.of((double) siblings(run)));
      case RUN_AGE,
          RUN_STALLED,
          RUN_USUAL_PAUSE,
          RUN_LONGEST_PAUSE,
          GPU_UNHELD,
          GPU_SICK,
          WORKLOAD_GPUS,
          WORKLOAD_SHARED_GPUS,
          WORKLOAD_SICK_GPUS,
          ENDPOINT_SLO ->
          foreign(attribute);
    };
  }

  /** Times alone, so they outlive the reports as the age does, while the source answers. */
  private Answer pause(Attribute attribute, RunLog run, Optional<String> untied) {
    if (untied.isPresent()) {
      return Answer.unknown(untied.get());
    }
    if (!run.source().answers(survey.now())) {
      return Answer.unknown("the source of its reports does not answer");
    }
    OptionalLong nanos =
        switch (attribute) {
          case RUN_USUAL_PAUSE -> run.usualPause();
          case RUN_LONGEST_PAUSE -> run.longestPause();
          default -> stalled(run.stepSince());
        };
    return nanos.isPresent()
        ? Answer.of(nanos.getAsLong() / NANOS)
        : Answer.unknown("its step has not risen often enough, or it has ended");
  }

  private OptionalLong stalled(OptionalLong since) {
    return since.isPresent()
        ? OptionalLong.of(Math.max(0, survey.now() - since.getAsLong()))
        : since;
  }

  /** A silent one counts too: it may be at work and report rarely. */
  private long siblings(RunLog run) {
    return runs.stream()
        .filter(other -> other.workload().equals(run.workload()))
        .filter(other -> !other.id().equals(run.id()) && !other.ended())
        .count();
  }

  Subject.Endpoint endpoint(EndpointLog endpoint) {
    Optional<Tenant> tenant = survey.tie(endpoint.workload());
    Cost cost =
        tenant.map(Tenant::cost).orElseGet(() -> new Cost.Unknown("its workload is not seen"));
    Windows windows =
        new Windows((signal, span) -> endpoint.window(signal, span.toNanos(), survey.now()));
    Slots filled =
        fill(
            SubjectKind.ENDPOINT,
            new Asked(windows::of, attribute -> ofEndpoint(attribute, endpoint), cost, ""));
    String incarnation = endpoint.workload().key();
    return new Subject.Endpoint(endpoint.id(), endpoint.workload(), incarnation, cost, filled);
  }

  private Answer ofEndpoint(Attribute attribute, EndpointLog endpoint) {
    if (attribute != Attribute.ENDPOINT_SLO) {
      return foreign(attribute);
    }
    EndpointLog.Objective objective = endpoint.objective(survey.now());
    return new Answer(objective.seconds(), objective.whyNot());
  }

  private static Answer foreign(Attribute attribute) {
    return Answer.unknown(attribute.text() + " belongs to another kind of subject");
  }

  /** What the slots of one subject are filled from. */
  private record Asked(
      BiFunction<Signal, Duration, Window> windows,
      Function<Attribute, Answer> attributes,
      Cost cost,
      String gpuModel) {}

  private Slots fill(SubjectKind kind, Asked asked) {
    Slots.Builder builder = Slots.builder(slots, kind).gpuModel(asked.gpuModel());
    List<Feature> features = slots.features(kind);
    for (int slot = 0; slot < features.size(); slot++) {
      Answer answer =
          switch (features.get(slot)) {
            case Feature.OfWindow of ->
                statistic(of, asked.windows().apply(of.signal(), of.span()));
            case Feature.OfQuantile of ->
                quantile(of, asked.windows().apply(of.signal(), of.span()));
            case Feature.OfAttribute of -> asked.attributes().apply(of.attribute());
            case Feature.OfCost of -> costs(asked.cost(), of.currency());
            case Feature.OfTimes of -> times.computeIfAbsent(of.times(), this::within);
          };
      if (answer.value().isPresent()) {
        builder.set(slot, answer.value().getAsDouble());
      } else {
        builder.unknown(slot, answer.whyNot());
      }
    }
    return builder.build();
  }

  private Answer within(TimesOfWeek asked) {
    return wall.map(clock -> Answer.of(within(asked, clock).toSeconds()))
        .orElseGet(() -> Answer.unknown("nobody says what time of the week it is"));
  }

  private static Duration within(TimesOfWeek asked, WallTime clock) {
    Duration held = asked.heldAt(clock.now());
    return held.compareTo(clock.steady()) < 0 ? held : clock.steady();
  }

  private static Answer costs(Cost cost, Currency asked) {
    return switch (cost) {
      case Cost.Unknown unknown -> Answer.unknown("its cost is not known: " + unknown.reason());
      case Cost.Known known when !known.rate().currency().equals(asked) ->
          Answer.unknown(
              "it is priced in " + known.rate().currency() + ", the rule asks in " + asked);
      case Cost.Known known -> Answer.of(known.rate().perHour().amount().doubleValue());
    };
  }

  private static Answer quantile(Feature.OfQuantile asked, Window window) {
    return switch (window) {
      case Window.Unknown unknown -> Answer.unknown(unknown.detail());
      case Window.Known _ -> Answer.unknown("only histograms have quantiles");
      case Window.Counted(Duration _, Buckets added, double _, Duration _) ->
          added
              .whyNot(asked.quantile(), asked.bound())
              .map(Answer::unknown)
              .orElseGet(() -> Answer.of(added.quantile(asked.quantile(), asked.bound())));
    };
  }

  private static Answer statistic(Feature.OfWindow asked, Window window) {
    return switch (window) {
      case Window.Unknown unknown -> Answer.unknown(unknown.detail());
      case Window.Counted _ -> Answer.unknown("of a histogram only quantiles are known");
      case Window.Known known ->
          asked.signal().counter() == (asked.statistic() == Statistic.INCREASE)
              ? Answer.of(known.value(asked.statistic()))
              : Answer.unknown(
                  asked.signal().counter()
                      ? "of a counter only the increase is known"
                      : "only counters have an increase");
    };
  }
}
