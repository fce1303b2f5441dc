package dev.reeve.model;

import java.util.List;

/** What one attribution source says of one device at one instant. */
public record Holding(SubjectId device, Answer answer) {

  /** The answer of the lookup. */
  public sealed interface Answer {}

  /** Held by these workloads (more than one where it is shared). */
  public record HeldBy(List<SubjectId> workloads) implements Answer {
    public HeldBy {
      workloads = workloads.stream().distinct().sorted().toList();
      if (workloads.isEmpty()) {
        throw new IllegalArgumentException("an empty answer is not a holder: say Nobody or Unsure");
      }
    }
  }

  /**
   * Held by nobody, and the lookup proves itself.
   *
   * @param proof why the empty answer can be believed
   */
  public record Nobody(String proof) implements Answer {}

  /**
   * The lookup could not tell: an empty process list, a process that cannot be read.
   *
   * @param reason in words, for people
   */
  public record Unsure(String reason) implements Answer {}
}
