package dev.reeve.daemon;

import dev.reeve.decision.DecisionLog;
import dev.reeve.guard.Situation;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.json.JsonValue;
import dev.reeve.loop.ControlLoop;
import dev.reeve.model.Episode;
import dev.reeve.time.Clocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The open and the lately closed episodes. */
final class EpisodeView {
  private static final int CLOSED_SHOWN = 100;

  private final ControlLoop loop;
  private final DecisionLog log;
  private final Clocks clocks;
  private final Function<Episode, String> trace;

  EpisodeView(ControlLoop loop, DecisionLog log, Clocks clocks, Function<Episode, String> trace) {
    this.loop = loop;
    this.log = log;
    this.clocks = clocks;
    this.trace = trace;
  }

  JsonValue episodes(JsonObjectBuilder envelope) {
    List<Episode> closed = log.locked(state -> state.closedEpisodes());
    Set<String> over = closed.stream().map(Episode::id).collect(Collectors.toSet());
    List<JsonValue> all = new ArrayList<>();
    loop.newest()
        .ifPresent(
            cycle ->
                cycle.episodes().stream()
                    .filter(episode -> !over.contains(episode.id()))
                    .forEach(
                        episode ->
                            all.add(
                                episode(
                                    episode,
                                    Optional.ofNullable(cycle.situations().get(episode.id()))))));
    closed.stream()
        .limit(CLOSED_SHOWN)
        .forEach(episode -> all.add(episode(episode, Optional.empty())));
    return envelope.put("episodes", Json.array(all)).build();
  }

  private JsonValue episode(Episode episode, Optional<Situation> situation) {
    JsonObjectBuilder json =
        Json.object()
            .put("id", episode.id())
            .put("rule", episode.rule())
            .put("subject", Shapes.name(episode.subject()))
            .put("workload", Shapes.workload(episode.workload()))
            .put("state", episode.state().text())
            .put("since", Shapes.wall(clocks, episode.evidenceSinceNanos()))
            .put("notice_seconds", episode.noticeNanos() / 1e9)
            .put("note", episode.note())
            .put("trace", trace.apply(episode));
    episode.warnedAtNanos().ifPresent(nanos -> json.put("warned_at", Shapes.wall(clocks, nanos)));
    situation.ifPresent(
        known -> {
          json.put("truth", Shapes.truth(known.truth()));
          PlanView.next(known)
              .ifPresent(
                  rung ->
                      json.put(
                          "next",
                          Json.object()
                              .put("remedy", rung.remedy().verb())
                              .put(
                                  "in_seconds",
                                  Shapes.seconds(
                                      PlanView.until(known, rung, clocks.evidence().nanos())))
                              .put("of_seconds", Shapes.seconds(rung.after()))));
        });
    return json.build();
  }
}
