package dev.reeve.model;

import java.time.Duration;

/**
 * One step of a rule's ladder.
 *
 * @param after evidence clock, from the start of the evidence (last refuted instant, else first
 *     covered sample)
 */
public record Rung(Duration after, Remedy remedy) {}
