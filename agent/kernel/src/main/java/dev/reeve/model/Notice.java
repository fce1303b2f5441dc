package dev.reeve.model;

import java.time.Duration;
import java.util.List;

/**
 * What an owner is told.
 *
 * @param remedies verbs of all that the ladder may do to it, in the order of time; empty where
 *     nothing
 * @param dueIn evidence clock: how long until the next rung could act; zero where none will
 * @param text one paragraph for people: what was seen, what will happen, how to object
 */
public record Notice(
    String episode,
    String rule,
    SubjectId subject,
    String workload,
    String owner,
    List<String> remedies,
    Duration dueIn,
    Cost waste,
    String text) {
  public Notice {
    remedies = List.copyOf(remedies);
  }

  /** What comes first; {@code notify} where nothing does. */
  public String remedy() {
    return remedies.isEmpty() ? new Remedy.Notify().verb() : remedies.getFirst();
  }
}
