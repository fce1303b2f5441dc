package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.model.Conditions;
import dev.reeve.model.Feature;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.Rung;
import dev.reeve.model.Spans;
import dev.reeve.model.WorkloadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page of the shipped packs is written from their files and scenarios. Run with
/// -Dwrite.pages=true to write it anew.
class PackPageTest {
  private static final String FOLDER = "rules/src/main/resources/META-INF/reeve/rules/";
  private static final String SCENARIOS = "rules/src/test/scenarios/";
  private static final Pattern NAME = Pattern.compile("(?m)^  - name: (.+)$");
  private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
  private static final List<String> PACKS = List.of("gpu", "training", "serving", "money");

  /// Keys that say what is judged; the others stand in words above them.
  private static final Set<String> SHOWN =
      Set.of(
          "params",
          "subject",
          "subjects",
          "target",
          "when",
          "except",
          "wastes",
          "ladder",
          "acts_on",
          "min_notice");

  @Test
  void isWhatTheFilesSay() throws IOException {
    Path page = Repository.file("docs/packs.md");
    String fresh = page();
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(page, fresh);
    }
    assertEquals(fresh, Files.readString(page), "docs/packs.md is stale: -Dwrite.pages=true");
  }

  @Test
  void everyRuleHasARunbookAndEveryRunbookARule() throws IOException {
    Matcher heading = HEADING.matcher(Files.readString(Repository.file("docs/runbooks.md")));
    List<String> headings = heading.results().map(found -> found.group(1)).toList();
    assertEquals(
        shipped().stream().map(Rule::id).sorted().toList(), headings.stream().sorted().toList());
  }

  /// Each has a case in which it speaks, one in which it must not, and one in which data is
  /// missing.
  private static List<Rule> shipped() {
    return RuleSources.shipped().rules();
  }

  private static String page() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# The shipped packs\n\nGenerated from the files of the packs and from their")
        .append(" scenarios, which every build runs. What to do about a finding stands in the\n")
        .append("[runbooks](runbooks.md); how to change a rule without copying it in")
        .append(" [rules](rules.md#changing-a-shipped-rule). A rule that is `experimental` tells")
        .append(" and changes nothing.\nThere is no `serving` pack yet: no source says how")
        .append(" endpoints do.\n\n")
        .append("| pack | rule | title | status | goes as far as |\n|---|---|---|---|---|\n");
    for (Rule rule : inOrder()) {
      page.append("| ").append(packOf(rule)).append(" | [").append(rule.id());
      page.append("](#").append(rule.id()).append(") | ").append(rule.title()).append(" | ");
      page.append(rule.card().status().text()).append(" | ").append(farthest(rule));
      page.append(" |\n");
    }
    for (Rule rule : inOrder()) {
      append(page, rule);
    }
    return page.toString();
  }

  private static List<Rule> inOrder() {
    List<Rule> rules = new ArrayList<>();
    for (String pack : PACKS) {
      shipped().stream().filter(rule -> packOf(rule).equals(pack)).forEach(rules::add);
    }
    assertEquals(shipped().size(), rules.size(), "every pack is in " + PACKS);
    return rules;
  }

  /// A card names the pack with its version.
  private static String packOf(Rule rule) {
    return rule.card().pack().split(" ", 2)[0];
  }

  private static String farthest(Rule rule) {
    Rung last = rule.ladder().getLast();
    Remedy remedy = last.remedy();
    String kinds = rule.actsOn().stream().map(WorkloadKind::text).collect(Collectors.joining(", "));
    return (remedy.acts() ? remedy.verb() + " at " : "warn at ")
        + Spans.text(last.after())
        + (remedy.acts() ? " (" + kinds + ")" : "");
  }

  private static void append(StringBuilder page, Rule rule) throws IOException {
    page.append("\n## ").append(rule.id()).append("\n\n").append(rule.title()).append(" (");
    page.append(rule.severity().text()).append(", ").append(rule.card().status().text());
    page.append(", version ").append(rule.version()).append("; [runbook](runbooks.md#");
    page.append(rule.id()).append(")).\n\n**Evidence.** ").append(rule.why());
    page.append("\n\n**Risk.** ").append(rule.card().risk());
    page.append("\n\n**Looks the same and is no finding.** ");
    page.append(String.join(" ", rule.card().falsePositives()));
    page.append("\n\n**Asks for** ").append(asked(rule)).append(".\n\n```text\n");
    page.append(source(rule)).append("```\n\n**Tried on**");
    Matcher names =
        NAME.matcher(Files.readString(Repository.file(SCENARIOS + rule.id() + ".yaml")));
    List<String> tried = names.results().map(found -> found.group(1)).toList();
    page.append(tried.size() == 1 ? " one case: " : " " + tried.size() + " cases: ");
    page.append(String.join("; ", tried)).append(".\n");
  }

  private static String asked(Rule rule) {
    SortedSet<String> words = new TreeSet<>();
    rule.patterns()
        .forEach(
            pattern ->
                Conditions.features(pattern.condition())
                    .forEach(feature -> words.add("`" + word(feature) + "`")));
    return String.join(", ", words);
  }

  private static String word(Feature feature) {
    return switch (feature) {
      case Feature.OfWindow window -> window.signal().text();
      case Feature.OfQuantile of -> of.signal().text();
      case Feature.OfAttribute of -> of.attribute().text();
      case Feature.OfCost _ -> "cost.rate";
      case Feature.OfTimes times -> times.text();
    };
  }

  /// The lines of the rule's file that say what is judged, as they stand there.
  private static String source(Rule rule) throws IOException {
    String file = Files.readString(Repository.file(FOLDER + packOf(rule) + ".yaml"));
    StringBuilder shown = new StringBuilder();
    boolean inRule = false;
    boolean inKey = false;
    for (String line : file.lines().toList()) {
      boolean comment = line.startsWith("  #");
      if (line.startsWith("  - id: ")) {
        inRule = line.equals("  - id: " + rule.id());
        inKey = false;
      } else if (line.startsWith("    ") && line.charAt(4) != ' ' && line.charAt(4) != '#') {
        inKey = SHOWN.contains(line.strip().split(":", 2)[0]);
      }
      if (inRule && inKey && !comment && !line.isBlank()) {
        shown.append(line.substring(4)).append('\n');
      }
    }
    return shown.toString();
  }
}
