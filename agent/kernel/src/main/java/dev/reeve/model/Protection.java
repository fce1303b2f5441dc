package dev.reeve.model;

/** Whether a workload may be touched. What cannot be read is protected. */
public sealed interface Protection {

  /** Nothing speaks for protection, and everything that could was read. */
  record None() implements Protection {}

  /**
   * Protected.
   *
   * @param reason by whom or what, in words, with what to change
   */
  record Protected(String reason) implements Protection {}

  static Protection none() {
    return new None();
  }

  static Protection because(String reason) {
    return new Protected(reason);
  }

  default boolean isProtected() {
    return this instanceof Protected;
  }
}
