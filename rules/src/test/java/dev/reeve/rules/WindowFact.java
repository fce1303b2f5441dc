package dev.reeve.rules;

/** A shape to measure: one fact per window that is known. Public for compiled rules. */
public record WindowFact(String type, String subject, String owner, int slot, double value) {}
