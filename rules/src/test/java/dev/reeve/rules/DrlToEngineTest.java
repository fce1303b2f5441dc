package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reeve.model.Attribute;
import dev.reeve.model.Bound;
import dev.reeve.model.Feature;
import dev.reeve.model.Quantile;
import dev.reeve.model.Rule;
import dev.reeve.model.Signal;
import dev.reeve.model.Statistic;
import dev.reeve.rules.yaml.RuleSources;
import dev.reeve.spi.RuleEngine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From an operator's DRL to what fires. */
class DrlToEngineTest {
  private static final String CANARY = "reeve.control";

  @AfterEach
  void clear() {
    System.clearProperty(CANARY);
  }

  private static Rule rule(String yaml, String drl) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put("site.yaml", yaml);
    if (!drl.isEmpty()) {
      texts.put("site.drl", drl);
    }
    RuleSources.Loaded loaded = RuleSources.parse(texts);
    assertEquals("", loaded.report());
    return loaded.rules().getFirst();
  }

  private static List<String> found(Rule rule) throws Exception {
    RuleEngine engine = Engines.of(List.of(rule));
    World world = new World(engine.ruleSet().slots());
    boolean joined = rule.patterns().size() > 1;
    for (String kind : List.of("training", "serving", "batch")) {
      for (double use : new double[] {0.001, 0.3}) {
        String subject = kind + use;
        world.workload(
            subject,
            kind,
            World.max30(Signal.GPU_ENGINE_ACTIVE, use),
            World.max30(Signal.GPU_UTILIZATION, use));
        if (joined) {
          world.gpu(subject + "/cold", subject, World.max30(Signal.GPU_POWER, 60));
          world.gpu(subject + "/hot", subject, World.max30(Signal.GPU_POWER, 90));
          world.gpu(subject + "/silent", subject);
        }
      }
    }
    world.workload("silent", "training");
    return world.foundBy(engine).stream().sorted().toList();
  }

  @Test
  void aRuleInDrlFindsWhatItFindsInYaml() throws Exception {
    Rule inDrl = rule(RuleFiles.inDrl("idle"), RuleFiles.drl("idle"));
    Rule inYaml = rule(RuleFiles.rule("idle", 30), "");
    assertEquals(inYaml, inDrl);
    assertEquals(
        List.of("idle:batch0.001", "idle:serving0.001", "idle:training0.001"), found(inDrl));
    assertEquals(found(inYaml), found(inDrl));
  }

  @Test
  void aJoinInDrlFindsWhatItFindsInYaml() throws Exception {
    Rule inDrl =
        rule(
            RuleFiles.inDrl("idle"),
            """
            rule "idle" when
              $w : Workload((workload_kind == 'training' || workload_kind == "batch"),
                  gpu_engine_active_max_30m < 0.01, gpu_utilization_max_30m < 0.01)
              $g : Gpu(owner == $w.subject, gpu_power_max_30m < 75)
            then decide.warn($g); end
            """);
    Rule inYaml =
        rule(
            RuleFiles.inDrl("idle")
                .replace(
                    "condition: drl",
                    """
                    subjects:
                          - as: w
                            is: workload
                            when:
                              - workload.kind == training or workload.kind == batch
                              - max(gpu.engine_active, 30m) < 1%
                              - max(gpu.utilization, 30m) < 1%
                          - {as: g, is: gpu, join: g.owner == w.subject, when: 'max(gpu.power, 30m) < 75 W'}
                        target: g\
                    """),
            "");
    assertEquals(inYaml, inDrl);
    assertEquals(List.of("idle:batch0.001/cold", "idle:training0.001/cold"), found(inDrl));
    assertEquals(found(inYaml), found(inDrl));
  }

  @Test
  void aQuantileOfAnEndpointInDrlFindsWhatItFindsInYaml() throws Exception {
    String onlyWarns =
        RuleFiles.inDrl("fast")
            .replace(", terminate at 60m", "")
            .replace("    acts_on: [training, batch]\n    min_notice: 15m\n", "");
    Rule inDrl =
        rule(
            onlyWarns,
            """
            rule "fast" when
              $w : Workload(workload_gpus >= 2)
              $e : Endpoint(owner == $w.subject,
                  endpoint_ttft_p95_1h <= 0.5 * endpoint_slo, endpoint_queue_max_1h < 1)
            then decide.warn($e); end
            """);
    Rule inYaml =
        rule(
            onlyWarns.replace(
                "condition: drl",
                """
                subjects:
                      - as: w
                        is: workload
                        when: workload.gpus >= 2
                      - as: e
                        is: endpoint
                        join: e.owner == w.subject
                        when:
                          - p95(endpoint.ttft, 1h) <= 0.5 * slo
                          - max(endpoint.queue, 1h) < 1
                    target: e\
                """),
            "");
    assertEquals(inYaml, inDrl);
    RuleEngine engine = Engines.of(List.of(inDrl));
    Duration hour = Duration.ofHours(1);
    Feature upper = new Feature.OfQuantile(Signal.ENDPOINT_TTFT, Quantile.P95, hour, Bound.UPPER);
    World.Value nobody =
        new World.Value(new Feature.OfWindow(Signal.ENDPOINT_QUEUE, Statistic.MAX, hour), 0);
    World.Value one = World.attribute(Attribute.ENDPOINT_SLO, 1);
    World world =
        new World(engine.ruleSet().slots())
            .workload("w", "serving", World.attribute(Attribute.WORKLOAD_GPUS, 2))
            .endpoint("w/fast", "w", new World.Value(upper, 0.5), nobody, one)
            .endpoint("w/slow", "w", new World.Value(upper, 0.51), nobody, one)
            .endpoint("w/silent", "w", nobody, one)
            .endpoint("w/free", "w", new World.Value(upper, 0.1), nobody);
    assertEquals(List.of("fast:w/fast"), world.foundBy(engine));
  }

  @Test
  void theEnginesTextIsRenderedAndHoldsNothingOfTheFile() {
    Rule rule =
        rule(RuleFiles.inDrl("idle"), "// System.exit(7)\n" + RuleFiles.drl("idle") + "/* x */");
    String text = RuleCompiler.compile(List.of(rule)).text();
    assertFalse(text.contains("exit") || text.contains("$w") || text.contains("max_30m"), text);
  }

  /** The control of the hostile files: without the gate, the engine does run such a file. */
  @Test
  void theEngineAloneRunsWhatTheGateRefuses() throws Exception {
    Rule rule = rule(RuleFiles.inDrl("idle"), RuleFiles.drl("idle"));
    String right = RuleCompiler.compile(List.of(rule)).text();
    String hostile =
        right.replace(
            "(known(", "(eval(System.setProperty(\"" + CANARY + "\", \"x\") == null) && known(");
    CompiledRules compiled = RuleCompiler.compile(List.of(rule), hostile);
    byte[] archive = compiled.archive();
    RuleEngine engine = DroolsRuleEngine.load(archive, CompiledRules.hash(archive), Limits.DEFAULT);
    World world = new World(engine.ruleSet().slots());
    world.workload("w", "training", World.max30(Signal.GPU_ENGINE_ACTIVE, 0.001));
    world.foundBy(engine);
    assertEquals("x", System.getProperty(CANARY));
  }
}
