package dev.reeve.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
  @ParameterizedTest
  @CsvSource({
    "plain, 5",
    "\u00e9\u00df, 2",
    "e\u0301, 1",
    "\u6f22\u5b57, 4",
    "\u3042\u30ab, 4",
    "\ud55c, 2",
    "\u1112\u1161\u11ab, 2",
    "\uff21, 2",
    "\uff71, 1",
    "\ud83d\ude00, 2",
    "\ud840\udc00, 2",
    "a\u200bb, 2",
    "\u2665, 1",
  })
  void countsWhatATerminalShows(String text, int columns) {
    assertEquals(columns, Columns.of(text));
  }

  @Test
  void theCaretOfAConfigurationStandsUnderItsPlace(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("reeve.yaml");
    Files.writeString(file, "http: {\"\u6f22\": 1, portt: 2}\n");
    Configuration read = ConfigReader.read(file);
    ReeveConfig.read(read.root(), dev.reeve.config.Host.current());
    read.finish();
    String text = read.problems().text();
    assertTrue(
        text.contains("    1 | http: {\"\u6f22\": 1, portt: 2}\n      | " + " ".repeat(16) + "^\n"),
        text);
  }
}
