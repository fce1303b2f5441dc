package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LessCommonMistakesTest {
  private static final String LADDER =
      "ladder: [warn at 30m, downsize to 1 at 50m, migrate to spot-pool at 1h, terminate at 2h]";
  private static final String JOINED =
      """
      pack: {name: site, version: 1}
      rules:
        - id: pair
          version: 1
          title: Pair
          severity: info
          status: stable
          why: because
          risk: none
          subjects:
            - {as: w, is: workload, when: workload.gpus > 1}
            - {as: g, is: gpu, join: g.owner == w.subject, when: gpu.unheld > 1h}
          target: g
          ladder: [warn at 30m]
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "LADDER; ladder: [suspend at 30m]; RV0303:25",
        "LADDER; ladder: [warn at 30m, warn at 1h, terminate at 2h]; RV0304:25",
        "LADDER; ladder: [warn at 30m, suspend at 2h, terminate at 2h]; RV0310:25",
        "LADDER; ladder: [warn at 30m, terminate at 2]; RV0309:25",
        "LADDER; ladder: [warn at 30m, terminate at 31d]; RV0309:25",
        "LADDER; ladder: [warn at 30m, downsize to 0 at 2h]; RV0301:25",
        "LADDER; ladder: [warn at 30m, downsize at 2h]; RV0301:25",
        "LADDER; ladder: [warn at 30m, terminate in 2h]; RV0301:25",
        "LADDER; ladder: [warn at 30m]; RV0307:26",
        "min_notice: 20m; min_notice: ; RV0308:25",
        "acts_on: [training, batch]; acts_on: ; RV0306:25",
        "< $below; < 1%; RV0502:13",
        "default: 1%; default: [1]; RV0112:14",
        "default: 1%; default: max(gpu.power, 5m); RV0503:14",
        "value: 5%; value: 5 W; RV0503:16",
        "group: ml-*,; group: ml-*, owner: a,; RV0503:16",
        "group: ml-*,; ; RV0503:16",
        "gpu.utilization, 30m; gpu.utilization, $below; RV0504:21",
        "$below; $belw; RV0501:20",
      })
  void ofOneSubject(String from, String to, String expected) {
    String replaced = to == null ? "" : to;
    assertFound(
        PackReaderTest.RULE.replace(from.equals("LADDER") ? LADDER : from, replaced), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "join: g.owner == w.subject, ; ; RV0602:12",
        "g.owner == w.subject; g.owner = w.subject; RV0602:12",
        "g.owner == w.subject; g.owner == w.name; RV0602:12",
        "g.owner == w.subject; g.owner == x.subject; RV0603:12",
        "{as: w,; {as: w, join: w.owner == g.subject,; RV0602:11",
        "target: g; target: x; RV0603:13",
        "target: g; target: ; RV0111:3",
        "{as: g,; {as: w,; RV0604:12",
        "{as: g,; {as: G1,; RV0604:12",
        "target: g; subject: gpu; RV0605:3",
        "is: gpu; is: node; RV0601:12",
        "target: g; target: g\\n    params: {x: {default: 1h, cases: [{owner: a, value: 2h}]}};"
            + " RV0502:14",
        "> 1h}; > $x}\\n    params: {x: {default: 1h, cases: [{owner: a, value: 2h}]}}; RV0506:12",
        "target: g; target: g\\n    except: [{owner: a, gpu_model: b, when: gpu.unheld > 2h}];"
            + " RV0506:14",
        "target: g; target: g\\n    except: [{}]; RV0421:14",
        "ladder: [warn at 30m]; ladder: [warn at 30m]\\noverrides: [{rule: pear}]; RV0701:15",
        "status: stable; status: deprecated; RV0802:7",
      })
  void ofSeveralSubjects(String from, String to, String expected) {
    assertFound(JOINED.replace(from, to == null ? "" : to.replace("\\n", "\n")), expected);
  }

  private static void assertFound(String text, String expected) {
    List<String> found =
        Repository.read(text).problems().list().stream()
            .map(of -> of.code().text() + ":" + of.place().line())
            .toList();
    assertTrue(found.contains(expected), expected + " is not among " + found + "\n" + text);
  }

  @Test
  void whatTheyAreMadeOfIsRight() {
    assertEquals("", Repository.read(JOINED).report());
    assertEquals("", Repository.read(PackReaderTest.RULE).report());
  }
}
