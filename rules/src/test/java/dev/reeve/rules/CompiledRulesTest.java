package dev.reeve.rules;

import static dev.reeve.model.Comparison.LESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reeve.model.Pattern;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Rung;
import dev.reeve.model.Severity;
import dev.reeve.model.WorkloadKind;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CompiledRulesTest {
  @Test
  void twoBuildsGiveTheSameBytes() throws Exception {
    // the build made the other one, in another process
    byte[] built;
    try (InputStream in = resource(ShippedPack.ARCHIVE)) {
      built = in.readAllBytes();
    }
    assertArrayEquals(built, RuleCompiler.compile(ShippedPack.rules()).archive());
    try (InputStream in = resource(ShippedPack.ARCHIVE + ShippedPack.HASH_SUFFIX)) {
      String hash = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      assertEquals(CompiledRules.hash(built) + "\n", hash);
    }
  }

  @Test
  void theOrderOfRulesDoesNotChangeTheArchive() {
    List<Rule> rules = new ArrayList<>(new RandomRules(7).rules(25));
    byte[] archive = RuleCompiler.compile(rules).archive();
    Collections.reverse(rules);
    assertArrayEquals(archive, RuleCompiler.compile(rules).archive());
  }

  @Test
  void theSourceIsPartOfTheHashEvenWhereTheClassesAreEqual() {
    Rule rule = Engines.rule("a", Engines.util(LESS, 1));
    Rule retitled =
        new Rule(
            rule.id(),
            rule.version(),
            "another title",
            rule.severity(),
            rule.why(),
            rule.patterns(),
            rule.target(),
            rule.ladder(),
            rule.actsOn(),
            rule.minNotice(),
            rule.mode(),
            rule.card(),
            rule.limits());
    assertFalse(hash(rule).equals(hash(retitled)));
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    List<Pattern> patterns = new RandomRules(1).rules(1).getFirst().patterns();
    List<Rule> rules = new ArrayList<>(new RandomRules(2).rules(60));
    rules.add(
        new Rule(
            "every-remedy",
            7,
            "a \"title\" \\ with\nescapes \u0007",
            Severity.CRITICAL,
            "why",
            patterns,
            patterns.getFirst().alias(),
            List.of(
                new Rung(Duration.ZERO, new Remedy.Notify()),
                new Rung(Duration.ofMinutes(1), new Remedy.Downsize(2)),
                new Rung(Duration.ofMinutes(2), new Remedy.Suspend()),
                new Rung(Duration.ofMinutes(3), new Remedy.Migrate("spot")),
                new Rung(Duration.ofMinutes(4), new Remedy.Drain()),
                new Rung(Duration.ofMillis(1234567), new Remedy.Terminate())),
            new TreeSet<>(List.of(WorkloadKind.BATCH)),
            Duration.ofSeconds(90),
            RuleMode.OBSERVE,
            new RuleCard(
                "site",
                "ml",
                RuleCard.Status.EXPERIMENTAL,
                "risk",
                "https://r",
                List.of("a", "b"),
                RuleCard.Wastes.PART),
            List.of()));
    CompiledRules written =
        new CompiledRules(rules, "1", "some.Model", "text", new TreeMap<>(), RuleTexts.NONE);
    CompiledRules read = CompiledRules.read(written.archive());
    for (int i = 0; i < rules.size(); i++) {
      assertEquals(written.rules().get(i), read.rules().get(i));
    }
    assertEquals("1 some.Model text", read.engine() + " " + read.model() + " " + read.text());
  }

  @Test
  void holdsNothingBesideTheClassesOfItsRules() {
    var classes = new TreeMap<>(java.util.Map.of("dev/reeve/guard/Permit.class", new byte[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CompiledRules(List.of(), "1", "some.Model", "text", classes, RuleTexts.NONE));
  }

  @Test
  void isNotReadFromAnythingElse() {
    assertThrows(IllegalArgumentException.class, () -> CompiledRules.read(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> CompiledRules.read(new byte[] {'P', 'K'}));
  }

  private static String hash(Rule rule) {
    return CompiledRules.hash(RuleCompiler.compile(List.of(rule)).archive());
  }

  private static InputStream resource(String path) {
    return CompiledRulesTest.class.getClassLoader().getResourceAsStream(path);
  }
}
