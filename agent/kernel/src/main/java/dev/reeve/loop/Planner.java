package dev.reeve.loop;

import dev.reeve.guard.Situation;
import dev.reeve.model.Cost;
import dev.reeve.model.Plan;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rung;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.spi.Action;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Resolves which workload a remedy touches and how. One plan a workload: the mildest remedy that is
 * due among its episodes and saves on this target.
 */
final class Planner {
  private static final Logger logger = System.getLogger(Planner.class.getName());

  private final Function<String, Optional<Action>> actions;

  Planner(Function<String, Optional<Action>> actions) {
    this.actions = actions;
  }

  /** Rungs of the rule that act on this kind of workload and whose time has come. */
  static List<Rung> due(Situation situation, long now) {
    Duration age = Duration.ofNanos(now - situation.episode().evidenceSinceNanos());
    boolean acts =
        situation
            .workload()
            .map(workload -> situation.rule().actsOn().contains(workload.sighting().kind()))
            .orElse(false);
    return situation.rule().ladder().stream()
        .filter(rung -> rung.remedy().acts() && acts)
        .filter(rung -> age.compareTo(rung.after()) >= 0)
        .toList();
  }

  /**
   * One proposal for each workload with due episodes, in the order of their ids. Several
   * incarnations of one name are several workloads here; what they share is the guard's.
   *
   * @param busy workloads with an open plan: nothing else begins before it is closed
   */
  List<Proposal> propose(List<Situation> due, long now, Set<SubjectId> busy) {
    Map<SubjectId, List<Situation>> byWorkload = new TreeMap<>();
    for (Situation situation : due) {
      SubjectId workload =
          situation.workload().map(Subject.Workload::id).orElse(situation.episode().subject());
      byWorkload.computeIfAbsent(workload, _ -> new ArrayList<>()).add(situation);
    }
    List<Proposal> proposals = new ArrayList<>();
    byWorkload.forEach(
        (workload, situations) ->
            proposals.add(
                busy.contains(workload)
                    ? none(situations, "another plan for this workload is being carried out")
                    : propose(now, situations)));
    return proposals;
  }

  private static Proposal none(List<Situation> situations, String reason) {
    return new Proposal(
        situations.getFirst().episode().id(), Optional.empty(), Optional.empty(), reason);
  }

  private record Choice(Situation situation, Remedy remedy) {}

  private Proposal propose(long now, List<Situation> situations) {
    List<Choice> choices = new ArrayList<>();
    for (Situation situation : situations) {
      due(situation, now).forEach(rung -> choices.add(new Choice(situation, rung.remedy())));
    }
    choices.sort(
        Comparator.comparingInt((Choice choice) -> choice.remedy().harshness())
            .thenComparing(choice -> choice.situation().episode().id()));
    String reason = "no rung of the ladder is due";
    for (Choice choice : choices) {
      Optional<Subject.Workload> workload = choice.situation().workload();
      if (workload.isEmpty()) {
        return none(situations, "it is not seen any more");
      }
      Optional<Action> action = actions.apply(workload.get().sighting().id().platform());
      if (action.isEmpty()) {
        reason = "no action for this platform is configured";
        continue;
      }
      Proposal proposal = ask(choice, workload.get(), action.get());
      if (proposal.plan().isPresent()) {
        return proposal;
      }
      reason = proposal.reason();
    }
    return none(situations, reason);
  }

  /** An action that throws harms no other workload. */
  private static Proposal ask(Choice choice, Subject.Workload workload, Action action) {
    List<Situation> of = List.of(choice.situation());
    try {
      return switch (action.offers(choice.remedy(), workload.sighting())) {
        case Action.Offer.Impossible impossible -> none(of, impossible.reason());
        case Action.Offer.Possible possible when possible.saves() -> {
          Plan plan = plan(choice, workload, action);
          yield plan.steps().isEmpty()
              ? none(of, "the action for this platform knows no step to " + choice.remedy().verb())
              : new Proposal(plan.episode(), Optional.of(plan), Optional.empty(), "");
        }
        case Action.Offer.Possible _ ->
            none(of, "to " + choice.remedy().verb() + " it would save nothing here");
      };
    } catch (RuntimeException bug) {
      logger.log(Level.ERROR, "planning for " + workload.id() + " broke off: " + bug, bug);
      return none(of, "the action for this platform broke off: " + bug);
    }
  }

  private static Plan plan(Choice choice, Subject.Workload workload, Action action) {
    Cost saves = workload.cost();
    Plan plan =
        new Plan(
            choice.situation().episode().id() + "-" + choice.remedy().verb(),
            choice.situation().episode().id(),
            choice.situation().rule().id(),
            choice.situation().episode().ruleSet(),
            workload.sighting(),
            choice.remedy(),
            List.of(),
            saves,
            List.of());
    Plan stepped = plan.withSteps(action.steps(plan), List.of());
    return stepped.withSteps(stepped.steps(), action.preview(stepped));
  }
}
