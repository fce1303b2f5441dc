package dev.reeve.guard;

import dev.reeve.model.Episode;
import dev.reeve.model.Finding;
import dev.reeve.model.Rule;
import dev.reeve.model.Signal;
import dev.reeve.model.Subject;
import dev.reeve.model.Truth;
import dev.reeve.model.Window;
import java.util.Map;
import java.util.Optional;

/**
 * What the newest cycle knows of an episode.
 *
 * @param atNanos evidence clock, when the cycle judged
 * @param startedNanos evidence clock, when this process started to observe
 * @param heldSinceNanos evidence clock, since when the rule holds without an unknown stretch
 * @param workload the workload as it is known now; empty when it is not seen any more
 * @param witnesses every signal that could show activity, over the rule's longest span
 * @param population workloads that are seen and that the rule may act on
 * @param scene what else the cycle saw
 * @param mistrust why the rule may not act, such as an engine that fired otherwise; empty if none
 */
public record Situation(
    long atNanos,
    long startedNanos,
    long heldSinceNanos,
    Rule rule,
    Episode episode,
    Truth truth,
    Optional<Finding> finding,
    Optional<Subject.Workload> workload,
    Map<Signal, Window> witnesses,
    int population,
    Scene scene,
    String mistrust) {}
