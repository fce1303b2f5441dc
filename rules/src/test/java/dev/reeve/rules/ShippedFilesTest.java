package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.rules.yaml.RuleSources;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShippedFilesTest {
  @Test
  void sayWhatTheFirstRulesSayAsJava() {
    List<Rule> first = ShippedAsJava.rules();
    Set<String> ids = first.stream().map(Rule::id).collect(Collectors.toSet());
    List<Rule> shipped =
        ShippedPack.rules().stream().filter(rule -> ids.contains(rule.id())).toList();
    assertEquals(sorted(first), sorted(shipped));
  }

  @Test
  void areRightWithoutAWarning() {
    assertEquals("", RuleSources.shipped().report());
  }

  @Test
  void describeTheirRisksAndWhatLooksTheSame() {
    for (Rule rule : ShippedPack.rules()) {
      assertFalse(rule.card().risk().isEmpty(), rule.id());
      assertFalse(rule.card().falsePositives().isEmpty(), rule.id());
      assertFalse(rule.card().owner().isEmpty(), rule.id());
    }
  }

  private static List<Rule> sorted(List<Rule> rules) {
    return rules.stream()
        .map(ShippedFilesTest::withoutCard)
        .sorted(Comparator.comparing(Rule::id))
        .toList();
  }

  private static Rule withoutCard(Rule rule) {
    return new Rule(
        rule.id(),
        rule.version(),
        rule.title(),
        rule.severity(),
        rule.why(),
        rule.patterns(),
        rule.target(),
        rule.ladder(),
        rule.actsOn(),
        rule.minNotice(),
        rule.mode(),
        RuleCard.NONE,
        List.of());
  }
}
