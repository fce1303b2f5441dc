package dev.reeve.rules;

import dev.reeve.spi.RuleEngine.RuleEngineException;
import dev.reeve.spi.RuleLoader.Good;
import dev.reeve.spi.RuleLoader.Past;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/** Sets that are there without a compiler: those that judged, and the shipped one. */
final class KnownSets {
  private static final Logger logger = System.getLogger(KnownSets.class.getName());

  private final Path state;
  private final Past past;
  private final StringBuilder refused = new StringBuilder();

  KnownSets(Path state, Past past) {
    this.state = state;
    this.past = past;
  }

  /** The newest that judged and did not hang. */
  Optional<CompiledSet> newest() throws RuleEngineException {
    for (Good good : past.good()) {
      if (!past.hung().contains(good.hash())) {
        Optional<CompiledSet> set = verified(good);
        if (set.isPresent()) {
          return set;
        }
      }
    }
    return Optional.empty();
  }

  /** A set of the journal's, if what lies there is what the journal says. */
  Optional<CompiledSet> verified(Good good) throws RuleEngineException {
    if (good.key().equals(DroolsRuleEngineProvider.SHIPPED)) {
      CompiledSet shipped = shipped();
      return shipped.hash().equals(good.hash()) ? Optional.of(shipped) : Optional.empty();
    }
    try {
      Optional<byte[]> archive = new RuleStore(state).read(good.key());
      if (archive.isEmpty()) {
        return Optional.empty();
      }
      String found = CompiledRules.hash(archive.get());
      if (!found.equals(good.hash())) {
        refuse(
            "the compiled rules "
                + good.key()
                + " were changed: their SHA-256 is "
                + found
                + ", the journal says "
                + good.hash());
        return Optional.empty();
      }
      return Optional.of(new CompiledSet(good.key(), found, read(archive.get())));
    } catch (IOException | RuleEngineException failure) {
      refuse("the compiled rules " + good.key() + " cannot be used: " + failure.getMessage());
      return Optional.empty();
    }
  }

  /** Says once that something of the state cannot be used. */
  void refuse(String why) {
    if (refused.indexOf(why) < 0) {
      refused.append(why).append('\n');
      logger.log(Level.WARNING, why);
    }
  }

  /** What could not be used, for people; told only where it matters, and once. */
  String refused() {
    String all = refused.toString();
    refused.setLength(0);
    return all;
  }

  static CompiledSet shipped() throws RuleEngineException {
    return new CompiledSet(
        DroolsRuleEngineProvider.SHIPPED,
        DroolsRuleEngineProvider.hash(),
        read(DroolsRuleEngineProvider.archive()));
  }

  static CompiledRules read(byte[] archive) throws RuleEngineException {
    try {
      return CompiledRules.read(archive);
    } catch (IllegalArgumentException failure) {
      throw new RuleEngineException("the rules do not load: " + failure.getMessage(), failure);
    }
  }
}
