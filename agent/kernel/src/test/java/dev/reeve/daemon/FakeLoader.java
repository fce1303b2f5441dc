package dev.reeve.daemon;

import dev.reeve.loop.FakeEngine;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Loads what a test puts in its hands. */
final class FakeLoader implements RuleLoader {
  volatile String fingerprint = "1";
  volatile String key = "key";
  volatile String problem = "";
  volatile String observeOnly = "";
  volatile RuleEngine engine = FakeEngine.idle();
  volatile String failure = "";
  volatile Tests tests = Tests.NONE;
  final SortedMap<String, String> held = new TreeMap<>();
  volatile Past past = Past.NONE;
  volatile Runnable onLoad = () -> {};

  @Override
  public List<Path> watched() {
    return List.of();
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public Loaded load(Past known) throws RuleEngine.RuleEngineException {
    past = known;
    onLoad.run();
    if (!failure.isEmpty()) {
      throw new RuleEngine.RuleEngineException(failure);
    }
    return new Loaded(engine, key, held, problem, observeOnly, "a stand-in", tests);
  }
}
