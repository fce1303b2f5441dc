package dev.reeve.model;

/**
 * One comparison of a rule with what was seen.
 *
 * @param subject what was measured
 * @param expression as the rule writes it
 * @param value as measured, in canonical units; NaN where unknown
 * @param comparison with {@code threshold}, as the rule writes it
 * @param group which kind of witness it is
 * @param whyNot why it is unknown, for people; empty where it is known
 */
public record Evidence(
    SubjectId subject,
    String expression,
    double value,
    String comparison,
    double threshold,
    WitnessGroup group,
    Truth truth,
    String whyNot) {}
