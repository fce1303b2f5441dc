package dev.reeve.decision;

import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.Plan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;

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
    if (actions.size() > KEPT) {
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
    if (notices.size() > KEPT) {
      notices.pollFirstEntry();
    }
  }

  /** Plans that began since then. */
  public List<Acted> actionsSince(long timelineNanos) {
    return actions.stream().filter(acted -> acted.atNanos() >= timelineNanos).toList();
  }

  /** Notices that were delivered since then, the oldest first. */
  public List<Told> noticesSince(long timelineNanos) {
    return notices.values().stream().filter(told -> told.atNanos() >= timelineNanos).toList();
  }

  /** When a workload was last acted on by another plan. */
  OptionalLong lastActed(String workload, String exceptPlan) {
    return actions.stream()
        .filter(acted -> acted.workload().equals(workload) && !acted.plan().equals(exceptPlan))
        .mapToLong(Acted::atNanos)
        .max();
  }
}
