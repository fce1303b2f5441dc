package dev.reeve.rules.yaml;

import dev.reeve.rules.yaml.HostileFiles.Bytes;
import dev.reeve.rules.yaml.HostileFiles.Hostile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** DRL that runs code in the full language, each with the code and line of its refusal. */
final class HostileDrl {
  /** Expressions that do something wherever they are evaluated, in several disguises. */
  static final List<String> PAYLOADS =
      List.of(
          "System.setProperty(\"reeve.canary\", \"x\") == null",
          "java.lang.System.setProperty('reeve.canary', 'x') == null",
          "java . lang . /* */ System . setProperty('reeve.canary', 'x') == null",
          "System.<Object>setProperty('reeve.canary', 'x') == null",
          "new java.io.File(\"CANARY\").createNewFile()",
          "new java.net.Socket(\"127.0.0.1\", PORT) != null",
          "Runtime.getRuntime().exec('touch CANARY') != null",
          "eval(System.setProperty(\"reeve.canary\", \"x\") == null)",
          "String.class.forName('x') != null",
          "this.getClass().getClassLoader() != null",
          "this#Object.hashCode() > 0",
          "((Object) this).hashCode() > 0");

  private static final List<String> ATTRIBUTES =
      List.of(
          "salience 10",
          "salience (System.setProperty(\"reeve.canary\", \"x\") == null ? 1 : 2)",
          "enabled (System.setProperty(\"reeve.canary\", \"x\") == null)",
          "timer (expr: System.setProperty(\"reeve.canary\", \"x\"))",
          "timer (int: 0s 1s)",
          "no-loop true",
          "lock-on-active",
          "agenda-group \"a\"",
          "ruleflow-group \"a\"",
          "activation-group \"a\"",
          "auto-focus true",
          "duration 1",
          "calendars \"a\"",
          "date-effective \"1-Jan-2000\"",
          "dialect \"mvel\"",
          "extends \"other\"",
          "attributes",
          "@expires(1h)",
          "@Propagation(ALL)",
          "@ /* */ x");

  private static final List<String> STATEMENTS =
      List.of(
          "package a.b;",
          "import java.lang.Runtime;",
          "import static java.lang.System.setProperty;",
          "import function java.lang.System.setProperty;",
          "import accumulate java.lang.Object f;",
          "/* */ import java.util.*;",
          "function int f() { System.setProperty(\"reeve.canary\", \"x\"); return 1; }",
          "declare X f : String = System.setProperty(\"reeve.canary\", \"x\") end",
          "declare trait X end",
          "declare enum X A end",
          "query q() $w : Workload() end",
          "global java.util.List list;",
          "dialect \"mvel\";",
          "unit X;",
          "template header",
          "expander x.dsl");

  private static final List<String> CONSEQUENCES =
      List.of(
          "System.setProperty(\"reeve.canary\", \"x\");",
          "decide.terminate($w); System.setProperty(\"reeve.canary\", \"x\");",
          "decide.terminate($w); decide.terminate($w);",
          "decide.terminate($w, System.setProperty(\"reeve.canary\", \"x\"));",
          "decide.terminate(System.setProperty(\"reeve.canary\", \"x\"));",
          "decide.getClass().forName(\"x\");",
          "decide.terminate($w).getClass();",
          "decide.terminate($w.getClass());",
          "decide.terminate((Object) $w);",
          "decide.terminate(new Object());",
          "this.decide.terminate($w);",
          "insert(new Object());",
          "update($w);",
          "delete($w);",
          "drools.halt();",
          "while (true) { }",
          "{ decide.terminate($w); }",
          "if (true) decide.terminate($w);",
          "int x = 1; decide.terminate($w);",
          "decide.terminate($x);",
          "decide.terminate(\"w\");",
          "decide.terminate($w)",
          ";",
          "");

  private final List<Hostile> files = new ArrayList<>();

  private HostileDrl() {}

  static List<Hostile> all(Canaries canaries) {
    HostileDrl all = new HostileDrl();
    for (String payload : PAYLOADS) {
      all.code(canaries.aimed(payload));
    }
    all.around();
    all.conditions();
    all.comparisons();
    all.texts();
    return all.files;
  }

