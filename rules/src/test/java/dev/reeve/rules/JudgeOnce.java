package dev.reeve.rules;

import dev.reeve.model.Signal;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleEngineProvider;
import java.util.ServiceLoader;

/** What the daemon does with rules, in a process that has no more than the daemon has. */
final class JudgeOnce {
  private JudgeOnce() {}

  public static void main(String[] args) throws Exception {
    String name = ServiceLoader.load(RuleEngineProvider.class).findFirst().orElseThrow().name();
    RuleEngine engine = DroolsRuleEngineProvider.shipped(Limits.DEFAULT);
    World world = new World(engine.ruleSet().slots());
    world.workload(
        "w",
        "training",
        World.max30(Signal.GPU_ENGINE_ACTIVE, 0),
        World.max30(Signal.GPU_UTILIZATION, 0));
    System.out.println(name + " found " + world.foundBy(engine));
  }
}
