package dev.reeve.model;

import java.util.OptionalLong;

/**
 * One source's word, held over time, that a workload holds a device.
 *
 * @param sinceNanos evidence clock, when this source first said so without interruption
 * @param untilNanos evidence clock, when it stopped saying so; empty while it still does
 * @param polls how often in a row it said so
 */
public record Claim(
    SubjectId device,
    SubjectId workload,
    String source,
    long sinceNanos,
    OptionalLong untilNanos,
    int polls) {}
