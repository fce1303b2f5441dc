package dev.reeve.loop;

import dev.reeve.guard.Verdict;
import dev.reeve.model.Plan;
import java.util.Optional;

/**
 * A plan that is due, with the newest verdict on its first step.
 *
 * @param plan absent where no plan can be made
 * @param verdict absent until the guard was asked
 * @param reason why there is no plan; empty where there is one
 */
public record Proposal(
    String episode, Optional<Plan> plan, Optional<Verdict> verdict, String reason) {}