  private void add(String text, String code, int line) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    files.add(new Hostile(text.lines().limit(6).toList().toString(), new Bytes(bytes), code, line));
  }

  private void inside(String constraints, String code) {
    add(Drl.of(constraints), code, 3);
  }

  /** In each place of a constraint and of a pattern. */
  private void code(String payload) {
    inside(payload, "RV0913");
    inside("workload_gpus > 1, " + payload, "RV0913");
    inside("workload_gpus > 1 || " + payload, "RV0913");
    inside("workload_gpus > 1 && (" + payload + ")", "RV0913");
    inside("workload_gpus > 1 /* as\n it is */,\n" + payload, "RV0913");
    Hostile moved = files.removeLast();
    files.add(new Hostile(moved.name(), moved.bytes(), moved.code(), 5));
    String from = Drl.RULE.replace("CONSTRAINTS)", "workload_gpus > 1) from " + payload);
    add(from, "RV0913", 3);
    add(Drl.RULE.replace("$w : Workload(CONSTRAINTS)", "eval(" + payload + ")"), "RV0913", 3);
  }

  private void around() {
    String right = Drl.of("workload_gpus > 1");
    for (String statement : STATEMENTS) {
      add(statement + "\n" + right, "RV0908", 1);
      add(right + "\n// and\n" + statement + "\n", "RV0908", 9);
    }
    for (String attribute : ATTRIBUTES) {
      add(right.replace("\nwhen", "\n" + attribute + "\nwhen"), "RV0909", 2);
    }
    add("@Watch(x)\n" + right, "RV0909", 1);
    add(right.replace("(workload_gpus > 1)", "(workload_gpus > 1) @watch(x)"), "RV0909", 3);
    for (String consequence : CONSEQUENCES) {
      int line = consequence.isEmpty() || consequence.endsWith("($w)") ? 6 : 5;
      add(right.replace("decide.terminate($w);", consequence), "RV0916", line);
    }
    add(right + right, "RV0904", 7);
    add(right.replace("\nend\n", "\n"), "RV0916", 5);
    add("rule special when then decide.warn($w); end\n", "RV0907", 1);
    add("rule \"special\" when then decide.warn($w); end\n", "RV0907", 1);
    add("rule \"special\" then decide.warn($w); end\n", "RV0907", 1);
  }

  private void pattern(String text, String code) {
    add(Drl.RULE.replace("$w : Workload(CONSTRAINTS)", text), code, 3);
  }

  private void conditions() {
    for (String absence : List.of("not", "forall", "not(", "forall(", "!", "/**/not")) {
      pattern(absence + " Workload(workload_gpus > 1)", "RV0910");
      pattern("$w : Workload(workload_gpus > 1) " + absence + " Gpu(gpu_unheld > 1)", "RV0910");
    }
    inside("!(workload_gpus > 1)", "RV0910");
    inside("not workload_gpus > 1", "RV0910");
    pattern("exists Workload(workload_gpus > 1)", "RV0912");
    pattern("$w : Workload(workload_gpus > 1) exists(Gpu(gpu_unheld > 1))", "RV0912");
    for (String counting :
        List.of(
            "accumulate(Workload(); $n : count(1))",
            "acc(Workload(); $n : count(1))",
            "groupby(Workload(); 1; $n : count(1))",
            "$n : count(Workload())",
            "$n : collect(Workload())",
            "$w : Workload(workload_gpus > 1) over window:time(1h)",
            "accumulate(String(), init(System.setProperty(\"reeve.canary\", \"x\");))")) {
      pattern(counting, "RV0911");
    }
    pattern("$w : Workload(workload_gpus > 1) from collect(Workload())", "RV0913");
    pattern("$w : Workload(workload_gpus > 1) from entry-point \"x\"", "RV0913");
    pattern("$w : Workload(workload_gpus > 1) or $g : Gpu(gpu_unheld > 1)", "RV0919");
    pattern("($w : Workload(workload_gpus > 1) or $g : Gpu(gpu_unheld > 1))", "RV0919");
    pattern("(or $w : Workload(workload_gpus > 1))", "RV0919");
  }

  private void comparisons() {
    for (String operator :
        List.of(
            "matches \"(a+)+\"",
            "memberOf $x",
            "soundslike \"x\"",
            "contains \"x\"",
            "in (1, 2)",
            "str[startsWith] \"x\"",
            "after $x",
            "excludes \"x\"",
            "between 1")) {
      inside("workload_gpus " + operator, "RV0914");
    }
    inside("workload_gpus not in (1, 2)", "RV0914");
    inside("workload_gpus instanceof Integer", "RV0913");
    inside("workload_gpus != 1", "RV0915");
    inside("workload_kind != \"training\"", "RV0915");
    inside("workload_kind == \"unknown\"", "RV0418");
    inside("workload_kind == \"training\\u0022\"", "RV0906");
    inside("workload_kind == workload_gpus", "RV0907");
    inside("workload_gpus == 3", "RV0411");
    inside("workload_gpus > 1 > 2", "RV0907");
    inside("workload_gpus > 1 || < 2", "RV0907");
    inside("workload_gpus = 3", "RV0907");
    inside("$n : workload_gpus > 3", "RV0907");
    inside("workload_gpus > $n", "RV0501");
    inside("owner == \"root\"", "RV0921");
    inside("owner == $w.subject", "RV0921");
    inside("", "RV0907");
    inside("gpus[0] > 1", "RV0913");
    inside("workload.gpus > 1", "RV0913");
    inside("gpu_power_max_30m > 1.5f", "RV0922");
    inside("gpu_power_max_30m > 9$", "RV0922");
    inside("gpu_power_max_30m > 0x10", "RV0922");
    inside("gpu_power_max_30m > 1e308", "RV0922");
    inside("gpu_power_max_30m > 9999999999999999", "RV0403");
    inside("gpu_power_max_99h > 1", "RV0407");
    inside("gpu_power_max_30$m > 1", "RV0403");
    inside("gpu_power_p99_30m > 1", "RV0406");
    inside("gpu_power_p42_30m > 1", "RV0405");
    inside("endpoint_ttft_p95_1h > 1", "RV0412");
    inside("gpu_power_30m > 1", "RV0917");
    inside("cost_rate_qqq > 1", "RV0917");
    inside("gpu_unheld > 1", "RV0412");
    inside("1 < 2", "RV0413");
    inside("gpu_power_max_30m + gpu_utilization_max_30m > 1", "RV0408");
    inside("cost_rate_usd > cost_rate_eur", "RV0917");
  }

  private void texts() {
    String right = Drl.of("workload_gpus > 1");
    pattern("$w : String()", "RV0918");
    pattern("$w : java.lang.String()", "RV0913");
    pattern("$w : List<String>()", "RV0913");
    pattern("Workload(workload_gpus > 1)", "RV0907");
    pattern("$w : Workload(workload_gpus > 1) $g : Gpu(gpu_unheld > 1)", "RV0921");
    pattern("$w : Workload(workload_gpus > 1) $w : Gpu(owner == $w.subject)", "RV0907");
    pattern("?q($w;)", "RV0907");
    add(right.replace("Workload", "W\\u006frkload"), "RV0906", 3);
    add(right.replace("Workload", "W\u043erkload"), "RV0906", 3);
    add(right.replace("rule", "\\u0072ule"), "RV0906", 1);
    add("/* never closed\n" + right, "RV0907", 1);
    add("rule \"never closed\n" + right, "RV0907", 1);
    add(right + "/*/ end\n", "RV0907", 7);
    add(right.replace("when", "when \u202e"), "RV0009", 2);
    add(right.replace("when", "when \u0000"), "RV0009", 2);
    add(right + "x".repeat(1_001), "RV0905", 7);
    add(right + "// a comment of a line\n".repeat(3_000), "RV0905", 1);
    inside("(".repeat(40) + "workload_gpus > 1" + ")".repeat(40), "RV0905");
    inside("(".repeat(400) + "workload_gpus > 1" + ")".repeat(400), "RV0905");
    inside("- ".repeat(300) + "workload_gpus > 1", "RV0905");
    inside("workload_gpus" + " + 1".repeat(9) + " > 1", "RV0905");
    add("", "RV0903", 10);
    files.removeLast();
    add("# a comment of old\n" + right, "RV0907", 1);
    add("rule 'special' when\n" + "$w".repeat(200) + "\n", "RV0907", 2);
    add("end end end\n" + right, "RV0907", 1);
    add("ruel \"special\" when\n", "RV0907", 1);
  }
}
