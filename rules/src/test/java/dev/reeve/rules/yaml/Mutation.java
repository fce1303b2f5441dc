package dev.reeve.rules.yaml;

import java.util.ArrayList;
import java.util.List;

/** Changes to right texts that leave most of them nearly right. */
final class Mutation {
  /** Of conditions in YAML. */
  static final List<String> CONDITION =
      List.of(
          "max(",
          "gpu.utilization",
          ", 30m)",
          "< 1%",
          " and ",
          " or ",
          "not ",
          "(",
          ")",
          "$below",
          "5 USD/h",
          "cost.rate",
          "workload.kind",
          " in [",
          "training",
          "]",
          "==",
          "!=",
          "- ",
          "/",
          "*",
          "1",
          "p95(",
          "mean(",
          "increase(",
          ", 90s)",
          ", 1h)",
          ">= ",
          "gpu.power",
          "cost.rate",
          "workload.gpus",
          "run.progress",
          "75%",
          "200W",
          "3GiB");

  /** Of files in YAML, conditions too. */
  static final List<String> YAML =
      both(
          CONDITION,
          List.of(
              "%",
              "\n",
              "  ",
              ": ",
              "- ",
              "[",
              "{",
              "}",
              "'",
              "\"",
              "&a ",
              "*a",
              "!!x ",
              "#",
              "|\n",
              ">-\n",
              "\t",
              "\u0000",
              "---\n",
              "all:",
              "any:",
              "id: ",
              "rules:",
              "\ud83d\ude00",
              "\u00e9",
              "?",
              ",",
              "\\",
              "when:",
              "ladder: [warn at 30m]",
              "<<: ",
              "- {as: a, is: gpu}",
              "override:",
              "\r\n",
              "~",
              "9999999999999999999"));

  /** Of files in DRL. */
  static final List<String> DRL =
      List.of(
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
          "salience 1",
          "$x : Run(",
          "owner == $w.subject",
          "group == $g.group",
          "9999999999",
          "0.0000001",
          "gpu_engine_active_p95_90s",
          "run_not_finite",
          "\r\n",
          "this");

  private static final int LONGEST = 40_000;

  private final List<String> bits;

  Mutation(List<String> bits) {
    this.bits = bits;
  }

  private static List<String> both(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** Mostly few changes, since most texts with many of them are wrong at once. */
  String of(String base, Choices choices) {
    return of(base, choices, choices.below(8) == 0 ? 40 : 1 + choices.below(4));
  }

  /** So many changes, or fewer where no choice is left. */
  String of(String base, Choices choices, int times) {
    StringBuilder text = new StringBuilder(base);
    for (int i = 0; i < times && choices.left(); i++) {
      change(text, choices);
      if (text.isEmpty()) {
        text.append('x');
      }
      // a line that comes twice again and again would be all there is
      text.setLength(Math.min(text.length(), LONGEST));
    }
    return text.toString();
  }

  private void change(StringBuilder text, Choices choices) {
    int at = choices.below(text.length());
    int to = Math.min(text.length(), at + choices.below(12));
    switch (choices.below(10)) {
      case 0 -> text.delete(at, to);
      case 1, 2 -> text.insert(at, bit(choices));
      case 3, 4 -> text.replace(at, to, bit(choices));
      case 5 -> text.insert(at, text.substring(at, to));
      case 6 -> word(text, at, bit(choices));
      case 7 -> word(text, at, wordOf(text, choices.below(text.length())));
      case 8 -> line(text, at, choices);
      default -> text.setCharAt(at, (char) choices.below(0x3000));
    }
  }

  private String bit(Choices choices) {
    return bits.get(choices.below(bits.size()));
  }

  /** Another word in the place of the one that stands there. */
  private static void word(StringBuilder text, int at, String other) {
    int from = at;
    while (from > 0 && inWord(text.charAt(from - 1))) {
      from--;
    }
    text.replace(from, from + wordOf(text, at).length(), other);
  }

  private static String wordOf(StringBuilder text, int at) {
    int from = at;
    while (from > 0 && inWord(text.charAt(from - 1))) {
      from--;
    }
    int to = at;
    while (to < text.length() && inWord(text.charAt(to))) {
      to++;
    }
    return text.substring(from, to);
  }

  private static boolean inWord(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '$' || c == '%';
  }

  /** A line goes, comes twice, or comes elsewhere. */
  private static void line(StringBuilder text, int at, Choices choices) {
    int from = text.lastIndexOf("\n", Math.max(0, at - 1)) + 1;
    int end = text.indexOf("\n", at);
    int to = end < 0 ? text.length() : end + 1;
    if (from >= to) {
      return;
    }
    String line = text.substring(from, to);
    switch (choices.below(3)) {
      case 0 -> text.delete(from, to);
      case 1 -> text.insert(from, line);
      default -> {
        text.delete(from, to);
        int other = text.indexOf("\n", choices.below(text.length() + 1));
        text.insert(other < 0 ? text.length() : other + 1, line);
      }
    }
  }
}
