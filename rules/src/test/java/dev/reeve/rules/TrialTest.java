package dev.reeve.rules;

import static dev.reeve.model.Comparison.LESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final Rule RULE = Engines.rule("loops", Engines.util(LESS, 0.01));

  private static CompiledRules compiled(String consequence) {
    return RuleCompiler.compile(
        List.of(RULE),
        """
        package dev.reeve.rules.compiled;
        import dev.reeve.model.Fact.GpuFact;
        global dev.reeve.rules.Decide decide;
        rule "loops"
        when
          $0 : GpuFact(known(0))
        then
          %s
        end
        """
            .formatted(consequence));
  }

  /** Nothing that is rendered can say this; what the trial must not believe is just that. */
  @Test
  void aRuleThatFeedsItselfIsRefused() throws Exception {
    Optional<String> why =
        new Trial(
                compiled("insert(new GpuFact(\"x\", \"\", \"\", \"\", $0.slots()));"),
                Trial.Bounds.DEFAULT)
            .run("loops");
    assertTrue(why.orElse("").contains("loops or explodes"), why.toString());
  }

  @Test
  void aRuleThatDoesNotComeBackIsRefusedAndNothingMoreIsTried() throws Exception {
    Trial trial =
        new Trial(
            compiled("long x = 0; while (x >= 0) { x = Math.max(0, x + 1) % 1000; }"),
            new Trial.Bounds(100, 100, Duration.ofMillis(300)));
    Optional<String> why = trial.run("loops");
    assertTrue(why.orElse("").contains("explodes"), why.toString());
    assertTrue(trial.stuck());
  }

  @Test
  void aRuleThatThrowsIsRefused() throws Exception {
    Optional<String> why =
        new Trial(
                compiled("if (true) { throw new IllegalStateException(\"no\"); }"),
                Trial.Bounds.DEFAULT)
            .run("loops");
    assertTrue(why.orElse("").contains("breaks off"), why.toString());
  }

  @Test
  void theShippedRulesPassAndFindSomething() throws Exception {
    CompiledRules shipped = CompiledRules.read(DroolsRuleEngineProvider.archive());
    Trial trial = new Trial(shipped, Trial.Bounds.DEFAULT);
    for (Rule rule : shipped.rules()) {
      assertEquals(Optional.empty(), trial.run(rule.id()), rule.id());
      assertTrue(trial.fired() > 0, rule.id() + " never held: its trial says nothing");
    }
  }
}
