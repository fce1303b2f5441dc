package dev.reeve.model;

import java.time.Duration;

/**
 * What an owner is told.
 *
 * @param dueIn evidence clock: how long until the next rung could act; zero where none will
 * @param text one paragraph for people: what was seen, what will happen, how to object
 */
public record Notice(
    String episode,
    String rule,
    SubjectId subject,
    String workload,
    String owner,
    String remedy,
    Duration dueIn,
    Cost waste,
    String text) {}
