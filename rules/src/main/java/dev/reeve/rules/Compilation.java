package dev.reeve.rules;

import java.util.SortedSet;

/** What a compiler's process came to. */
sealed interface Compilation {
  /** There is one. */
  final class Made implements Compilation {
    private final byte[] archive;

    Made(byte[] archive) {
      this.archive = archive;
    }

    byte[] archive() {
      return archive;
    }
  }

  /**
   * There is no set.
   *
   * @param report for people
   * @param files those to blame; empty where it is not known
   */
  record Refused(String report, SortedSet<String> files) implements Compilation {}
}
