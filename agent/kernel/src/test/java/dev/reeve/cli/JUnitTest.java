package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.replay.Coverage;
import dev.reeve.replay.RuleTests;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JUnitTest {
  @Test
  void writesWhatBuildServersRead() {
    Path file = Path.of("a&b.yaml");
    List<RuleTests.Result> results =
        List.of(
            new RuleTests.Result(file, "good", new TreeSet<>(), List.of()),
            new RuleTests.Result(
                file, "<bad>", new TreeSet<>(), List.of("one \"two\"", "three\u0007")));
    assertEquals(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
          <testsuite name="a&amp;b.yaml" tests="2" failures="1">
            <testcase classname="a&amp;b.yaml" name="good"/>
            <testcase classname="a&amp;b.yaml" name="&lt;bad&gt;">
              <failure message="one &quot;two&quot;&#10;three"/>
            </testcase>
          </testsuite>
        </testsuites>
        """,
        JUnit.xml(new TestReport(results, Optional.empty())));
  }

  @Test
  void aRuleWithoutAllCasesIsATestThatFailed() {
    Map<Coverage.Case, List<String>> all = new EnumMap<>(Coverage.Case.class);
    for (Coverage.Case one : Coverage.Case.values()) {
      all.put(one, List.of("a test"));
    }
    List<Coverage.OfRule> rules =
        List.of(
            new Coverage.OfRule("full", all, List.of()),
            new Coverage.OfRule(
                "poor", Map.of(Coverage.Case.POSITIVE, List.of("a test")), List.of()));
    assertEquals(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
          <testsuite name="coverage" tests="2" failures="1">
            <testcase classname="coverage" name="full"/>
            <testcase classname="coverage" name="poor">
              <failure message="no test of: negative, missing"/>
            </testcase>
          </testsuite>
        </testsuites>
        """,
        JUnit.xml(new TestReport(List.of(), Optional.of(rules))));
  }
}
