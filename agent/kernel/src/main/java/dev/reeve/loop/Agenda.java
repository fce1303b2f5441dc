package dev.reeve.loop;

import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionState;
import dev.reeve.decision.PlanState;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.Question;
import dev.reeve.guard.Situation;
import dev.reeve.guard.Verdict;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Plan;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Truth;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is due in a cycle, the oldest first, and what of it may begin. Whatever may begin in the
 * same cycle counts as if it had begun, and what becomes due together, more of it than a budget has
 * left, is a question to a person.
 */
final class Agenda {
  private static final Logger logger = System.getLogger(Agenda.class.getName());

  private final ControlLoop.Parts parts;
  private final EpisodeBook book;
  private final Planner planner;

  /**
   * One plan, or why there is none.
   *
   * @param objection why it does not begin; empty where it may, and where there is no plan
   */
  record Item(Proposal proposal, Optional<Verdict> objection) {}

  Agenda(ControlLoop.Parts parts, EpisodeBook book) {
    this.parts = parts;
    this.book = book;
    this.planner = new Planner(parts.actions());
  }

  /** Moves what is due to DUE, and what is not any more back. */
  List<Item> of(Map<String, Situation> situations, long now) {
    List<Situation> due = new ArrayList<>();
    Set<String> fresh = new HashSet<>();
    for (Situation situation : situations.values()) {
      if (toldOf(situation) && due(situation, now)) {
        due.add(situation);
        if (situation.episode().state() == EpisodeState.WARNED) {
          fresh.add(situation.episode().id());
        }
      }
    }
    List<Proposal> proposals = new ArrayList<>(planner.propose(due, now, busy()));
    proposals.sort(
        Comparator.comparingLong((Proposal one) -> since(situations, one))
            .thenComparing(Proposal::episode));
    List<Item> items = judge(proposals, situations);
    // durable before any of them is due: a restart in between asks as well
    items = asked(items, situations, fresh);
    move(situations, due);
    return items;
  }

  private static long since(Map<String, Situation> situations, Proposal proposal) {
    return of(situations, proposal).episode().evidenceSinceNanos();
  }

  private static Situation of(Map<String, Situation> situations, Proposal proposal) {
    Situation situation = situations.get(proposal.episode());
    if (situation == null) {
      throw new IllegalStateException("nobody judged " + proposal.episode());
    }
    return situation;
  }

  /** Nothing is done that the owner was not told of: what may do more now begins anew. */
  private boolean toldOf(Situation situation) {
    Episode episode = situation.episode();
    boolean told =
        !(episode.state() == EpisodeState.WARNED || episode.state() == EpisodeState.DUE)
            || episode.promise().remedies().containsAll(Notices.remedies(situation));
    if (!told) {
      book.moveFrom(
          episode.id(),
          episode.state(),
          EpisodeState.EXPIRED,
          "it may do more now than its owner was told");
    }
    return told;
  }

  /** Workloads with an open plan, its own episode's or another's. */
  private Set<SubjectId> busy() {
    return parts.log().locked(state -> state.plans()).stream()
        .filter(PlanState::open)
        .map(state -> state.plan().target().subject())
        .collect(Collectors.toSet());
  }

  private static boolean due(Situation situation, long now) {
    EpisodeState state = situation.episode().state();
    if (state != EpisodeState.WARNED && state != EpisodeState.DUE) {
      return false;
    }
    Duration needed = situation.episode().noticeNeeded(situation.rule());
    boolean noticed = situation.episode().noticeNanos() >= needed.toNanos();
    return noticed
        && situation.truth() == Truth.CONFIRMED
        && !Planner.due(situation, now).isEmpty();
  }

  private void move(Map<String, Situation> situations, List<Situation> due) {
    Set<String> ids = new HashSet<>();
    due.forEach(situation -> ids.add(situation.episode().id()));
    for (Situation situation : situations.values()) {
      String id = situation.episode().id();
      if (ids.contains(id)) {
        book.moveFrom(id, EpisodeState.WARNED, EpisodeState.DUE, "the ladder's time has come");
      } else if (situation.episode().state() == EpisodeState.DUE) {
        book.moveFrom(id, EpisodeState.DUE, EpisodeState.WARNED, "it is not due any more");
      }
    }
  }

  private List<Item> judge(List<Proposal> proposals, Map<String, Situation> situations) {
    List<Item> items = new ArrayList<>();
    List<Plan> ahead = new ArrayList<>();
    for (Proposal proposal : proposals) {
      Optional<Verdict> objection = Optional.empty();
      if (proposal.plan().isPresent()) {
        Plan plan = proposal.plan().get();
        Situation situation = of(situations, proposal);
        objection = parts.log().locked(state -> objection(plan, situation, state, ahead));
        if (objection.isEmpty()) {
          ahead.add(plan);
        }
      }
      items.add(new Item(proposal, objection));
    }
    return items;
  }

  private Optional<Verdict> objection(
      Plan plan, Situation situation, DecisionState state, List<Plan> ahead) {
    return parts
        .guards()
        .objection(
            new Question(
                plan,
                plan.steps().getFirst(),
                situation,
                false,
                Optional.empty(),
                state,
                List.copyOf(ahead),
                parts.clocks().evidence().nanos()));
  }

  /** Asks a person where several became due just now and a budget has not room for all of them. */
  private List<Item> asked(List<Item> items, Map<String, Situation> situations, Set<String> fresh) {
    List<Item> together =
        items.stream()
            .filter(item -> item.proposal().plan().isPresent())
            .filter(item -> fresh.contains(item.proposal().episode()))
            .filter(item -> item.objection().map(Agenda::isBudget).orElse(true))
            .toList();
    Optional<String> budget =
        together.stream()
            .flatMap(item -> item.objection().stream())
            .map(Verdict::reason)
            .findFirst();
    if (together.size() < 2 || budget.isEmpty()) {
      return items;
    }
    List<String> episodes = together.stream().map(item -> item.proposal().episode()).toList();
    parts.log().append(new Decision.OverBudget(episodes, budget.get()));
    logger.log(
        Level.WARNING,
        "{0} plans became due together, more than is left: {1}",
        episodes.size(),
        budget.get());
    return judge(items.stream().map(Item::proposal).toList(), situations);
  }

  private static boolean isBudget(Verdict objection) {
    return objection.guard().equals(GuardChain.BUDGET);
  }
}
