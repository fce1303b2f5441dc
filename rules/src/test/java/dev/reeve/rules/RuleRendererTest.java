package dev.reeve.rules;

import static dev.reeve.model.Comparison.LESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Condition;
import dev.reeve.model.Expression;
import dev.reeve.model.Expression.Operator;
import dev.reeve.model.Join;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.SlotTable;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Trait;
import dev.reeve.model.Unit;
import dev.reeve.model.WorkloadKind;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RuleRendererTest {
  @Test
  void everyComparisonCarriesThePresenceOfAllThatItAsks() {
    assertEquals(
        "(known(0) && known(1) && Comparison.LESS.holds("
            + "Operator.OVER.apply(value(0), value(1)), 0.5))",
        constraints(
            Engines.compare(
                Engines.calculate(Engines.UTIL, Operator.OVER, Engines.POWER), LESS, 0.5)));
  }

  @Test
  void orStaysWithinOneConstraint() {
    assertEquals(
        "((known(0) && Comparison.LESS.holds(value(0), 0.1))"
            + " || (known(0) && Comparison.LESS.holds(value(0), 0.2)))",
        constraints(new Condition.Any(List.of(Engines.util(LESS, 0.1), Engines.util(LESS, 0.2)))));
  }

  @Test
  void aKindIsEqualToKnownWords() {
    assertEquals(
        "(kind == \"training\" || kind == \"batch\")",
        constraints(
            new Condition.KindIn(
                new TreeSet<>(List.of(WorkloadKind.TRAINING, WorkloadKind.BATCH)))));
  }

  @Test
  void anOperatorsTextNeverReachesTheCompiler() {
    String evil = "x\"; System.exit(1); //";
    Pattern first =
        new Pattern(evil, SubjectKind.GPU, new Condition.All(List.of()), Optional.empty());
    Rule rule = Engines.rule("a", List.of(first));
    assertFalse(text(rule).contains("exit"), text(rule));
    Rule named = Engines.rule(evil, new Condition.All(List.of()));
    assertThrows(IllegalArgumentException.class, () -> text(named));
  }

  @Test
  void namesAreRenderedInCharactersThatNeedNoEscape() {
    assertEquals(
        "notAmong(Trait.NAMESPACE, \"kube-*|ci\")",
        constraints(new Condition.Named(Trait.NAMESPACE, List.of("kube-*", "ci"), false)));
    Expression.Constant one = new Expression.Constant(1, Unit.RATIO);
    Expression.Constant two = new Expression.Constant(2, Unit.RATIO);
    assertEquals(
        "(known(0) && Comparison.LESS.holds(value(0),"
            + " choose(Trait.GPU_MODEL, \"*T4*\", 2.0, 1.0)))",
        constraints(
            new Condition.Compare(
                new Expression.Ask(Engines.UTIL),
                LESS,
                new Expression.Choice(Trait.GPU_MODEL, List.of("*T4*"), two, one))));
    for (String evil :
        List.of("\"", "\\", "a|b", "a\nb", "\\u0022", "$x", "a'b", "(", "", "\u00e9")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Condition.Named(Trait.NAME, List.of(evil), true),
          evil);
    }
  }

  @Test
  void everyPatternAfterTheFirstIsJoinedToAnEarlierOne() {
    Condition always = new Condition.All(List.of());
    Pattern first = new Pattern("g", SubjectKind.GPU, always, Optional.empty());
    Pattern loose = new Pattern("w", SubjectKind.WORKLOAD, always, Optional.empty());
    Pattern tied =
        Engines.joined(
            SubjectKind.WORKLOAD, always, new Join(Join.Key.SUBJECT, "g", Join.Key.OWNER));
    Pattern astray =
        Engines.joined(
            SubjectKind.WORKLOAD, always, new Join(Join.Key.SUBJECT, "h", Join.Key.OWNER));
    assertTrue(
        text(Engines.rule("a", List.of(first, tied)))
            .contains("WorkloadFact(subject != \"\", subject == $0.owner)"));
    refuses(Engines.rule("a", List.of(first, loose)));
    refuses(Engines.rule("a", List.of(first, astray)));
    refuses(Engines.rule("a", List.of(tied)));
    refuses(Engines.rule("a", List.of(first, tied, tied)));
  }

  @Test
  void refusesAComparisonThatAsksNothing() {
    Expression one = new Expression.Constant(1, Unit.COUNT);
    refuses(Engines.rule("a", new Condition.Compare(one, LESS, one)));
  }

  @Test
  void refusesTwoRulesOfOneName() {
    Rule rule = Engines.rule("a", Engines.util(LESS, 1));
    RuleRenderer renderer = new RuleRenderer(SlotTable.of(List.of(rule)));
    assertThrows(IllegalArgumentException.class, () -> renderer.text(List.of(rule, rule)));
  }

  private static void refuses(Rule rule) {
    assertThrows(IllegalArgumentException.class, () -> text(rule));
  }

  private static String text(Rule rule) {
    return new RuleRenderer(SlotTable.of(List.of(rule))).text(List.of(rule));
  }

  private static String constraints(Condition condition) {
    String text = text(Engines.rule("a", condition));
    String from = "$0 : GpuFact(";
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(")\nthen", start));
  }
}
