package dev.reeve.rules.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A rule in YAML whose condition is in DRL, as operators would write both. */
final class Drl {
  static final String YAML =
      """
      pack: {name: special, version: 1, owner: ops}
      rules:
        - id: special
          version: 1
          title: Idle by two witnesses
          severity: warning
          status: stable
          why: a test
          risk: a test
          condition: drl
          acts_on: [training, batch]
          min_notice: 15m
          ladder: [warn at 30m, terminate at 60m]
      """;

  static final String RULE =
      """
      rule "special"
      when
        $w : Workload(CONSTRAINTS)
      then
        decide.terminate($w);
      end
      """;

  private Drl() {}

  static String of(String constraints) {
    return RULE.replace("CONSTRAINTS", constraints);
  }

  static RuleSources.Loaded read(String yaml, String drl) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put("60-special.drl", drl);
    texts.put("60-special.yaml", yaml);
    return RuleSources.parse(texts);
  }

  static RuleSources.Loaded read(String drl) {
    return read(YAML, drl);
  }

  /** The same rule with its condition in YAML. */
  static RuleSources.Loaded inYaml(String subjects) {
    return Repository.read(YAML.replace("condition: drl", subjects));
  }

  /** Code and line of each error. */
  static List<String> errors(RuleSources.Loaded loaded) {
    return loaded.problems().errors().stream()
        .map(of -> of.code().text() + ":" + of.place().line())
        .toList();
  }
}
