package dev.reeve.model;

import java.util.OptionalLong;

/**
 * One continuous stretch of one rule on one incarnation.
 *
 * @param id unique: rule, subject and the start of its evidence
 * @param subject what is wasteful
 * @param workload whom a remedy would touch; empty text where nobody holds the subject
 * @param evidenceSinceNanos evidence clock: start of the evidence
 * @param noticeNanos how long, in confirmed stretches, it has held since the first delivered notice
 * @param unknownSinceNanos evidence clock, since when the answer is unknown
 * @param note what holds it up or what came of it, in words
 */
public record Episode(
    String id,
    String rule,
    String ruleSet,
    SubjectId subject,
    String workload,
    String incarnation,
    EpisodeState state,
    long evidenceSinceNanos,
    OptionalLong warnedAtNanos,
    long noticeNanos,
    OptionalLong unknownSinceNanos,
    String note) {}
