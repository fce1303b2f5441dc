package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.rules.drl.DrlFile;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** By seed; a failure names it. */
class DrlFuzzTest {
  private static final long SEED = Long.getLong("reeve.seed", 20260301);
  private static final Mutation MUTATION = new Mutation(Mutation.DRL);
  private static final String BASE = Bases.drl().all().getLast();

  @Test
  void noTextMakesTheGateThrowOrIsReadOtherwiseByTheEngine() {
    Random random = new Random(SEED);
    Oracle oracle = new Oracle(500);
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          int right = 0;
          for (int i = 0; i < 6_000; i++) {
            String text = MUTATION.of(BASE, Choices.of(random), random.nextInt(5));
            right += said(() -> oracle.gate(text), text) ? 1 : 0;
          }
          assertTrue(right > 200 && right < 5_900, right + " were right, seed " + SEED);
        });
  }

  /** Says with what text and seed it went wrong. */
  private static boolean said(BooleanSupplier right, String text) {
    try {
      return right.getAsBoolean();
    } catch (RuntimeException | Error wrong) {
      throw new AssertionError("seed " + SEED + ", text:\n" + text, wrong);
    }
  }

  @Test
  void noRowOfWordsMakesTheGateThrow() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(30); k >= 0; k--) {
        text.append(Mutation.DRL.get(random.nextInt(Mutation.DRL.size())))
            .append(random.nextBoolean() ? " " : "");
      }
      DrlFile file = DrlFile.read(text.toString());
      boolean said = !file.refused().isEmpty() || !file.rules().isEmpty();
      boolean nothing = text.indexOf("/") >= 0 || text.toString().isBlank();
      assertTrue(said || nothing, text + ", seed " + SEED);
    }
  }
}
