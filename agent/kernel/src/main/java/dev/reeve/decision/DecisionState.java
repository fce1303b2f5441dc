package dev.reeve.decision;

import dev.reeve.journal.JournalCheckpoint;
import dev.reeve.journal.JournalRecord;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What the journal adds up to. Not thread-safe; {@link DecisionLog} guards it. */
public final class DecisionState {
  private static final int CLOSED_EPISODES_KEPT = 1_000;
  private static final int SAVED_KEPT = 100_000;

  final Timeline timeline = new Timeline();
  final Map<String, Episode> open = new TreeMap<>();
  final Deque<Episode> closed = new ArrayDeque<>();
  final Map<String, PlanState> plans = new TreeMap<>();
  final Spent spent = new Spent();
  final List<Saved> saved = new ArrayList<>();
  final RuleHistory rules = new RuleHistory();
  final Discoveries discoveries = new Discoveries();
  final Consents consents = new Consents();
  final Snoozes snoozes = new Snoozes();
  final Helps helps = new Helps();
  final Batches batches = new Batches();
  final ClockSets clockSets = new ClockSets();
  final Anchors anchors = new Anchors();
  final Kept kept = new Kept();
  Optional<Decision.Paused> pause = Optional.empty();
  long pausedAtNanos;
  long bootChanges;

  /**
   * A plan that was verified.
   *
   * @param rate what stopped costing
   * @param atNanos on this state's own timeline
   */
  public record Saved(String plan, Cost rate, long atNanos) {}

  /** Folds the next record. */
  void fold(JournalRecord record, Decision decision) {
    if (decision instanceof Decision.Started started) {
      discoveries.ended(timeline.passed());
      startedAt(record, started);
      batches.started((long) (record.bootNanos() * started.speed()));
    }
    timeline.recordedAt(record.bootNanos());
    clockSets.recordedAt(record, timeline.passed());
    switch (decision) {
      case Decision.Started _ -> {}
      case Decision.EpisodeMoved moved -> put(moved.episode());
      case Decision.NoticeSent sent ->
          episode(sent.episode()).ifPresent(of -> spent.told(of, sent, timeline.passed()));
      case Decision.PlanOpened opened ->
          plans.put(opened.plan().id(), new PlanState(opened.plan(), List.of(), Optional.empty()));
      case Decision.Intent intent -> intend(intent);
      case Decision.StepEnded ended -> end(ended);
      case Decision.StepWaited waited -> waited(waited);
      case Decision.PlanClosed plan -> close(plan);
      case Decision.Paused paused -> {
        pause = Optional.of(paused);
        pausedAtNanos = timeline.passed();
      }
      case Decision.Resumed _ -> pause = Optional.empty();
      case Decision.RulesLoaded loaded -> rules.loaded(loaded);
      case Decision.RulesHung ended -> rules.hung(ended);
      case Decision.Doubted doubt -> discoveries.doubted(doubt);
      case Decision.Approved approval ->
          consents.approved(approval, timeline.passed(), bootChanges);
      case Decision.Refused answer -> consents.refused(answer);
      case Decision.Snoozed snooze -> {
        snoozes.snoozed(snooze, timeline.passed());
        become(snooze.episode(), EpisodeState.SNOOZED);
      }
      case Decision.Unmuted unmuted -> helps.unmuted(unmuted.rule());
      case Decision.OverBudget batch -> batches.overBudget(batch);
      case Decision.BatchConfirmed answer -> batches.confirmed(answer);
    }
    anchors.folded(record.sequence(), decision, this);
    forgetClosedPlans();
  }

  /** Goes on in a new segment: nothing of what was decided changes. */
  void checkpointed(JournalRecord record, JournalCheckpoint checkpoint) {
    timeline.recordedAt(record.bootNanos());
    clockSets.recordedAt(record, timeline.passed());
    kept.begun(record.sequence(), checkpoint, timeline.passed());
    anchors.prune(this);
  }

  /** The first record that something still rests on, whatever time has passed since. */
  long neededFrom() {
    return anchors.first(this);
  }

  /** How much time has passed since a segment began; empty if that is not known. */
  OptionalLong passedSince(long firstSequence) {
    OptionalLong at = kept.passedAt(firstSequence);
    return at.isEmpty() ? at : OptionalLong.of(timeline.passed() - at.getAsLong());
  }

