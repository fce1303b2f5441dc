package dev.reeve.rules;

import dev.reeve.config.Section;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleEngineProvider;
import dev.reeve.spi.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Loads the shipped pack, which was compiled when Reeve was built. */
public final class DroolsRuleEngineProvider implements RuleEngineProvider {
  private static final Section.Range LIMIT = new Section.Range(1, 10_000_000);

  /** For the {@link java.util.ServiceLoader}. */
  public DroolsRuleEngineProvider() {}

  @Override
  public String name() {
    return "drools";
  }

  @Override
  public RuleEngine create(Section section, Surroundings surroundings)
      throws RuleEngine.RuleEngineException {
    Limits limits =
        new Limits(
            (int) section.integer("max_facts", Limits.DEFAULT.facts(), LIMIT),
            (int) section.integer("max_firings", Limits.DEFAULT.firings(), LIMIT));
    return shipped(limits);
  }

  static RuleEngine shipped(Limits limits) throws RuleEngine.RuleEngineException {
    String hash =
        new String(
            resource(ShippedPack.ARCHIVE + ShippedPack.HASH_SUFFIX), StandardCharsets.US_ASCII);
    return DroolsRuleEngine.load(resource(ShippedPack.ARCHIVE), hash.strip(), limits);
  }

  private static byte[] resource(String path) throws RuleEngine.RuleEngineException {
    ClassLoader loader = DroolsRuleEngineProvider.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(path)) {
      if (in == null) {
        throw new RuleEngine.RuleEngineException("this build has no rules: " + path);
      }
      return in.readNBytes(CompiledRules.MAX_BYTES);
    } catch (IOException e) {
      throw new RuleEngine.RuleEngineException("the rules cannot be read: " + path, e);
    }
  }
}
