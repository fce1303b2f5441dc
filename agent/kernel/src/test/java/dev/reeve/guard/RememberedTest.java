package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.decision.Discoveries;
import org.junit.jupiter.api.Test;

final class RememberedTest {
  @Test
  void noGuardLooksFurtherBackThanTheStateRemembers() {
    assertTrue(FlapGuard.WITHIN.compareTo(Discoveries.REMEMBERED) < 0);
  }
}
