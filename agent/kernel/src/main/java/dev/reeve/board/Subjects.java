package dev.reeve.board;

import dev.reeve.model.Attribute;
import dev.reeve.model.Buckets;
import dev.reeve.model.Cost;
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
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes subjects of what a survey found, with the slots that the rules ask for. */
final class Subjects {
  private static final double NANOS = 1e9;

  private final SlotTable slots;
  private final Survey survey;
  private final Collection<RunLog> runs;
  private final String bootId;
  private final Optional<Instant> wall;
  private final Map<TimesOfWeek, Answer> times = new HashMap<>();

  Subjects(
      SlotTable slots,
      Survey survey,
      Collection<RunLog> runs,
      String bootId,
      Optional<Instant> wall) {
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
                gpuModel(tenant)));
    return new Subject.Workload(tenant.sighting(), attribution, tenant.cost(), filled);
  }

  /** The one model of all of its GPUs; empty where there are several, or one is not known. */
  private String gpuModel(Tenant tenant) {
    if (!(tenant.extent() instanceof Extent.Known known)) {
      return "";
    }
    SortedSet<String> models = new TreeSet<>();
    known
        .devices()
        .forEach(id -> models.add(survey.device(id).map(gpu -> gpu.device().model()).orElse("")));
    return models.size() == 1 ? models.getFirst() : "";
  }

  private static Answer ofWorkload(Attribute attribute, Tenant tenant) {
    if (attribute != Attribute.WORKLOAD_GPUS) {
      return foreign(attribute);
    }
    return switch (tenant.extent()) {
      case Extent.Known known -> Answer.of(known.devices().size());
      case Extent.Unknown unknown -> Answer.unknown(unknown.reason());
    };
  }

  Subject.Gpu gpu(Listed gpu) {
    Optional<DeviceClaims> claims = survey.claims(gpu.device().id());
    Holding.Answer answer =
        claims
            .map(held -> held.answer(survey::foreignTo))
            .orElseGet(() -> new Holding.Unsure("no source says who holds it"));
    Optional<SubjectId> holder =
        answer instanceof Holding.HeldBy held && held.workloads().size() == 1
            ? Optional.of(held.workloads().getFirst())
            : Optional.empty();
    Slots filled =
        fill(
            SubjectKind.GPU,
            new Asked(
                (signal, span) -> survey.ofGpu(gpu, signal, span),
                attribute -> ofGpu(attribute, claims),
                survey.price(gpu.device()),
                gpu.device().model()));
    return new Subject.Gpu(
        gpu.device(), bootId, holder, answer, survey.price(gpu.device()), filled);
  }

  private Answer ofGpu(Attribute attribute, Optional<DeviceClaims> claims) {
    if (attribute != Attribute.GPU_UNHELD) {
      return foreign(attribute);
    }
    OptionalDouble unheld =
        claims.map(held -> held.unheldSeconds(survey::foreignTo)).orElse(OptionalDouble.empty());
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
    Optional<String> whyNot =
        run.whyNot(survey.tie(run.workload()).map(Tenant::sighted), survey.now());
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
      case RUN_AGE, GPU_UNHELD, WORKLOAD_GPUS, ENDPOINT_SLO -> foreign(attribute);
    };
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
    Slots filled =
        fill(
            SubjectKind.ENDPOINT,
            new Asked(
                (signal, span) -> endpoint.window(signal, span.toNanos(), survey.now()),
                attribute -> ofEndpoint(attribute, endpoint),
                cost,
                ""));
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
    return wall.map(now -> Answer.of(asked.heldAt(now).toSeconds()))
        .orElseGet(() -> Answer.unknown("nobody says what time of the week it is"));
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
