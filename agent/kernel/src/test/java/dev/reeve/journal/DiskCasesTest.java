package dev.reeve.journal;

import org.junit.jupiter.api.Test;

/// Some of the cases; `.ci/long disk:1-5000` runs all.
class DiskCasesTest {
  private static final int CASES = Integer.getInteger("reeve.disk.cases", 800);

  @Test
  void losesNothingThatWasDoneAndNoticesWhateverChanged() {
    for (long seed = 1; seed <= CASES; seed++) {
      try {
        DiskCase.run(seed);
      } catch (AssertionError lost) {
        throw new AssertionError("seed " + seed + ", " + DiskCase.kind(seed), lost);
      }
    }
  }
}
