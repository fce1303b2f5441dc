package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.rules.drl.DrlFile;
import dev.reeve.rules.drl.DrlRule;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.junit.jupiter.api.Test;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** By seed; a failure names it. */
class DrlFuzzTest {
  private static final long SEED = Long.getLong("reeve.seed", 20260301);
  private static final String[] BITS = {
    "rule \"special\"",
    "when",
    "then",
    "end",
    "$w : Workload(",
    "$g : Gpu(owner == $w.subject, ",
    ")",
    "(",
    ", ",
    " && ",
    " || ",
    "workload_gpus",
    "gpu_power_max_30m",
    "cost_rate_usd",
    "workload_kind == \"training\"",
    " < ",
    " >= ",
    " == ",
    " != ",
    "1",
    "0.5",
    " + ",
    " * ",
    " - ",
    "decide.terminate($w);",
    "decide.warn($g);",
    "not ",
    "exists ",
    "eval(",
    " from ",
    "/*",
    "*/",
    "// x\n",
    "\n",
    "\"",
    "'",
    "\\",
    "$",
    "@",
    ".",
    ";",
    "\u00e9",
    "accumulate(",
    "salience 1"
  };

  private static String base() {
    return """
    // a comment
    rule "special"
    when
      $w : Workload(workload_kind == "training", gpu_engine_active_max_30m < 0.01 /* so */,
          (workload_gpus > 2 || workload_gpus < 9) && gpu_power_mean_10m < 0.5 * gpu_power_max_1h)
      $g : Gpu(owner == $w.subject, gpu_power_max_30m + 1 < 75)
    then
      decide.terminate($w);
    end
    """;
  }

  private static String mutated(Random random, int times) {
    StringBuilder text = new StringBuilder(base());
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, to);
        case 1 -> text.insert(at, BITS[random.nextInt(BITS.length)]);
        case 2 -> text.replace(at, to, BITS[random.nextInt(BITS.length)]);
        default -> text.insert(at, text.substring(at, to));
      }
      if (text.isEmpty()) {
        text.append('x');
      }
    }
    return text.toString();
  }

  @Test
  void noTextMakesTheGateThrow() {
    Random random = new Random(SEED);
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          int right = 0;
          for (int i = 0; i < 4_000; i++) {
            String text = mutated(random, 1 + random.nextInt(6));
            RuleSources.Loaded loaded = Drl.read(text);
            assertNotNull(loaded.report());
            long lines = text.chars().filter(c -> c == '\n').count() + 1;
            for (RuleProblem problem : loaded.problems().list()) {
              int line = problem.place().line();
              boolean inside = line >= 1 && (line <= lines || problem.place().file().endsWith("l"));
              assertTrue(inside, problem + ", seed " + SEED + "\n" + text);
            }
            right += loaded.ok() ? 1 : 0;
          }
          assertTrue(right > 10 && right < 3_900, right + " were right, seed " + SEED);
        });
  }

  @Test
  void noRowOfWordsMakesTheGateThrow() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(30); k >= 0; k--) {
        text.append(BITS[random.nextInt(BITS.length)]).append(random.nextBoolean() ? " " : "");
      }
      DrlFile file = DrlFile.read(text.toString());
      boolean said = !file.refused().isEmpty() || !file.rules().isEmpty();
      boolean nothing = text.indexOf("/") >= 0 || text.toString().isBlank();
      assertTrue(said || nothing, text + ", seed " + SEED);
    }
  }

  /** Two parsers may read one text differently: what one lets through, the other must know. */
  @Test
  void whatTheGateAcceptsTheEnginesParserReadsAsTheSamePatterns() throws Exception {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < 6_000; i++) {
      String text = mutated(random, random.nextInt(5));
      DrlFile file = DrlFile.read(text);
      if (!file.refused().isEmpty() || file.rules().isEmpty()) {
        continue;
      }
      accepted++;
      DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
      PackageDescr read = parser.parse(false, text);
      assertEquals(List.of(), parser.getErrors(), text + ", seed " + SEED);
      assertEquals(file.rules().size(), read.getRules().size(), text + ", seed " + SEED);
      for (int k = 0; k < file.rules().size(); k++) {
        DrlRule mine = file.rules().get(k);
        RuleDescr theirs = read.getRules().get(k);
        assertEquals(mine.id(), theirs.getName(), text + ", seed " + SEED);
        int patterns = theirs.getLhs().getDescrs().size();
        assertEquals(mine.parts().size(), patterns, text + ", seed " + SEED);
      }
    }
    assertTrue(accepted > 200, accepted + " were accepted, seed " + SEED);
  }
}
