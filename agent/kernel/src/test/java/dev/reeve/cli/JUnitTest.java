package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.replay.RuleTests;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JUnitTest {
  @Test
  void writesWhatBuildServersRead() {
    Path file = Path.of("a&b.yaml");
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
        JUnit.xml(
            List.of(
                new RuleTests.Result(file, "good", List.of()),
                new RuleTests.Result(file, "<bad>", List.of("one \"two\"", "three\u0007")))));
  }
}
