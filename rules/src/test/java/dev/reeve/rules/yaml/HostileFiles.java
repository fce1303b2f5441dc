package dev.reeve.rules.yaml;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Files that attack the reader, each with the code and the line that it is to be refused with. */
final class HostileFiles {
  /** What sings if anything runs; to be {@link Canaries#aimed}. */
  static final List<String> PAYLOADS =
      List.of(
          "System.setProperty(\"reeve.canary\", \"x\")",
          "java.lang.System.setProperty('reeve.canary','x')",
          "Runtime.getRuntime().exec(\"touch CANARY\")",
          "new java.io.File(\"CANARY\").createNewFile()",
          "new java.net.Socket(\"127.0.0.1\", PORT)",
          "eval(System.setProperty(\"reeve.canary\", \"x\") == null)",
          "${T(java.lang.System).setProperty('reeve.canary','x')}",
          "#{systemProperties['reeve.canary']='x'}",
          "@{System.setProperty(\"reeve.canary\", \"x\")}",
          "\\u0053ystem.setProperty(\"reeve.canary\", \"x\")",
          "Sy/**/stem.setProperty(\"reeve.canary\", \"x\")",
          "(Object) System.<Object>setProperty(\"reeve.canary\", \"x\")",
          "x\" ) then System.setProperty(\"reeve.canary\",\"x\"); end //",
          "1 > 2 || System.setProperty(\"reeve.canary\", \"x\") == null",
          "accumulate(String(), init(System.setProperty(\"reeve.canary\", \"x\");))",
          "from System.setProperty(\"reeve.canary\", \"x\")",
          "function void f() { System.setProperty(\"reeve.canary\", \"x\"); }",
          "declare X f : String = System.setProperty(\"reeve.canary\", \"x\") end",
          "`touch CANARY`",
          "; import java.lang.Runtime;");

  /**
   * One file, as bytes.
   *
   * @param code how the code of a problem on that line begins
   */
  record Hostile(String name, Bytes bytes, String code, int line) {}

  /** Bytes that nobody else changes. */
  static final class Bytes {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    byte[] copy() {
      return bytes.clone();
    }
  }

  private final List<Hostile> files = new ArrayList<>();

  private HostileFiles() {}

  static List<Hostile> all(Canaries canaries) {
    HostileFiles all = new HostileFiles();
    for (int i = 0; i < PAYLOADS.size(); i++) {
      all.injected(i, canaries.aimed(PAYLOADS.get(i)));
    }
    all.yaml();
    all.values();
    all.encodings();
    all.sizes();
    all.negations();
    return all.files;
  }

  /** The rule of {@link PackReaderTest} with one of its lines in another form. */
  private void line(String name, String from, String to, String code) {
    String rule = PackReaderTest.RULE;
    int at = rule.indexOf(from);
    if (at < 0) {
      throw new AssertionError("the rule has no " + from);
    }
    int line = (int) rule.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    add(name, rule.replace(from, to), code, line);
  }

  /** The same, where the problem stands some lines further down. */
  private void below(String name, String from, String to, Later later) {
    line(name, from, to, later.code().text());
    Hostile last = files.removeLast();
    files.add(new Hostile(name, last.bytes(), last.code(), last.line() + later.lines()));
  }

  private record Later(int lines, RuleCode code) {}

  private void add(String name, String text, String code, int line) {
    files.add(new Hostile(name, new Bytes(text.getBytes(StandardCharsets.UTF_8)), code, line));
  }

  private static String quoted(String payload) {
    return "'" + payload.replace("'", "''") + "'";
  }

  /** Each payload in each place where a file is more than text for people. */
  private void injected(int number, String payload) {
    String of = quoted(payload);
    line("condition " + number, "max(gpu.utilization, 30m) < $below", of, "RV04");
    line("id " + number, "id: quiet", "id: " + of, RuleCode.BAD_ID.text());
    line("subject " + number, "subject: workload", "subject: " + of, RuleCode.BAD_SUBJECT.text());
    line("pattern " + number, "[kube-*, ci]", "[" + of + "]", RuleCode.BAD_PATTERN.text());
    line("step " + number, "warn at 30m", of, "RV030");
    line(
        "place " + number,
        "migrate to spot-pool at 1h",
        quoted("migrate to " + payload + " at 1h"),
        RuleCode.BAD_STEP.text());
    line(
        "kind " + number,
        "acts_on: [training, batch]",
        "acts_on: [" + of + "]",
        RuleCode.UNKNOWN_WORD.text());
    line("runbook " + number, "https://wiki.example.net/quiet", of, RuleCode.BAD_RUNBOOK.text());
    line("key " + number, "min_notice:", of + ":", RuleCode.UNKNOWN_KEY.text());
    line("number " + number, "default: 1%", "default: " + of, "RV0");
  }

