package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuleCheckTest {
  @Test
  void saysWhatTheDaemonWouldRefuse() throws Exception {
    String good = RuleFiles.rule("good", 30);
    assertEquals("", RuleCheck.compile(new TreeMap<>(Map.of("/etc/reeve/rules.d/a.yaml", good))));
    String refused =
        RuleCheck.compile(new TreeMap<>(Map.of("b.yaml", RuleFiles.explosive("bomb"))));
    assertTrue(refused.contains("rule bomb"), refused);
  }
}
