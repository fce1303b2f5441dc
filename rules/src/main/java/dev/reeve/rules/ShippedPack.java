package dev.reeve.rules;

import dev.reeve.model.Rule;
import dev.reeve.rules.yaml.RuleSources;
import java.util.List;

/** The rules that come with Reeve: read from their files here, compiled when Reeve is built. */
final class ShippedPack {
  static final String ARCHIVE = "META-INF/reeve/rules/shipped.jar";
  static final String HASH_SUFFIX = ".sha256";

  private ShippedPack() {}

  /** Throws {@link IllegalStateException} where the files are wrong. */
  static List<Rule> rules() {
    RuleSources.Loaded shipped = RuleSources.shipped();
    if (!shipped.ok()) {
      throw new IllegalStateException("the shipped rules are wrong:\n" + shipped.report());
    }
    return shipped.rules();
  }
}
