package dev.reeve.daemon;

import dev.reeve.decision.Decision;
import dev.reeve.guard.Verdict;
import dev.reeve.loop.Cycle;
import dev.reeve.model.Episode;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import dev.reeve.telemetry.EpisodeTrace;
import dev.reeve.telemetry.Telemetry;
import dev.reeve.telemetry.TraceSpan;
import dev.reeve.time.Clocks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One trace for an episode, from its finding to its verified outcome. Its ids are derived from the
 * episode, so that a daemon that was restarted goes on with the same trace.
 */
final class Traces {
  private final Telemetry telemetry;
  private final Clocks clocks;
  private final Map<String, EpisodeTrace> open = new ConcurrentHashMap<>();
  private final Map<String, String> verdicts = new ConcurrentHashMap<>();

  Traces(Telemetry telemetry, Clocks clocks) {
    this.telemetry = telemetry;
    this.clocks = clocks;
  }

  /** The id for people and dashboards of an episode's trace. */
  String id(Episode episode) {
    return trace(episode).traceId();
  }

  void cycled(Cycle cycle) {
    for (Episode episode : cycle.episodes()) {
      if (!open.containsKey(episode.id())) {
        trace(episode)
            .add(
                span(
                    "finding",
                    false,
                    Map.of("rule", episode.rule(), "subject", episode.subject().toString())));
      }
    }
    for (String id : open.keySet()) {
      if (cycle.episodes().stream().noneMatch(episode -> episode.id().equals(id))) {
        close(id, "closed", false);
      }
    }
  }

  void noticed(Episode episode, String channel, boolean delivered) {
    trace(episode).add(span("notice", !delivered, Map.of("channel", channel)));
  }

  /** A verdict that says the same as the one before it adds nothing. */
  void judged(Plan plan, Step step, Verdict verdict) {
    String says = step.name() + ":" + verdict.word() + ":" + verdict.guard();
    EpisodeTrace trace = open.get(plan.episode());
    if (trace != null && !says.equals(verdicts.put(plan.id(), says))) {
      trace.add(
          span(
              "verdict",
              false,
              Map.of(
                  "step", step.name(),
                  "verdict", verdict.word(),
                  "guard", verdict.guard(),
                  "reason", verdict.reason())));
    }
  }

  void stepped(Plan plan, Step step, Outcome outcome) {
    EpisodeTrace trace = open.get(plan.episode());
    if (trace != null) {
      trace.add(
          span(
              "step",
              !(outcome instanceof Outcome.Done || outcome instanceof Outcome.NothingToDo),
              Map.of("step", step.name(), "outcome", outcome.word(), "detail", outcome.detail())));
    }
  }

  void closed(Plan plan, Decision.PlanClosed closed) {
    verdicts.remove(plan.id());
    close(
        plan.episode(),
        closed.result().name().toLowerCase(java.util.Locale.ROOT),
        closed.result() != Decision.Result.VERIFIED);
  }

  private void close(String episode, String outcome, boolean failed) {
    EpisodeTrace trace = open.remove(episode);
    if (trace != null) {
      trace.close(clocks.wall().instant(), outcome, failed);
    }
  }

  private EpisodeTrace trace(Episode episode) {
    return open.computeIfAbsent(
        episode.id(),
        id -> telemetry.resumeTrace(ids(episode), id, wall(episode.evidenceSinceNanos())));
  }

  /** The wall time of a reading of the evidence clock. */
  private Instant wall(long evidenceNanos) {
    double worldAgo = (clocks.evidence().nanos() - evidenceNanos) / clocks.speed();
    return clocks.wall().instant().minusNanos((long) worldAgo);
  }

  private TraceSpan span(String name, boolean failed, Map<String, String> attributes) {
    Instant now = clocks.wall().instant();
    SortedMap<String, String> named = new TreeMap<>();
    attributes.forEach((key, value) -> named.put("reeve." + key, value));
    return new TraceSpan(name, now, now, failed, named);
  }

  private static String ids(Episode episode) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  (episode.id() + "|" + episode.rule() + "|" + episode.subject())
                      .getBytes(StandardCharsets.UTF_8));
      String hex = HexFormat.of().formatHex(hash);
      return hex.substring(0, 32) + "-" + hex.substring(32, 48);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
