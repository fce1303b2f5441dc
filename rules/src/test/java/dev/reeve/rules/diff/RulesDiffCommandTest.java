package dev.reeve.rules.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.CommandLineInterface;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as the launcher finds it. */
class RulesDiffCommandTest {
  private static final String RULE =
      """
      pack: {name: site, version: 1}
      rules:
        - id: weak-use
          version: 1
          title: Uses little of what it holds
          severity: info
          status: stable
          why: Half of them run above 40 %.
          risk: What is not saved is lost.
          params:
            window: 2h
            weak_below:
              default: 20%
              cases:
                - {group: ml-research, value: 5%}
          subject: workload
          when:
            all:
              - workload.kind in [training, batch]
              - max(gpu.utilization, $window) < $weak_below
              - max(gpu.engine_active, 1h) < 1%
              - any: [cost.rate > 5 USD/h, workload.gpus > 4]
          except:
            - {namespace: [kube-*, monitoring]}
          ladder: [warn at 2h, suspend at 3h]
          acts_on: [training]
          min_notice: 30m
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1h) < 1%|1h) < 2%|limit of max(gpu.engine_active, 1h) from 1% to 2% (looser: finds more)",
        "1h) < 1%|1h) < 0.5%|limit of max(gpu.engine_active, 1h) from 1% to 0.5% (tighter: finds"
            + " less)",
        "engine_active, 1h|engine_active, 30m|span of max(gpu.engine_active) from 1h to 30m (counts"
            + " as looser: it cannot be shown to find no more)",
        "1h) < 1%|1h) <= 1%|asks that max(gpu.engine_active, 1h) <= 1%, not that"
            + " max(gpu.engine_active, 1h) < 1% (looser: finds more)",
        "[training, batch]|[training]|finds workload.kind in [training], not workload.kind in"
            + " [training, batch] (tighter: finds less)",
        "value: 5%|value: 7%|limit of max(gpu.utilization, 2h): group ml-research from 5% to 7%"
            + " (counts as looser: it cannot be shown to find no more)",
        "default: 20%|default: 10%|limit of max(gpu.utilization, 2h): elsewhere from 20% to 10%"
            + " (counts as looser: it cannot be shown to find no more)",
        "group: ml-research|group: ml-lab|group ml-lab 5%, a new case; group ml-research no longer"
            + " 5%",
        "[cost.rate > 5 USD/h, workload.gpus > 4]|[workload.gpus > 4]|it is no longer enough that"
            + " cost.rate > 5 USD/h (tighter: finds less)",
        "workload.gpus > 4]|workload.gpus > 4, workload.gpus < 2]|it is now also enough that"
            + " workload.gpus < 2 (looser: finds more)",
        "- workload.kind in [training, batch]@||no longer asks that workload.kind in [training,"
            + " batch] (looser: finds more)",
        "- workload.kind in|- workload.gpus < 64@- workload.kind in|also asks that workload.gpus <"
            + " 64 (tighter: finds less)",
        "[kube-*, monitoring]|[kube-*]|excepts namespace kube-*, not namespace kube-* or monitoring"
            + " (looser: finds more)",
        "[kube-*, monitoring]}|[kube-*, monitoring]}@- {owner: ann, name: launch-*}|excepts name"
            + " launch-* with owner ann (tighter: finds less)",
        "suspend at 3h|suspend at 4h|suspend at 4h, 1h later (tighter: does less, or later)",
        "suspend at 3h|suspend at 150m|suspend at 2h30m, 30m sooner (looser: does more, or sooner)",
        "warn at 2h|warn at 1h|warn at 1h, 1h sooner",
        "suspend at 3h|suspend at 3h, terminate at 5h|new step: terminate at 5h (looser: does more,"
            + " or sooner)",
        "acts_on: [training]|acts_on: [training, batch]|acts on training, batch, not training"
            + " (looser: does more, or sooner)",
        "min_notice: 30m|min_notice: 1h|acts no sooner than 1h after a warning, not 30m (tighter:"
            + " does less, or later)",
        "severity: info|severity: info@limits: [{actions: 3, per: 1h, each: owner}]|limits itself"
            + " to actions 3 within 1h for each owner, not what the configuration allows (tighter:"
            + " does less, or later)",
        "severity: info|severity: info@mode: observe|mode from act to observe (tighter: does less,"
            + " or later)",
        "title: Uses|title: Wastes|title from \"Uses little of what it holds\" to \"Wastes little"
            + " of what it holds\"",
        "severity: info|severity: critical|severity from info to critical",
        "site, version: 1|site, version: 2|pack site from version 1 to 2",
      })
  void saysInWordsWhatChanged(String from, String to, String words) throws Exception {
    String gone = from.replace("@", "\n" + indent(from));
    String come = to == null ? "" : to.replace("@", "\n" + indent(from));
    String after = RULE.replace(gone, come);
    int exit = diff(RULE, after);
    assertEquals(1, exit, text());
    assertTrue(text().contains(words), text());
  }

  private static String indent(String from) {
    return from.startsWith("- w")
        ? " ".repeat(8)
        : from.startsWith("[") ? " ".repeat(6) : " ".repeat(4);
  }

  @Test
  void saysThatNothingDiffersWhereOnlyTheFormIsAnother() throws Exception {
    Path one = Files.createDirectories(folder.resolve("one"));
    Path two = Files.createDirectories(folder.resolve("two"));
    Files.writeString(one.resolve("a.yaml"), RULE);
    Files.writeString(
        two.resolve("z.yml"),
        "# moved\n" + RULE.replace("[kube-*, monitoring]", "\n        [ kube-*,  monitoring ]"));
    assertEquals(0, run("rules", "diff", one.toString(), two.toString()), text());
    assertTrue(text().startsWith("no difference: "), text());
  }

  @Test
  void saysWhatAReloadWouldDo() throws Exception {
    assertEquals(1, diff(RULE, RULE.replace("1h) < 1%", "1h) < 2%")));
    assertTrue(
        text()
            .contains(
                "a reload: warns at once, and observes for 2h before it may act; its episodes that"
                    + " are judged now expire and begin anew\n"),
        text());
    diff(RULE, RULE.replace("at 3h", "at 4h"));
    assertTrue(text().contains("a reload: takes effect at once; its episodes go on\n"), text());
    diff(RULE, RULE.replace("at 3h", "at 150m"));
    assertTrue(text().contains("observes for 2h before it may act; its episodes that"), text());
  }

  @Test
  void namesRulesThatCameWentOrWereTurnedOff() throws Exception {
    Path none = Files.createDirectories(folder.resolve("none"));
    Path one = Files.writeString(folder.resolve("one.yaml"), RULE);
    assertEquals(1, run("rules", "diff", none.toString(), one.toString()));
    assertTrue(text().contains("rule weak-use is new\n"), text());
    assertTrue(text().contains("pack site 1 is new\n"), text());
    assertEquals(1, run("rules", "diff", one.toString(), none.toString()));
    assertTrue(text().contains("rule weak-use is gone\n"), text());
    assertTrue(text().contains("its open episodes expire"), text());
    assertEquals(1, diff(RULE, RULE.replace("severity: info", "severity: info\n    mode: off")));
    assertTrue(text().contains("rule weak-use is turned off\n"), text());
    assertEquals(1, diff(RULE.replace("severity: info", "severity: info\n    mode: off"), RULE));
    assertTrue(text().contains("rule weak-use is turned on\n"), text());
    assertTrue(text().contains("observes for 2h before it may act\n"), text());
  }

  @Test
  void showsWhatAnOverrideMakesOfAShippedRule() throws Exception {
    Path none = Files.createDirectories(folder.resolve("none"));
    String override =
        "pack: {name: site, version: 1}\noverrides:\n  - {rule: idle-workload, params: {idle_below:"
            + " 2%}}\n";
    Path site = Files.writeString(folder.resolve("site.yaml"), override);
    assertEquals(1, run("rules", "diff", none.toString(), site.toString()));
    assertTrue(text().contains("rule idle-workload is looser\n"), text());
    assertTrue(text().contains("from 1% to 2% (looser: finds more)"), text());
  }

  @Test
  void saysTheSameToPrograms() throws Exception {
    Path old = Files.writeString(folder.resolve("old.yaml"), RULE);
    Path now = Files.writeString(folder.resolve("new.yaml"), RULE.replace("1h) < 1%", "1h) < 2%"));
    assertEquals(1, run("rules", "diff", "-o", "json", old.toString(), now.toString()));
    JsonObject json = Json.readObject(text().strip());
    assertEquals(1, json.whole("v").orElseThrow());
    assertEquals(false, json.bool("same").orElseThrow());
    String rule =
        "{\"rule\":\"weak-use\",\"change\":\"changed\",\"class\":\"looser\",\"pack\":\"site 1\","
            + "\"observes\":\"2h\",\"episodes\":\"expire\",";
    assertTrue(text().contains(rule), text());
    run("rules", "diff", "-o", "csv", old.toString(), now.toString());
    assertTrue(text().startsWith("rule,change,class,what,before,after,text,reload\r\n"), text());
    assertTrue(text().contains("\r\nweak-use,changed,looser,condition,"), text());
  }

  @Test
  void filesThatDoNotLoadAreTrouble() throws Exception {
    assertEquals(2, diff(RULE, RULE.replace("gpu.utilization", "gpu.utilisation")));
    assertEquals("", text());
    assertEquals(2, run("rules", "diff", folder.resolve("old.yaml").toString()));
    assertEquals(
        2, run("rules", "diff", folder.resolve("old.yaml").toString(), folder + "/nothing.yaml"));
  }

  private int diff(String before, String after) throws IOException {
    Path old = Files.writeString(folder.resolve("old.yaml"), before);
    Path now = Files.writeString(folder.resolve("new.yaml"), after);
    return run("rules", "diff", old.toString(), now.toString());
  }

  private int run(String... arguments) {
    out.reset();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      return CommandLineInterface.run(arguments);
    } finally {
      System.setOut(before);
    }
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
