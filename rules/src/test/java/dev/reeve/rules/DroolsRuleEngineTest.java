package dev.reeve.rules;

import static dev.reeve.model.Comparison.AT_LEAST;
import static dev.reeve.model.Comparison.AT_MOST;
import static dev.reeve.model.Comparison.GREATER;
import static dev.reeve.model.Comparison.LESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Expression.Operator;
import dev.reeve.model.Fact;
import dev.reeve.model.Join;
import dev.reeve.model.Match;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.SlotTable;
import dev.reeve.model.SubjectKind;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleEngine.RuleEngineException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DroolsRuleEngineTest {
  private static final Condition ALWAYS = new Condition.All(List.of());

  @Test
  void anUnknownSatisfiesNeitherAComparisonNorItsNegation() throws Exception {
    List<Rule> rules = new ArrayList<>();
    for (Comparison comparison : Comparison.values()) {
      rules.add(Engines.rule(comparison.name().replace('_', '-'), Engines.util(comparison, 0)));
      for (Operator operator : Operator.values()) {
        rules.add(
            Engines.rule(
                comparison.name().replace('_', '-') + "-" + operator.name(),
                Engines.compare(
                    Engines.calculate(Engines.UTIL, operator, Engines.POWER), comparison, 0)));
      }
    }
    RuleEngine engine = Engines.of(rules);
    World world = new World(engine.ruleSet().slots());
    world
        .gpu("silent", "")
        .gpu("not-a-number", "", new World.Value(Engines.UTIL, Double.NaN))
        .gpu("half-silent", "", new World.Value(Engines.POWER, 0));
    assertEquals(List.of(), world.foundBy(engine));
  }

  @Test
  void aDivisionByZeroAndAnOverflowThatCancelsAreUnknown() throws Exception {
    List<Rule> rules = new ArrayList<>();
    for (Comparison comparison : Comparison.values()) {
      String id = comparison.name().replace('_', '-');
      rules.add(
          Engines.rule(
              id + "-ratio",
              Engines.compare(
                  Engines.calculate(Engines.UTIL, Operator.OVER, Engines.POWER), comparison, 1)));
      rules.add(
          Engines.rule(
              id + "-nan",
              Engines.compare(
                  new dev.reeve.model.Expression.Arithmetic(
                      Engines.calculate(Engines.UTIL, Operator.TIMES, Engines.UTIL),
                      Operator.MINUS,
                      Engines.calculate(Engines.UTIL, Operator.TIMES, Engines.UTIL)),
                  comparison,
                  1)));
    }
    RuleEngine engine = Engines.of(rules);
    World world = new World(engine.ruleSet().slots());
    world.gpu("g", "", new World.Value(Engines.UTIL, 1e300), new World.Value(Engines.POWER, -0.0));
    assertEquals(List.of(), world.foundBy(engine));
  }

  @Test
  void zeroWithASignIsZero() throws Exception {
    RuleEngine engine =
        Engines.of(
            List.of(
                Engines.rule("at-least", Engines.util(AT_LEAST, 0)),
                Engines.rule("at-most", Engines.util(AT_MOST, 0)),
                Engines.rule("greater", Engines.util(GREATER, -0.0)),
                Engines.rule("less", Engines.util(LESS, 0))));
    World world = new World(engine.ruleSet().slots());
    world.gpu("minus", "", new World.Value(Engines.UTIL, -0.0));
    world.gpu("plus", "", new World.Value(Engines.UTIL, 0.0));
    assertEquals(
        List.of("at-least:minus", "at-least:plus", "at-most:minus", "at-most:plus"),
        world.foundBy(engine));
  }

  @Test
  void findsInTheOrderOfRuleAndSubjectHoweverFactsArrive() throws Exception {
    RuleEngine engine =
        Engines.of(List.of(Engines.rule("b", ALWAYS), Engines.rule("a", Engines.util(LESS, 1))));
    World world = new World(engine.ruleSet().slots());
    for (String subject : List.of("z", "m", "a")) {
      world.gpu(subject, "", new World.Value(Engines.UTIL, 0));
    }
    List<Match> first = engine.evaluate(world.facts());
    List<Fact> shuffled = new ArrayList<>(world.facts());
    Collections.reverse(shuffled);
    assertEquals(first, engine.evaluate(shuffled));
    assertEquals(List.of("a:a", "a:m", "a:z", "b:a", "b:m", "b:z"), world.foundBy(engine));
  }

  @Test
  void nothingOutlivesAPass() throws Exception {
    RuleEngine engine = Engines.of(List.of(Engines.rule("a", Engines.util(LESS, 1))));
    World world = new World(engine.ruleSet().slots());
    world.gpu("g", "", new World.Value(Engines.UTIL, 0));
    assertEquals(List.of("a:g"), world.foundBy(engine));
    assertEquals(List.of(), engine.evaluate(List.of()));
    assertEquals(List.of("a:g"), world.foundBy(engine));
  }

  @Test
  void emptyTextJoinsWithNothing() throws Exception {
    List<Rule> rules = new ArrayList<>();
    for (Join.Key mine : Join.Key.values()) {
      for (Join.Key theirs : Join.Key.values()) {
        rules.add(
            Engines.rule(
                mine.text() + "-" + theirs.text(),
                List.of(
                    new Pattern("g", SubjectKind.GPU, ALWAYS, Optional.empty()),
                    Engines.joined(SubjectKind.GPU, ALWAYS, new Join(mine, "g", theirs)))));
      }
    }
    RuleEngine engine = Engines.of(rules);
    World world = new World(engine.ruleSet().slots()).gpu("", "").gpu("", "");
    assertEquals(List.of(), world.foundBy(engine));
  }

  @Test
  void aPassOverItsLimitsFindsNothing() throws Exception {
    RuleEngine engine = Engines.of(List.of(Engines.rule("a", ALWAYS)), new Limits(4, 2));
    World world = new World(engine.ruleSet().slots()).gpu("a", "").gpu("b", "");
    assertEquals(2, engine.evaluate(world.facts()).size());
    world.gpu("c", "");
    assertThrows(RuleEngineException.class, () -> engine.evaluate(world.facts()));
    world.gpu("d", "").gpu("e", "");
    var tooMany =
        assertThrows(RuleEngineException.class, () -> engine.evaluate(world.facts())).getMessage();
    assertEquals("5 subjects in one pass, at most 4", tooMany);
  }

  @Test
  void refusesFactsThatWereFilledForAnotherRuleSet() throws Exception {
    List<Rule> rules = List.of(Engines.rule("a", Engines.util(LESS, 1)));
    RuleEngine engine = Engines.of(rules);
    World world = new World(SlotTable.of(rules)).gpu("g", "");
    assertThrows(RuleEngineException.class, () -> engine.evaluate(world.facts()));
  }

  @Test
  void refusesAnArchiveThatWasChanged() {
    byte[] archive = RuleCompiler.compile(List.of(Engines.rule("a", ALWAYS))).archive();
    String hash = CompiledRules.hash(archive);
    archive[archive.length / 2] ^= 1;
    var refused =
        assertThrows(
            RuleEngineException.class, () -> DroolsRuleEngine.load(archive, hash, Limits.DEFAULT));
    assertTrue(refused.getMessage().startsWith("the rules were changed"), refused.getMessage());
  }

  @Test
  void refusesClassesForAnotherEngine() {
    CompiledRules made = RuleCompiler.compile(List.of(Engines.rule("a", ALWAYS)));
    byte[] other =
        new CompiledRules(
                made.rules(), "10.1.0", made.model(), made.text(), made.classes(), RuleTexts.NONE)
            .archive();
    var refused =
        assertThrows(
            RuleEngineException.class,
            () -> DroolsRuleEngine.load(other, CompiledRules.hash(other), Limits.DEFAULT));
    assertTrue(refused.getMessage().contains("10.1.0"), refused.getMessage());
  }

  @Test
  void twoSetsJudgeSideBySide() throws Exception {
    RuleEngine strict = Engines.of(List.of(Engines.rule("a", Engines.util(LESS, 0.1))));
    RuleEngine loose = Engines.of(List.of(Engines.rule("a", Engines.util(LESS, 0.9))));
    World.Value half = new World.Value(Engines.UTIL, 0.5);
    World inStrict = new World(strict.ruleSet().slots()).gpu("g", "", half);
    World inLoose = new World(loose.ruleSet().slots()).gpu("g", "", half);
    assertEquals(List.of(), inStrict.foundBy(strict));
    assertEquals(List.of("a:g"), inLoose.foundBy(loose));
  }
}
