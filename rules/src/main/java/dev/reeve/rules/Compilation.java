package dev.reeve.rules;

import dev.reeve.spi.RuleLoader;
import java.util.SortedSet;

/** What a compiler's process came to. */
sealed interface Compilation {
  /** There is one. */
  final class Made implements Compilation {
    private final byte[] archive;
    private final RuleLoader.Tests tests;

    Made(byte[] archive, RuleLoader.Tests tests) {
      this.archive = archive;
      this.tests = tests;
    }

    /** What came of the tests beside the rules; the archive says nothing of them. */
    RuleLoader.Tests tests() {
      return tests;
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
