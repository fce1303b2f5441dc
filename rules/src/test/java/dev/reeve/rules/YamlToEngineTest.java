package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reeve.model.Rule;
import dev.reeve.rules.yaml.RuleSources;
import dev.reeve.spi.RuleEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** From an operator's text to what fires. */
class YamlToEngineTest {
  private static final String RULE =
      """
      pack: {name: site, version: 1}
      rules:
        - id: weak
          version: 1
          title: '"); System.exit(7); //'
          severity: info
          status: stable
          why: '\\u0022); System.exit(7); //'
          risk: none
          params:
            below: {default: 1%, cases: [{namespace: "ml-*", value: 5%}]}
          subject: workload
          when: WHEN
          except:
            - namespace: [kube-*]
            - {owner: root, when: workload.kind == batch}
          ladder: [warn at 30m]
      """;

  private static final String USED = "k8s/c/%s/job/train#1";

  @Test
  void firesByNamesAndParameters() throws Exception {
    Rule rule = rule("max(gpu.utilization, 30m) < $below");
    RuleEngine engine = Engines.of(List.of(rule));
    World world = new World(engine.ruleSet().slots());
    for (String namespace : List.of("ml-lab", "web", "kube-system")) {
      world.workload(
          USED.formatted(namespace),
          "training",
          World.max30(dev.reeve.model.Signal.GPU_UTILIZATION, 0.03));
    }
    world.workload("", "training", World.max30(dev.reeve.model.Signal.GPU_UTILIZATION, 0.001));
    assertEquals(List.of("weak:" + USED.formatted("ml-lab")), world.foundBy(engine));
  }

  @Test
  void theEnginesTextHoldsNothingOfWhatIsTextForPeople() {
    CompiledRules compiled =
        RuleCompiler.compile(List.of(rule("max(gpu.utilization, 30m) < $below")));
    assertFalse(compiled.text().contains("exit"), compiled.text());
    assertFalse(compiled.text().contains("u0022"), compiled.text());
  }

  @Test
  void theDeepestConditionCompilesAndIsReadAgain() {
    String sum = "workload.gpus";
    for (int i = 0; i < 4; i++) {
      sum = "(" + sum + " * 1 + 1)";
    }
    String when = "workload.gpus > 1";
    for (int i = 0; i < 7; i++) {
      when =
          (i % 2 == 0 ? "workload.gpus < " + (i + 2) + " and (" : "workload.gpus > 3 or (")
              + when
              + ")";
    }
    Rule rule = rule(sum + " > 3 and $below > max(gpu.utilization, 30m) and (" + when + ")");
    CompiledRules compiled = RuleCompiler.compile(List.of(rule));
    assertEquals(List.of(rule), CompiledRules.read(compiled.archive()).rules());
  }

  private static Rule rule(String when) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put("site.yaml", RULE.replace("WHEN", "'" + when + "'"));
    RuleSources.Loaded loaded = RuleSources.parse(texts);
    assertEquals("", loaded.report());
    return loaded.rules().getFirst();
  }
}
