package dev.reeve.cli;

import dev.reeve.replay.Coverage;
import dev.reeve.replay.RuleTests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results of tests in the XML that build servers read. */
final class JUnit {
  private JUnit() {}

  static String xml(TestReport report) {
    Map<Path, List<RuleTests.Result>> byFile = new LinkedHashMap<>();
    report
        .results()
        .forEach(
            result -> byFile.computeIfAbsent(result.file(), _ -> new ArrayList<>()).add(result));
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuites>\n");
    byFile.forEach(
        (file, of) -> {
          long failed = of.stream().filter(result -> !result.passed()).count();
          xml.append(
              "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\">%n"
                  .formatted(escaped(file.toString()), of.size(), failed));
          of.forEach(result -> test(xml, result));
          xml.append("  </testsuite>\n");
        });
    report.coverage().ifPresent(rules -> coverage(xml, rules));
    return xml.append("</testsuites>\n").toString();
  }

  /** A rule without a test of some case is a test that failed. */
  private static void coverage(StringBuilder xml, List<Coverage.OfRule> rules) {
    long lacking = rules.stream().filter(rule -> !rule.lacks().isEmpty()).count();
    xml.append(
        "  <testsuite name=\"coverage\" tests=\"%d\" failures=\"%d\">%n"
            .formatted(rules.size(), lacking));
    for (Coverage.OfRule rule : rules) {
      String start =
          "    <testcase classname=\"coverage\" name=\"%s\"".formatted(escaped(rule.rule()));
      if (rule.lacks().isEmpty()) {
        xml.append(start).append("/>\n");
      } else {
        xml.append(start).append(">\n");
        xml.append(
            "      <failure message=\"no test of: %s\"/>%n"
                .formatted(String.join(", ", TestReport.lacks(rule))));
        xml.append("    </testcase>\n");
      }
    }
    xml.append("  </testsuite>\n");
  }

  private static void test(StringBuilder xml, RuleTests.Result result) {
    String start =
        "    <testcase classname=\"%s\" name=\"%s\""
            .formatted(escaped(result.file().toString()), escaped(result.name()));
    if (result.passed()) {
      xml.append(start).append("/>\n");
      return;
    }
    xml.append(start).append(">\n");
    xml.append(
        "      <failure message=\"%s\"/>%n"
            .formatted(escaped(String.join("\n", result.failures()))));
    xml.append("    </testcase>\n");
  }

  /** What XML 1.0 cannot hold is left out. */
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                case '\t' -> out.append("&#9;");
                default -> {
                  if (c >= 0x20 && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF)) {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.toString();
  }
}
