package dev.reeve.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// docs/configuration.md holds what the records read. Run with -Dwrite.pages=true to write it anew.
final class ConfigurationPageTest {
  private static final String BEGIN = "<!-- generated from the records that read the keys -->\n";
  private static final String END = "<!-- end of the generated part -->\n";

  @Test
  void isWhatTheRecordsRead() throws IOException {
    Path page = page();
    String written = Files.readString(page);
    int begin = written.indexOf(BEGIN) + BEGIN.length();
    int end = written.indexOf(END);
    String fresh = written.substring(0, begin) + table() + written.substring(end);
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(page, fresh);
    }
    assertEquals(
        fresh, Files.readString(page), page + " is stale: run this with -Dwrite.pages=true");
  }

  @Test
  void saysOfEachKeyWhatItIsFor() {
    for (Setting setting : settings()) {
      assertFalse(setting.meaning().isEmpty(), setting.path());
    }
  }

  /// An example that is refused, or that holds a key that nobody reads, costs trust.
  @Test
  void showsExamplesThatLoad() throws IOException {
    String page = Files.readString(page());
    int begin = page.indexOf("```yaml") + 7;
    assertLoads(page.substring(begin, page.indexOf("```", begin)));
    String guards = Files.readString(page().resolveSibling("guards.md"));
    int example = guards.indexOf("```yaml") + 7;
    assertLoads(guards.substring(example, guards.indexOf("```", example)));
    Path shipped = page().resolveSibling("../packaging/src/main/config/reeve.yaml");
    assertLoads(Files.readString(shipped));
    assertLoads(Files.readString(shipped).replaceAll("(?m)^#(?=\\S|  )", ""));
  }

  private static void assertLoads(String example) {
    Configuration configuration = ConfigReader.parse(Path.of("example.yaml"), example);
    ReeveConfig.read(configuration.root(), new Host("HOST", true, Map.of()));
    List<Problem> problems =
        configuration.finish().list().stream()
            .filter(problem -> !problem.key().equals("prices"))
            .toList();
    assertEquals(List.of(), problems);
  }

  private static String table() {
    var table = new StringBuilder("\n| key | kind | default | meaning |\n|---|---|---|---|\n");
    for (Setting setting : settings()) {
      String value = setting.value().isEmpty() ? "" : "`" + setting.value() + "`";
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(setting.path(), setting.type(), value, setting.meaning()));
    }
    return table.append('\n').toString();
  }

  private static List<Setting> settings() {
    Configuration configuration = ConfigReader.nothing();
    ReeveConfig.read(configuration.root(), new Host("HOST", true, Map.of()));
    return configuration.settings();
  }

  private static Path page() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return folder.resolve("docs/configuration.md");
  }
}
