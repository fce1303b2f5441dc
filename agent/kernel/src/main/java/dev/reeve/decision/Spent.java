package dev.reeve.decision;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.Plan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What limits and throttles count: plans that began, and notices that were delivered. A fold of the
 * journal, so a restart gives nothing back.
 */
public final class Spent {
  private static final int KEPT = 100_000;

  private final Deque<Acted> actions = new ArrayDeque<>();
  private final SequencedMap<String, Told> notices = new LinkedHashMap<>();

  Spent() {}

  /**
   * The first intent of a plan: what cooldown and budgets count.
   *
   * @param workload as the intent names it
   * @param saves what it was to save
   * @param atNanos on the state's own timeline
   */
  public record Acted(
      String plan,
      String workload,
      String rule,
      String owner,
      String group,
      Cost saves,
      long atNanos) {}

  /**
   * A notice that was delivered, by however many channels.
   *
   * @param workload its name, or the subject where nobody holds it
   * @param atNanos on the state's own timeline
   */
  public record Told(String episode, String rule, String workload, String owner, long atNanos) {}

  void began(Plan plan, Decision.Intent intent, long atNanos) {
    actions.addLast(
        new Acted(
            plan.id(),
            intent.workload(),
            intent.rule(),
            plan.target().owner(),
            plan.target().group(),
            plan.saves(),
            atNanos));
    while (actions.size() > KEPT || actions.getFirst().atNanos() < useless(atNanos)) {
      actions.removeFirst();
    }
  }

  void told(Episode episode, Decision.NoticeSent notice, long atNanos) {
    if (!notice.delivered()) {
      return;
    }
    String whom = notice.workload().isEmpty() ? episode.subject().toString() : notice.workload();
    notices.putIfAbsent(
        episode.id(), new Told(episode.id(), episode.rule(), whom, notice.owner(), atNanos));
    while (notices.size() > KEPT || notices.firstEntry().getValue().atNanos() < useless(atNanos)) {
      notices.pollFirstEntry();
    }
  }

  /** No window and no cooldown reaches so far back. */
  private static long useless(long nowNanos) {
    return nowNanos - Retention.LONGEST_WINDOW.toNanos();
  }

  /** Plans that began since then. */
  public List<Acted> actionsSince(long timelineNanos) {
    return actions.stream().filter(acted -> acted.atNanos() >= timelineNanos).toList();
  }

  /** Notices that were delivered since then, the oldest first. */
  public List<Told> noticesSince(long timelineNanos) {
    return notices.values().stream().filter(told -> told.atNanos() >= timelineNanos).toList();
  }

  JsonObject write() {
    return Json.object()
        .put("actions", StateCodec.list(actions, Spent::write))
        .put("notices", StateCodec.list(notices.values(), Spent::write))
        .build();
  }

  private static JsonObject write(Acted acted) {
    return Json.object()
        .put("plan", acted.plan())
        .put("workload", acted.workload())
        .put("rule", acted.rule())
        .put("owner", acted.owner())
        .put("group", acted.group())
        .put("saves", DecisionWriter.cost(acted.saves()))
        .put("at_nanos", acted.atNanos())
        .build();
  }

  private static JsonObject write(Told told) {
    return Json.object()
        .put("episode", told.episode())
        .put("rule", told.rule())
        .put("workload", told.workload())
        .put("owner", told.owner())
        .put("at_nanos", told.atNanos())
        .build();
  }

  void restore(JsonObject json) {
    StateCodec.requireOnly(json, Set.of("actions", "notices"));
    actions.addAll(StateCodec.read(json, "actions", Spent::readActed));
    StateCodec.read(json, "notices", Spent::readTold)
        .forEach(told -> notices.put(told.episode(), told));
  }

  private static Acted readActed(JsonObject json) {
    return new Acted(
        DecisionReader.text(json, "plan"),
        DecisionReader.text(json, "workload"),
        DecisionReader.text(json, "rule"),
        DecisionReader.text(json, "owner"),
        DecisionReader.text(json, "group"),
        DecisionReader.cost(DecisionReader.object(json, "saves")),
        DecisionReader.whole(json, "at_nanos"));
  }

  private static Told readTold(JsonObject json) {
    return new Told(
        DecisionReader.text(json, "episode"),
        DecisionReader.text(json, "rule"),
        DecisionReader.text(json, "workload"),
        DecisionReader.text(json, "owner"),
        DecisionReader.whole(json, "at_nanos"));
  }

  /** When a workload was last acted on by another plan. */
  public OptionalLong lastActed(String workload, String exceptPlan) {
    return actions.stream()
        .filter(acted -> acted.workload().equals(workload) && !acted.plan().equals(exceptPlan))
        .mapToLong(Acted::atNanos)
        .max();
  }
}
