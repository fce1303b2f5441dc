package dev.reeve.guard;

import dev.reeve.decision.DecisionState;
import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import java.util.List;
import java.util.Optional;

/**
 * May this step of this plan be executed now?
 *
 * @param underWay whether an earlier step of the plan was executed by this very process: its target
 *     is meant to vanish, so the evidence must only not be refuted
 * @param reRead the target as it is right now; absent while it is asked whether reading is worth it
 * @param state what was decided so far; read under the decision log's lock
 * @param ahead plans that were let pass before it in this cycle and may have no intent yet
 */
public record Question(
    Plan plan,
    Step step,
    Situation situation,
    boolean underWay,
    Optional<ReRead> reRead,
    DecisionState state,
    List<Plan> ahead,
    long nowNanos) {}
