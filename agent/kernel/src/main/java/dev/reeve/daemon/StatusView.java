package dev.reeve.daemon;

import dev.reeve.board.Snapshot;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.DecisionState;
import dev.reeve.guard.KillSwitch;
import dev.reeve.http.View;
import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.json.JsonValue;
import dev.reeve.loop.ControlLoop;
import dev.reeve.loop.Cycle;
import dev.reeve.loop.Judgement;
import dev.reeve.model.Extent;
import dev.reeve.model.Holding;
import dev.reeve.model.Protection;
import dev.reeve.model.Signal;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.time.Clocks;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The daemon as it is now, in the shapes of {@code docs/api.md}. */
final class StatusView implements View {
  private final Live live;
  private final ControlLoop loop;
  private final DecisionLog log;
  private final KillSwitch killSwitch;
  private final List<CollectorDuty> collectors;
  private final NoticeBoard notices;
  private final Clocks clocks;

  /**
   * What it is, and how far it goes.
   *
   * @param observeOnly why it may only observe whatever is configured; empty if it may do more
   */
  record Identity(String version, String instance, String mode, String observeOnly) {}

  /**
   * What changes while it runs, beside what it sees.
   *
   * @param rules what is to be said of the rules that judged a cycle
   */
  record Live(Supplier<Identity> identity, Function<Cycle, JsonValue> rules) {}

  StatusView(
      Live live,
      ControlLoop loop,
      DecisionLog log,
      KillSwitch killSwitch,
      List<CollectorDuty> collectors,
      NoticeBoard notices,
      Clocks clocks) {
    this.live = live;
    this.loop = loop;
    this.log = log;
    this.killSwitch = killSwitch;
    this.collectors = List.copyOf(collectors);
    this.notices = notices;
    this.clocks = clocks;
  }

  JsonObjectBuilder envelope() {
    return Json.object()
        .put("v", 1)
        .put(
            "at",
            Shapes.wall(
                clocks, loop.newest().map(Cycle::atNanos).orElse(clocks.evidence().nanos())));
  }

  @Override
  public JsonValue status() {
    Identity identity = live.identity().get();
    JsonObjectBuilder json =
        envelope()
            .put("version", identity.version())
            .put("instance", identity.instance())
            .put("mode", identity.mode())
            .put("speed", clocks.speed());
    if (!identity.observeOnly().isEmpty()) {
      json.put("observe_only", identity.observeOnly());
    }
    paused().ifPresent(paused -> json.put("paused", paused));
    loop.newest().ifPresent(cycle -> cycle(json, cycle));
    return json.put("notices", notices.json()).build();
  }

  private void cycle(JsonObjectBuilder json, Cycle cycle) {
    json.put("rules", live.rules().apply(cycle))
        .put("collectors", collectors(cycle.snapshot()))
        .put(
            "gpus",
            Json.array(
                cycle.snapshot().gpus().values().stream()
                    .sorted(Comparator.comparing(Subject.Gpu::device, Shapes.BY_PLACE))
                    .map(gpu -> gpu(cycle, gpu))
                    .toList()))
        .put(
            "workloads",
            Json.array(
                cycle.snapshot().workloads().values().stream()
                    .map(workload -> workload(cycle, workload))
                    .toList()))
        .put("money", money(cycle));
  }

  private Optional<JsonValue> paused() {
    return log.locked(state -> killSwitch.pressed(state).map(reason -> paused(reason, state)));
  }

  private JsonValue paused(String reason, DecisionState state) {
    Optional<Decision.Paused> pause = killSwitch.pause(state);
    JsonObjectBuilder json =
        Json.object()
            .put("reason", pause.map(Decision.Paused::reason).orElse(reason))
            .put("by", pause.map(Decision.Paused::by).orElse("stop file"))
            .put("all", pause.map(Decision.Paused::all).orElse(false));
    long now = clocks.evidence().nanos();
    if (pause.isPresent() && state.pauseLeft(now).isPresent()) {
      json.put("until", Shapes.wall(clocks, now + state.pauseLeft(now).getAsLong()));
    }
    return json.build();
  }

  private JsonValue money(Cycle cycle) {
    return log.locked(
        state ->
            Json.object()
                .put("costing", Shapes.rates(Sums.costing(cycle)))
                .put("wasting", Shapes.rates(Sums.wasting(cycle)))
                .put("saving", Shapes.rates(Sums.saving(state, clocks.evidence().nanos())))
                .put("saved", Shapes.sums(Sums.saved(state, clocks.evidence().nanos())))
                .build());
  }

  private JsonArray collectors(Snapshot snapshot) {
    return Json.array(
        collectors.stream()
            .map(
                duty -> {
                  Snapshot.Source source = snapshot.sources().get(duty.name());
                  boolean ok = duty.problem().isEmpty();
                  JsonObjectBuilder json =
                      Json.object()
                          .put("name", duty.name())
                          .put("ok", ok)
                          .put("problem", duty.problem());
                  if (source != null) {
                    json.put("interval_seconds", Shapes.seconds(source.interval()));
                    source
                        .lastGood()
                        .ifPresent(
                            age ->
                                json.put(
                                    "last_success",
                                    Shapes.wall(clocks, snapshot.atNanos() - age.toNanos())));
                  }
                  return json.build();
                })
            .toList());
  }