  private void yaml() {
    line("anchor", "why: because", "why: &a because", RuleCode.ANCHOR.text());
    line("anchor of a list", "when:", "when: &a", RuleCode.ANCHOR.text());
    line("alias", "why: because", "why: *a", RuleCode.ALIAS.text());
    add(
        "alias to an anchor",
        "pack: &a {name: x, version: 1}\nrules: *a\n",
        RuleCode.ALIAS.text(),
        2);
    add("laughs", laughs(), RuleCode.ANCHOR.text(), 1);
    add("merge key", "a: &a {x: 1}\npack:\n  <<: *a\n", RuleCode.ALIAS.text(), 3);
    add("self", "a: &a [*a]\n", RuleCode.ALIAS.text(), 1);
    for (String tag :
        List.of(
            "!!java.lang.ProcessBuilder",
            "!!javax.script.ScriptEngineManager",
            "!!python/object/apply:os.system",
            "!<tag:yaml.org,2002:str>",
            "!!binary",
            "!!str",
            "!local",
            "!")) {
      line("tag " + tag, "why: because", "why: " + tag + " because", RuleCode.TAG.text());
    }
    line("tag on a list", "false_positives: [", "false_positives: !!set [", RuleCode.TAG.text());
    line("tab", "    why: because", "\twhy: because", RuleCode.TAB.text());
    below(
        "key twice",
        "    why: because",
        "    why: because\n    title: Loud",
        new Later(1, RuleCode.DUPLICATE_KEY));
    add(
        "pack twice",
        PackReaderTest.RULE + "pack: {name: b, version: 1}\n",
        RuleCode.DUPLICATE_KEY.text(),
        28);
    add(
        "second document",
        PackReaderTest.RULE + "---\nrules: []\n",
        RuleCode.SECOND_DOCUMENT.text(),
        28);
    line(
        "complex key", "    why: because", "    ? [a, b]\n    : because", RuleCode.KEY_NAME.text());
    line("empty key", "why: because", "'': because", RuleCode.KEY_NAME.text());
    below("open quote", "why: because", "why: \"because", new Later(9, RuleCode.NOT_YAML));
    below("open list", "[kube-*, ci]", "[kube-*, ci", new Later(1, RuleCode.NOT_YAML));
    add("directive", "%YAML 9.9\n---\npack: {name: a, version: 1}\n", RuleCode.NOT_YAML.text(), 1);
    add("tag directive", "%TAG ! tag:evil,2000:\n---\n!x {a: 1}\n", RuleCode.TAG.text(), 3);
    add("empty", "", RuleCode.WRONG_TYPE.text(), 1);
    add("a list", "- pack\n", RuleCode.WRONG_TYPE.text(), 1);
    add("a text", "pack\n", RuleCode.WRONG_TYPE.text(), 1);
    add("no pack", "rules: []\n", RuleCode.MISSING_KEY.text(), 1);
  }

  private void values() {
    line(
        "escape in a condition",
        "- max(gpu.utilization, 30m) < $below",
        "- \"max(gpu.\\x75tilization, 30m) < $below\"",
        RuleCode.ESCAPES.text());
    line("escaped NUL", "why: because", "why: \"be\\0cause\"", RuleCode.HIDDEN_CHARACTER.text());
    line(
        "escaped terminal command",
        "why: because",
        "why: \"\\e]0;x\\a\"",
        RuleCode.HIDDEN_CHARACTER.text());
    line(
        "escaped right to left",
        "why: because",
        "why: \"\\u202Ex\"",
        RuleCode.HIDDEN_CHARACTER.text());
    line("list for a text", "title: Quiet", "title: [Quiet]", RuleCode.WRONG_TYPE.text());
    line("mapping for a text", "title: Quiet", "title: {a: Quiet}", RuleCode.WRONG_TYPE.text());
    line(
        "text for a list",
        "acts_on: [training, batch]",
        "acts_on: training",
        RuleCode.WRONG_TYPE.text());
    below(
        "a key of the file in a rule",
        "    subject: workload",
        "    subject: workload\n    rules: x",
        new Later(1, RuleCode.UNKNOWN_KEY));
    line("version", "version: 2", "version: 2.5", RuleCode.BAD_NUMBER.text());
    line("big version", "version: 2", "version: 99999999999999999999", RuleCode.BAD_NUMBER.text());
    line("negative version", "version: 2", "version: -1", RuleCode.BAD_NUMBER.text());
    line("octal version", "version: 2", "version: 0o17", RuleCode.BAD_NUMBER.text());
    line("misspelt key", "risk:", "riks:", RuleCode.UNKNOWN_KEY.text());
  }

