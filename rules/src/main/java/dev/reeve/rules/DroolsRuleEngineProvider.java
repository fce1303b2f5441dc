package dev.reeve.rules;

import dev.reeve.config.Section;
import dev.reeve.rules.yaml.RuleSources;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleEngineProvider;
import dev.reeve.spi.RuleLoader;
import dev.reeve.spi.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Loads the shipped rules, which were compiled when Reeve was built, and operators' own. */
public final class DroolsRuleEngineProvider implements RuleEngineProvider {
  /** What the shipped set is called where another has the key of its files. */
  static final String SHIPPED = "shipped";

  private static final Path USUAL = Path.of("/etc/reeve/rules.d");
  private static final Section.Range LIMIT = new Section.Range(1, 10_000_000);

  /** For the {@link java.util.ServiceLoader}. */
  public DroolsRuleEngineProvider() {}

  @Override
  public String name() {
    return "drools";
  }

  @Override
  public RuleLoader open(Section section, Surroundings surroundings) {
    section.about(
        "dir",
        "folder of rule files, `*.yaml`, which are judged beside the shipped rules; read again"
            + " whenever one of them changes");
    section.about("max_facts", "subjects that may be judged in one pass");
    section.about("max_firings", "rules that may hold in one pass, over all subjects");
    Limits limits =
        new Limits(
            (int) section.integer("max_facts", Limits.DEFAULT.facts(), LIMIT),
            (int) section.integer("max_firings", Limits.DEFAULT.firings(), LIMIT));
    return new FolderRules(
        section.path("dir", USUAL),
        surroundings.stateFolder().resolve("rules"),
        limits,
        CompilerProcess.Bounds.DEFAULT);
  }

  @Override
  public RuleEngine load(List<Path> sources, Surroundings surroundings)
      throws RuleEngine.RuleEngineException {
    if (sources.isEmpty()) {
      return shipped(Limits.DEFAULT);
    }
    RuleSources.Texts texts = RuleSources.texts(sources, false);
    if (!texts.report().isEmpty()) {
      throw new RuleEngine.RuleEngineException(texts.report());
    }
    Path scratch = surroundings.stateFolder().resolve("rules");
    try {
      Files.createDirectories(scratch);
      return switch (new CompilerProcess(scratch, CompilerProcess.Bounds.DEFAULT)
          .compile(texts.byPath())) {
        case Compilation.Made made ->
            DroolsRuleEngine.load(
                made.archive(), CompiledRules.hash(made.archive()), Limits.DEFAULT);
        case Compilation.Refused refused ->
            throw new RuleEngine.RuleEngineException(refused.report());
      };
    } catch (IOException failure) {
      throw new RuleEngine.RuleEngineException("they cannot be compiled: " + failure, failure);
    }
  }

  static RuleEngine shipped(Limits limits) throws RuleEngine.RuleEngineException {
    return DroolsRuleEngine.load(archive(), hash(), limits);
  }

  /** The shipped rules, compiled. */
  static byte[] archive() throws RuleEngine.RuleEngineException {
    return resource(ShippedPack.ARCHIVE);
  }

  /** What they must hash to. */
  static String hash() throws RuleEngine.RuleEngineException {
    byte[] hash = resource(ShippedPack.ARCHIVE + ShippedPack.HASH_SUFFIX);
    return new String(hash, StandardCharsets.US_ASCII).strip();
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