  static JsonValue gpu(Cycle cycle, Subject.Gpu gpu) {
    Map<Signal, Double> latest = cycle.snapshot().latest().getOrDefault(gpu.id(), Map.of());
    JsonObjectBuilder json =
        Json.object()
            .put("id", gpu.id().key())
            .put("index", gpu.device().index())
            .put("node", gpu.device().node())
            .put("model", gpu.device().model())
            .put("state", GpuState.of(cycle, gpu).text());
    reading(json, "utilization", latest, Signal.GPU_UTILIZATION);
    reading(json, "engine_active", latest, Signal.GPU_ENGINE_ACTIVE);
    reading(json, "memory_used_bytes", latest, Signal.GPU_MEMORY_USED);
    reading(json, "power_watts", latest, Signal.GPU_POWER);
    reading(json, "temperature_celsius", latest, Signal.GPU_TEMPERATURE);
    if (gpu.device().memoryBytes() > 0) {
      json.put("memory_bytes", gpu.device().memoryBytes());
    }
    json.put("cost", Shapes.cost(gpu.cost()));
    switch (gpu.holding()) {
      case Holding.HeldBy held ->
          json.put("holders", Json.texts(held.workloads().stream().map(Shapes::name).toList()));
      case Holding.Nobody nobody -> json.put("holders", Json.array()).put("note", nobody.proof());
      case Holding.Unsure unsure -> json.put("note", unsure.reason());
    }
    return json.build();
  }

  private static void reading(
      JsonObjectBuilder json, String name, Map<Signal, Double> latest, Signal signal) {
    Double value = latest.get(signal);
    if (value != null) {
      json.put(name, value);
    }
  }

  private static JsonValue workload(Cycle cycle, Subject.Workload workload) {
    JsonObjectBuilder json =
        Json.object()
            .put("id", workload.sighting().id().display())
            .put("incarnation", workload.incarnation())
            .put("kind", workload.sighting().kind().text())
            .put("owner", workload.sighting().owner())
            .put("group", workload.sighting().group())
            .put("cost", Shapes.cost(workload.cost()));
    switch (workload.sighting().extent()) {
      case Extent.Known known ->
          json.put("gpus", Json.texts(known.devices().stream().map(SubjectId::key).toList()));
      case Extent.Unknown unknown -> json.put("extent_unknown", unknown.reason());
    }
    if (workload.sighting().protection() instanceof Protection.Protected shield) {
      json.put("protected", shield.reason());
    }
    String note =
        cycle.episodes().stream()
            .filter(episode -> episode.subject().equals(workload.id()))
            .map(episode -> episode.rule() + ": " + episode.state().text())
            .reduce((a, b) -> a + "; " + b)
            .orElse(attribution(workload));
    return json.put("note", note).build();
  }

  private static String attribution(Subject.Workload workload) {
    return switch (workload.attribution()) {
      case Subject.Attribution.Agreed _ -> "";
      case Subject.Attribution.Unsure unsure -> unsure.reason();
    };
  }

  @Override
  public JsonValue findings() {
    List<JsonValue> all =
        loop.newest()
            .map(cycle -> cycle.findings().stream().map(found -> finding(cycle, found)).toList())
            .orElse(List.of());
    return envelope().put("findings", Json.array(all)).build();
  }

  private JsonValue finding(Cycle cycle, Judgement found) {
    JsonObjectBuilder json =
        Json.object()
            .put("rule", found.rule().id())
            .put("title", found.rule().title())
            .put("severity", found.rule().severity().text())
            .put("subject", Shapes.name(found.subject()))
            .put("waste", Shapes.cost(found.finding().waste()))
            .put(
                "evidence",
                Json.array(found.finding().evidence().stream().map(Shapes::evidence).toList()));
    cycle.episodes().stream()
        .filter(episode -> episode.rule().equals(found.rule().id()))
        .filter(episode -> episode.subject().equals(found.subject()))
        .findFirst()
        .ifPresent(
            episode ->
                json.put("workload", Shapes.workload(episode.workload()))
                    .put("since", Shapes.wall(clocks, episode.evidenceSinceNanos())));
    return json.build();
  }

  @Override
  public JsonValue plans() {
    return new PlanView(loop, log, clocks).plans(envelope());
  }

  @Override
  public JsonValue episodes() {
    return new EpisodeView(loop, log, clocks, notices::trace).episodes(envelope());
  }

  @Override
  public Readiness readiness() {
    if (loop.newest().isEmpty()) {
      return new Readiness(false, "the rules have not judged yet");
    }
    List<String> waiting =
        collectors.stream().filter(duty -> !duty.attempted()).map(CollectorDuty::name).toList();
    if (!waiting.isEmpty()) {
      return new Readiness(false, "not asked yet: " + String.join(", ", waiting));
    }
    Duration age = loop.age().orElse(Duration.ZERO);
    return new Readiness(true, "the newest judgement is " + age.toSeconds() + " s old");
  }
}
