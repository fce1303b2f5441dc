package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.Place;
import dev.reeve.config.Value;
import dev.reeve.json.Json;
import dev.reeve.model.Attribute;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Unit;
import dev.reeve.rules.drl.DrlCode;
import dev.reeve.rules.drl.Explained;
import dev.reeve.rules.yaml.RuleKeys.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The pages hold what the reader knows. Run with -Dwrite.pages=true to write them anew.
class RulePagesTest {
  private static final String BEGIN =
      "<!-- generated from the reader's keys and the model's words -->\n";
  private static final String END = "<!-- end of the generated part -->\n";

  @Test
  void showsEveryKeySignalAndAttribute() throws IOException {
    String written = Files.readString(Repository.file("docs/rules.md"));
    int begin = written.indexOf(BEGIN) + BEGIN.length();
    String fresh =
        written.substring(0, begin) + reference() + written.substring(written.indexOf(END));
    assertFresh("docs/rules.md", fresh);
  }

  @Test
  void explainsEveryCode() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# What can be wrong with a rule file\n\n");
    page.append(
        "Generated from the reader. Codes are stable; a warning keeps no file from loading.\n");
    for (Explained code : codes()) {
      page.append("\n## ").append(code.text()).append(": ").append(code.title());
      page.append(code.warning() ? " (warning)" : "").append("\n\n");
      page.append(code.why()).append("\n\nInstead: ").append(code.instead()).append('\n');
    }
    assertFresh("docs/rule-errors.md", page.toString());
  }

  private static List<Explained> codes() {
    List<Explained> codes = new ArrayList<>(List.of(RuleCode.values()));
    codes.addAll(List.of(DrlCode.values()));
    return codes;
  }

  @Test
  void theSchemaFileIsWhatTheCommandPrints() throws IOException {
    assertFresh("docs/rules.schema.json", Json.write(RuleSchema.json()) + "\n");
  }

  @Test
  void codesAreUniqueAndAscend() {
    List<String> codes = codes().stream().map(Explained::text).toList();
    Set<String> sorted = new TreeSet<>(codes);
    assertEquals(codes, List.copyOf(sorted));
  }

  @Test
  void everyExampleOfThePageIsRight() throws IOException {
    List<String> files =
        Repository.fenced(Files.readString(Repository.file("docs/rules.md")), "yaml");
    assertTrue(files.size() >= 5, "examples were found");
    for (String file : files) {
      assertEquals("", Repository.read(file).report(), file);
    }
  }

  @Test
  void theExampleInDrlIsRight() throws IOException {
    String page = Files.readString(Repository.file("docs/rules.md"));
    List<String> yaml = Repository.fenced(page, "yaml drl");
    List<String> drl = Repository.fenced(page, "drl");
    assertEquals(1, yaml.size());
    assertEquals(1, drl.size());
    assertEquals("", Drl.read(yaml.getFirst(), drl.getFirst()).report());
  }

  @Test
  void everyConditionOfThePageIsRight() throws IOException {
    String page = Files.readString(Repository.file("docs/rules.md"));
    int lines = 0;
    for (String block : Repository.fenced(page, "condition")) {
      for (String line : block.lines().toList()) {
        assertTrue(readable(line), line);
        lines++;
      }
    }
    assertTrue(lines >= 5, "conditions were found");
  }

  private static boolean readable(String line) {
    for (SubjectKind kind :
        List.of(SubjectKind.WORKLOAD, SubjectKind.GPU, SubjectKind.RUN, SubjectKind.ENDPOINT)) {
      RuleProblems problems = new RuleProblems();
      problems.source(new SourceText("f", line));
      Value.Written written = new Value.Written(0, line.length(), Value.Form.PLAIN);
      Value scalar = new Value.Scalar(line, Value.Kind.TEXT, new Place("f", 1, 1), written);
      if (new ConditionReader(problems, kind, new Parameters()).read(scalar, "").isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static void assertFresh(String name, String fresh) throws IOException {
    Path page = Repository.file(name);
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(page, fresh);
    }
    assertFalse(fresh.isEmpty());
    assertEquals(fresh, Files.readString(page), name + " is stale: -Dwrite.pages=true");
  }

  private static String reference() {
    StringBuilder page = new StringBuilder();
    for (RuleKeys.Shape shape : RuleKeys.SHAPES) {
      page.append("\n## Keys of a ").append(shape.name()).append("\n\n");
      page.append("| key | value | | meaning |\n|---|---|---|---|\n");
      for (RuleKeys.Key key : shape.keys()) {
        page.append("| `").append(key.name()).append("` | ").append(words(key.type()));
        page.append(key.required() ? " | required | " : " | | ").append(key.meaning());
        page.append(" |\n");
      }
    }
    page.append(
        "\n## Signals\n\n| signal | unit | of | witness | meaning |\n|---|---|---|---|---|\n");
    for (Signal signal : Signal.values()) {
      if (signal != Signal.COST_RATE) {
        String of =
            signal.histogram()
                ? "endpoint"
                : signal.ofEndpoints()
                    ? "workload, endpoint"
                    : signal.text().startsWith("gpu.") ? "workload, gpu" : "workload";
        page.append("| `").append(signal.text()).append("` | ").append(words(signal.unit()));
        page.append(" | ").append(of).append(" | ").append(signal.group().text());
        page.append(" | ").append(signal.meaning());
        page.append(signal.counter() ? " (counter: `increase`)" : "");
        page.append(signal.histogram() ? " (histogram: `p50`, `p90`, `p95`, `p99`)" : "");
        page.append(" |\n");
      }
    }
    page.append("\n## Attributes\n\n| attribute | unit | of | witness | meaning |\n");
    page.append("|---|---|---|---|---|\n");
    for (Attribute attribute : Attribute.values()) {
      page.append("| `").append(attribute.text()).append("` | ").append(words(attribute.unit()));
      page.append(" | ").append(attribute.kind().text()).append(" | ");
      page.append(attribute.group().text()).append(" | ").append(attribute.meaning());
      page.append(" |\n");
    }
    page.append(
        "| `cost.rate` | money an hour, such as 5 USD/h | workload, gpu, run, endpoint | none | ");
    page.append("what it costs in an hour, in the currency that it is compared with |\n");
    page.append("| `workload.kind` | ").append(String.join(", ", RuleKeys.KINDS));
    page.append(" | workload | none | what it is for; `==` and `in [...]` only |\n\n");
    return page.toString();
  }

  private static String words(Unit unit) {
    return Units.words(unit);
  }

  private static String words(Type type) {
    return switch (type) {
      case Type.Text text -> "text, up to " + String.format(Locale.ROOT, "%,d", text.longest());
      case Type.Whole _ -> "whole number from 1";
      case Type.Word word -> String.join(", ", word.words());
      case Type.Words words -> "list of " + String.join(", ", words.words());
      case Type.Time _ -> "time, such as 30m";
      case Type.Texts _ -> "text or list of texts";
      case Type.When _ -> "condition";
      case Type.Ladder _ -> "list of steps";
      case Type.Values _ -> "names, each with a number or with the keys of a parameter";
      case Type.One one -> "keys of a " + one.shape().name();
      case Type.Many many -> "list, each with the keys of a " + many.shape().name();
      case Type.Quantity _ -> "number with a unit";
    };
  }
}