  boolean isOpen(String episode) {
    return open.containsKey(episode);
  }

  boolean pausedNow() {
    return pause.isPresent()
        && (pause.get().forNanos().isEmpty()
            || timeline.passed() - pausedAtNanos < pause.get().forNanos().getAsLong());
  }

  /** Episodes that are not closed, by id. */
  public Collection<Episode> openEpisodes() {
    return List.copyOf(open.values());
  }

  /** The newest closed episodes, newest first. */
  public List<Episode> closedEpisodes() {
    return new ArrayList<>(closed);
  }

  public Optional<Episode> episode(String id) {
    Episode found = open.get(id);
    return found != null
        ? Optional.of(found)
        : closed.stream().filter(episode -> episode.id().equals(id)).findFirst();
  }

  /** Plans that were carried out or still are, by id. */
  public Collection<PlanState> plans() {
    return List.copyOf(plans.values());
  }

  public Optional<PlanState> plan(String id) {
    return Optional.ofNullable(plans.get(id));
  }

  /** The pause that holds at a reading of the evidence clock. */
  public Optional<Decision.Paused> pauseAt(long evidenceNanos) {
    return pause.filter(
        held -> held.forNanos().isEmpty() || pauseLeft(evidenceNanos).getAsLong() > 0);
  }

  /** How much of a pause for a time is left; empty for one without an end, and without one. */
  public OptionalLong pauseLeft(long evidenceNanos) {
    return pause.isEmpty() || pause.get().forNanos().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            pause.get().forNanos().getAsLong() - (timeline.at(evidenceNanos) - pausedAtNanos));
  }

  /** What is known of rule sets. */
  public RuleHistory rules() {
    return rules;
  }

  /** What was found when, and what is doubted. */
  public Discoveries discoveries() {
    return discoveries;
  }

  /** What people answered. */
  public Consents consents() {
    return consents;
  }

  /** Open episodes of a batch that wait for somebody's answer, by id. */
  public List<String> waiting(Batches.Kind kind) {
    return batches.waiting(kind).stream().filter(open::containsKey).toList();
  }

  /** Who asked for time. */
  public Snoozes snoozes() {
    return snoozes;
  }

  /** Whether what rules do helps. */
  public Helps helps() {
    return helps;
  }

  /** What came as many at once. */
  public Batches batches() {
    return batches;
  }

  /** How the wall clock was set. */
  public ClockSets clockSets() {
    return clockSets;
  }

  /**
   * Who approved exactly this plan, each once, if that still counts at a reading of the evidence
   * clock.
   */
  public List<String> approvedBy(Plan plan, long evidenceNanos) {
    return consents.approvedBy(plan, timeline.at(evidenceNanos), bootChanges);
  }

  /** Whether the newest start was in this boot, with the evidence clock at this speed. */
  public boolean runsIn(String bootId, double speedNow) {
    return timeline.sameBoot(bootId, speedNow);
  }

  /** This state's timeline at a reading of the evidence clock. */
  public long timelineAt(long evidenceNanos) {
    return timeline.at(evidenceNanos);
  }

  /** What limits and throttles count. */
  public Spent spent() {
    return spent;
  }

  /** Plans that were verified, oldest first. */
  public List<Saved> saved() {
    return List.copyOf(saved);
  }

  /** How often the journal was carried on in another boot, or at another speed of its clock. */
  public long bootChanges() {
    return bootChanges;
  }

  private void startedAt(JournalRecord record, Decision.Started started) {
    String boot = record.bootId().toString();
    if (!timeline.sameBoot(boot, started.speed())) {
      bootChanges++;
      // Readings of another boot's clock mean nothing here: the evidence starts anew.
      long now = (long) (record.bootNanos() * started.speed());
      open.replaceAll((_, episode) -> episode.restarted(now));
    }
    timeline.startedAt(boot, started.speed(), record.bootNanos());
  }

  private void put(Episode episode) {
    if (episode(episode.id()).isEmpty()) {
      discoveries.opened(episode, timeline.passed());
      batches.opened(episode);
      helps.opened(episode, timeline.passed());
      goesOn(episode);
    }
    if (episode.state() == EpisodeState.CLEARED) {
      discoveries.cleared(episode, timeline.passed());
    }
    if (episode.state().closed() && episode.state() != EpisodeState.EXPIRED) {
      forget(episode);
    }
    open.remove(episode.id());
    closed.removeIf(other -> other.id().equals(episode.id()));
    if (!episode.state().closed()) {
      open.put(episode.id(), episode);
      return;
    }
    closed.addFirst(episode);
    if (closed.size() > CLOSED_EPISODES_KEPT) {
      forget(closed.removeLast());
    }
  }

  private void forget(Episode episode) {
    discoveries.closed(episode.id());
    consents.episodeClosed(episode.id());
    batches.closed(episode.id());
    snoozes.closed(episode.id());
  }

  /** What was never refuted is the same finding: silence, and a restart, take nothing back. */
  private void goesOn(Episode episode) {
    closed.stream()
        .filter(
            before ->
                before.state() == EpisodeState.EXPIRED
                    && before.rule().equals(episode.rule())
                    && before.subject().equals(episode.subject())
                    && before.incarnation().equals(episode.incarnation()))
        .findFirst()
        .ifPresent(
            before -> {
              discoveries.goesOn(before.id(), episode.id());
              consents.goesOn(before.id(), episode.id());
              batches.goesOn(before.id(), episode.id());
              snoozes.goesOn(before.id(), episode.id());
            });
  }

  private void intend(Decision.Intent intent) {
    PlanState state = plans.get(intent.plan());
    if (state == null) {
      return;
    }
    become(state, EpisodeState.INTENT);
    consents.begun(intent.plan(), timeline.passed(), bootChanges);
    if (state.steps().isEmpty()) {
      spent.began(state.plan(), intent, timeline.passed());
    }
    plans.put(
        intent.plan(),
        state.with(
            new PlanState.StepState(
                intent.step(), intent.effect(), Optional.empty(), Optional.empty())));
  }

  /**
   * The records of a plan move its episode too, so that no crash between two records can leave an
   * episode that looks as if nothing was done for it.
   */
  private void become(PlanState plan, EpisodeState state) {
    become(plan.plan().episode(), state);
  }

  private void become(String id, EpisodeState state) {
    Episode episode = open.get(id);
    if (episode != null && episode.state().next().contains(state)) {
      put(episode.moved(state, episode.note()));
    }
  }

  private void end(Decision.StepEnded ended) {
    plan(ended.plan()).ifPresent(state -> become(state, EpisodeState.ACTED));
    plans.computeIfPresent(
        ended.plan(),
        (_, state) -> {
          PlanState advanced =
              ended.target().map(now -> state.withPlan(state.plan().withTarget(now))).orElse(state);
          return state
              .step(ended.step())
              .map(
                  step ->
                      advanced.with(
                          new PlanState.StepState(
                              step.step(),
                              step.effect(),
                              Optional.of(ended.outcome()),
                              step.waited())))
              .orElse(advanced);
        });
  }

  private void waited(Decision.StepWaited waited) {
    plans.computeIfPresent(
        waited.plan(),
        (_, state) ->
            state
                .step(waited.step())
                .map(
                    step ->
                        state.with(
                            new PlanState.StepState(
                                step.step(), step.effect(), step.outcome(), Optional.of(waited))))
                .orElse(state));
  }

  private void close(Decision.PlanClosed plan) {
    plan(plan.plan())
        .ifPresent(
            state ->
                become(
                    state,
                    switch (plan.result()) {
                      case VERIFIED -> EpisodeState.VERIFIED;
                      case FAILED -> EpisodeState.FAILED;
                      case UNKNOWN -> EpisodeState.UNKNOWN;
                    }));
    plan(plan.plan())
        .filter(PlanState::open)
        .ifPresent(state -> helps.closed(state.plan(), plan.result(), timeline.passed()));
    plans.computeIfPresent(plan.plan(), (_, state) -> state.closedBy(plan));
    consents.planClosed(plan.plan());
    if (plan.result() == Decision.Result.VERIFIED) {
      saved.add(new Saved(plan.plan(), plan.saves(), timeline.passed()));
      if (saved.size() > SAVED_KEPT) {
        saved.removeFirst();
      }
    }
  }

  private void forgetClosedPlans() {
    if (plans.size() > CLOSED_EPISODES_KEPT) {
      plans.values().removeIf(state -> !state.open() && episodeClosed(state));
    }
  }

  private boolean episodeClosed(PlanState state) {
    Episode episode = open.get(state.plan().episode());
    return episode == null || episode.state() != EpisodeState.UNKNOWN;
  }
}