  private static String laughs() {
    StringBuilder text = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c <= 'z'; c++) {
      text.append(c).append(": &").append(c).append(" [");
      text.append(("*" + (char) (c - 1) + ", ").repeat(9)).append("x]\n");
    }
    return text.toString();
  }

  private void encodings() {
    String rule = PackReaderTest.RULE;
    for (String name : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      files.add(
          new Hostile(
              name,
              new Bytes(rule.getBytes(Charset.forName(name))),
              RuleCode.HIDDEN_CHARACTER.text(),
              1));
    }
    files.add(
        new Hostile(
            "UTF-16",
            new Bytes(rule.getBytes(StandardCharsets.UTF_16)),
            RuleCode.NOT_UTF8.text(),
            1));
    line("byte order mark", "pack: ", "\ufeffpack: ", RuleCode.HIDDEN_CHARACTER.text());
    line("NUL", "because", "be\u0000cause", RuleCode.HIDDEN_CHARACTER.text());
    line("escape sequence", "because", "\u001b[2J", RuleCode.HIDDEN_CHARACTER.text());
    line("right to left", "because", "\u202eesuaceb", RuleCode.HIDDEN_CHARACTER.text());
    line("isolate", "because", "\u2066because", RuleCode.HIDDEN_CHARACTER.text());
    line("zero width", "because", "be\u200bcause", RuleCode.HIDDEN_CHARACTER.text());
    line("line separator", "because", "be\u2028cause", RuleCode.HIDDEN_CHARACTER.text());
    line("next line", "because", "be\u0085cause", RuleCode.HIDDEN_CHARACTER.text());
    line("soft hyphen", "because", "be\u00adcause", RuleCode.HIDDEN_CHARACTER.text());
    line("no character", "because", "be\uffffcause", RuleCode.HIDDEN_CHARACTER.text());
    line("carriage return", "because", "be\rcause", RuleCode.HIDDEN_CHARACTER.text());
    int[][] broken = {
      {0xc0, 0xaf},
      {0xe0, 0x80, 0xaf},
      {0xed, 0xa0, 0x80},
      {0xf5, 0x80, 0x80, 0x80},
      {0xff},
      {0x80},
      {0xc3}
    };
    for (int[] bytes : broken) {
      byte[] text = "a: 1\nb: ".getBytes(StandardCharsets.US_ASCII);
      byte[] whole = java.util.Arrays.copyOf(text, text.length + bytes.length + 2);
      for (int i = 0; i < bytes.length; i++) {
        whole[text.length + i] = (byte) bytes[i];
      }
      whole[whole.length - 2] = '"';
      whole[whole.length - 1] = '\n';
      files.add(
          new Hostile("broken UTF-8 " + bytes[0], new Bytes(whole), RuleCode.NOT_UTF8.text(), 2));
    }
    line(
        "greek letter in a name",
        "gpu.utilization",
        "gpu.utiliz\u03b1tion",
        RuleCode.BAD_CHARACTER.text());
    line(
        "full width bracket",
        "max(gpu.utilization",
        "max\uff08gpu.utilization",
        RuleCode.BAD_CHARACTER.text());
  }

  private void sizes() {
    String below = "- max(gpu.utilization, 30m) < $below";
    line(
        "deep brackets",
        below,
        "- " + "(".repeat(1000) + "1" + ")".repeat(1000) + " > 1",
        RuleCode.TOO_COMPLEX.text());
    line("many words", below, "- " + "1 ".repeat(1500), RuleCode.TOO_COMPLEX.text());
    line(
        "long condition",
        below,
        "- " + "workload.gpus > 1 and ".repeat(300) + "1",
        RuleCode.TOO_LONG.text());
    line("many minuses", below, "- '" + "-".repeat(900) + "1 < 2'", RuleCode.TOO_COMPLEX.text());
    line(
        "many operations in brackets",
        below,
        "- '" + "(".repeat(5) + "workload.gpus" + " * 1 + 1)".repeat(5) + " < 2'",
        RuleCode.TOO_COMPLEX.text());
    line(
        "long sum",
        below,
        "- workload.gpus" + " + 1".repeat(100) + " > 1",
        RuleCode.TOO_COMPLEX.text());
    line("deep flow", below, "- " + "[".repeat(300_000), RuleCode.TOO_DEEP.text());
    line(
        "deep groups",
        below,
        "- " + "[".repeat(20) + "workload.gpus > 1" + "]".repeat(20),
        RuleCode.TOO_COMPLEX.text());
    line("long title", "title: Quiet", "title: " + "x".repeat(300), RuleCode.TOO_LONG.text());
    line("long why", "why: because", "why: " + "x".repeat(3000), RuleCode.TOO_LONG.text());
    line("long id", "id: quiet", "id: " + "x".repeat(65), RuleCode.BAD_ID.text());
    line("long pattern", "[kube-*, ci]", "['" + "*".repeat(129) + "']", RuleCode.TOO_LONG.text());
    line(
        "many exceptions",
        "- namespace: [kube-*, ci]",
        "- namespace: [" + "a, ".repeat(64) + "b]",
        RuleCode.TOO_MANY.text());
    line("deep block", below, "- ".repeat(5_000) + "x", RuleCode.TOO_DEEP.text());
    line("deep mappings", below, "- " + "{a: ".repeat(100_000), RuleCode.TOO_DEEP.text());
    add("deep keys", "? ".repeat(100_000) + "x\n", RuleCode.TOO_DEEP.text(), 1);
    add("wide list", "x: [" + "a, ".repeat(300_000) + "a]\n", RuleCode.TOO_MANY.text(), 1);
    add("many anchors", "x: [" + "&a a, ".repeat(150_000) + "a]\n", RuleCode.ANCHOR.text(), 1);
    add("many tags", "x: [" + "!a a, ".repeat(150_000) + "a]\n", RuleCode.TAG.text(), 1);
    add("many keys", manyKeys(), RuleCode.TOO_MANY.text(), 50_000);
    add("long line", "x: \"" + "a".repeat(1_000_000), RuleCode.NOT_YAML.text(), 1);
    add("long comment", "x: 1 #" + "#".repeat(1_000_000), RuleCode.UNKNOWN_KEY.text(), 1);
    add(
        "many rules",
        "pack: {name: a, version: 1}\nrules: [" + "{}, ".repeat(201) + "]\n",
        RuleCode.TOO_MANY.text(),
        2);
    add(
        "many problems",
        "pack: {name: a, version: 1}\nrules:\n" + "  - {x: 1}\n".repeat(200),
        RuleCode.UNKNOWN_KEY.text(),
        3);
    add("huge", "# " + "x".repeat(1 << 20) + "\n", RuleCode.TOO_LARGE.text(), 0);
  }

  private static String manyKeys() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 80_000; i++) {
      text.append('k').append(i).append(": 1\n");
    }
    return text.toString();
  }

  private void negations() {
    String below = "- max(gpu.utilization, 30m) < $below";
    String[][] conditions = {
      {"not workload.gpus > 1", "RV0409"},
      {"not(workload.gpus > 1)", "RV0409"},
      {"workload.gpus > 1 and not workload.gpus > 2", "RV0409"},
      {"workload.kind != training", "RV0410"},
      {"workload.kind not in [training]", "RV0409"},
      {"workload.gpus != 0", "RV0410"},
      {"workload.gpus == 0", "RV0411"},
      {"workload.kind == unknown", "RV0418"},
      {"workload.kind in [unknown]", "RV0418"},
      {"missing(gpu.utilization, 30m) < 10%", "RV0405"},
      {"absent(gpu.utilization, 30m)", "RV0417"},
      {"count(gpu.utilization, 30m) < 1", "RV0405"},
      {"workload.name matches (a+)+$", "RV0402"},
      {"max(gpu.utilization, 30m) >= 0%", "RV0414"},
      {"1 < 2", "RV0413"},
      {"null", "RV0417"},
      {"true", "RV0417"},
      {"max(gpu.power_over_idle, 30m) < 1", "RV0408"},
    };
    for (String[] one : conditions) {
      line(one[0], below, "- '" + one[0] + "'", one[1]);
    }
    line("not as a key", below, "- {not: [workload.gpus > 1]}", RuleCode.NOT.text());
    line("empty list", below, "- []", RuleCode.EMPTY.text());
    below(
        "a key that is none",
        "terminate at 2h]",
        "terminate at 2h]\n    x: 1",
        new Later(1, RuleCode.UNKNOWN_KEY));
    line("acts without notice", "min_notice: 20m", "min_notice: 0s", RuleCode.BAD_TIME.text());
    line("notice that fits no time", "min_notice: 20m", "min_notice: 20", RuleCode.BAD_TIME.text());
    line("acts before its notice", "warn at 30m,", "warn at 45m,", RuleCode.TOO_SOON.text());
    line("acts on what is unknown", "[training, batch]", "[unknown]", RuleCode.UNKNOWN_WORD.text());
  }
}
