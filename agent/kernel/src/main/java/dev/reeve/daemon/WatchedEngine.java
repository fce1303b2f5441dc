package dev.reeve.daemon;

import dev.reeve.model.Fact;
import dev.reeve.model.Match;
import dev.reeve.model.RuleSet;
import dev.reeve.spi.RuleEngine;
import dev.reeve.time.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * Runs each pass on a thread of its own and watches it. A thread that hangs in an engine cannot be
 * stopped, so the process is ended instead; the journal says why, for the next start.
 */
final class WatchedEngine implements RuleEngine {
  static final Duration LONGEST = Duration.ofSeconds(5);

  private static final int STACK = 1 << 20;
  private static final Duration LOOK = Duration.ofMillis(100);

  private final RuleEngine engine;
  private final Ticker world;
  private final Duration longest;
  private final BiConsumer<String, Duration> hung;

  /**
   * @param hung told the set's hash and how long it was waited for; does not return, except in
   *     tests
   */
  WatchedEngine(
      RuleEngine engine, Ticker world, Duration longest, BiConsumer<String, Duration> hung) {
    this.engine = engine;
    this.world = world;
    this.longest = longest;
    this.hung = hung;
  }

  @Override
  public RuleSet ruleSet() {
    return engine.ruleSet();
  }

  @Override
  public List<Match> evaluate(Collection<Fact> facts) throws RuleEngineException {
    CompletableFuture<List<Match>> answer = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("rules")
        .daemon()
        .stackSize(STACK)
        .start(() -> complete(answer, facts));
    try {
      return await(answer);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RuleEngineException("the daemon stops", stopped);
    } catch (ExecutionException failure) {
      throw failure(Objects.requireNonNull(failure.getCause()));
    }
  }

  private static RuleEngineException failure(Throwable cause) {
    return cause instanceof RuleEngineException said
        ? said
        : new RuleEngineException("the rule engine broke off: " + cause, cause);
  }

  private void complete(CompletableFuture<List<Match>> answer, Collection<Fact> facts) {
    try {
      answer.complete(engine.evaluate(facts));
    } catch (RuleEngineException | RuntimeException | StackOverflowError failure) {
      answer.completeExceptionally(failure);
    }
  }

  /**
   * A look counts as no more than it takes: while the machine sleeps, or this process is held, the
   * pass cannot come forward either.
   */
  private List<Match> await(CompletableFuture<List<Match>> answer)
      throws InterruptedException, ExecutionException, RuleEngineException {
    Duration waited = Duration.ZERO;
    while (waited.compareTo(longest) < 0) {
      long began = world.nanos();
      try {
        return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        Duration took = world.since(began);
        waited = waited.plus(took.compareTo(LOOK) > 0 ? LOOK : took);
      }
    }
    hung.accept(ruleSet().hash(), longest);
    throw new RuleEngineException("the pass has not come back for " + longest.toSeconds() + " s");
  }

  @Override
  public void close() {
    engine.close();
  }
}
