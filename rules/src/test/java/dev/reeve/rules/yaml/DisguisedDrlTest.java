package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever code looks like, it is refused where it stands. */
class DisguisedDrlTest {
  @TempDir private Path folder;

  @Test
  void everyConstructInEveryDisguiseIsRefusedWhereItStandsAndNothingRuns() throws IOException {
    try (Canaries canaries = new Canaries(folder)) {
      List<String> wrong = new ArrayList<>();
      List<DisguisedDrl.File> files = DisguisedDrl.all(canaries);
      assertTrue(files.size() >= 400, "there are " + files.size());
      for (DisguisedDrl.File file : files) {
        RuleSources.Loaded loaded = Drl.read(file.text());
        boolean right =
            loaded.problems().errors().stream()
                .anyMatch(
                    of ->
                        of.code().text().equals(file.code())
                            && of.place().file().endsWith(".drl")
                            && file.within(of.place().line(), of.place().column()));
        if (!right || loaded.ok() || loaded.rules().stream().anyMatch(DisguisedDrlTest::ours)) {
          wrong.add(file.name() + ": not " + file.code() + " but " + places(loaded));
        }
      }
      assertEquals("", String.join("\n", wrong));
      assertEquals(Set.of(), canaries.sung());
    }
  }

  private static boolean ours(dev.reeve.model.Rule rule) {
    return rule.id().equals("special");
  }

  private static List<String> places(RuleSources.Loaded loaded) {
    return loaded.problems().errors().stream()
        .map(of -> of.code().text() + ":" + of.place().line() + ":" + of.place().column())
        .toList();
  }
}
