package dev.reeve.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.linux.BootClock;
import dev.reeve.loop.FakeEngine;
import dev.reeve.model.Fact;
import dev.reeve.model.Match;
import dev.reeve.model.RuleSet;
import dev.reeve.spi.RuleEngine;
import dev.reeve.time.BootTicker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class WatchedEngineTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final List<String> hung = new CopyOnWriteArrayList<>();

  private RuleEngine watched(RuleEngine engine) {
    return new WatchedEngine(
        engine, new BootTicker(BootClock::nanos), SHORT, (hash, _) -> hung.add(hash));
  }

  /** Hangs until it is let go, and heeds no interrupt, as an engine in a loop does not. */
  static final class Hanging implements RuleEngine {
    final CountDownLatch end = new CountDownLatch(1);

    @Override
    public RuleSet ruleSet() {
      return FakeEngine.idle().ruleSet();
    }

    @Override
    public List<Match> evaluate(Collection<Fact> facts) {
      boolean over = false;
      while (!over) {
        try {
          end.await();
          over = true;
        } catch (InterruptedException ignored) {
          // goes on
        }
      }
      return List.of();
    }
  }

  @Test
  void aPassThatDoesNotComeBackIsReportedOnceByItsHash() {
    Hanging hanging = new Hanging();
    try {
      RuleEngine.RuleEngineException said =
          assertThrows(
              RuleEngine.RuleEngineException.class, () -> watched(hanging).evaluate(List.of()));
      assertTrue(String.valueOf(said.getMessage()).contains("has not come back"));
      assertEquals(List.of(hanging.ruleSet().hash()), hung);
    } finally {
      hanging.end.countDown();
    }
  }

  @Test
  void whatAnEngineThrowsIsThrown() throws Exception {
    FakeEngine engine = FakeEngine.idle();
    assertEquals(List.of(), watched(engine).evaluate(List.of()));
    RuleEngine failing =
        new RuleEngine() {
          @Override
          public RuleSet ruleSet() {
            return engine.ruleSet();
          }

          @Override
          public List<Match> evaluate(Collection<Fact> facts) throws RuleEngineException {
            if (facts.isEmpty()) {
              throw new RuleEngineException("too many");
            }
            return deep(facts);
          }

          private List<Match> deep(Collection<Fact> facts) {
            return facts.isEmpty() ? List.of() : deep(List.copyOf(facts));
          }
        };
    RuleEngine.RuleEngineException said =
        assertThrows(
            RuleEngine.RuleEngineException.class, () -> watched(failing).evaluate(List.of()));
    assertEquals("too many", said.getMessage());
    assertEquals(List.of(), hung);
  }
}
