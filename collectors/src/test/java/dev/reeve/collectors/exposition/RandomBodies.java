package dev.reeve.collectors.exposition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// A target that changes from scrape to scrape in every way that targets do, and lies now and then.
final class RandomBodies {
  private static final String[] VALUES = {
    "0",
    "1",
    "NaN",
    "+Inf",
    "-Inf",
    "inf",
    "1e3",
    "-0",
    "0.995630",
    "9223372036854775794",
    "140737488355328.000000",
    "4.9e-324",
    "1.7976931348623157e308",
    "1e-7",
    "18446744073709551616",
    "0.1234567890123456789",
    "ERROR - FAILED TO CONVERT TO STRING",
    "",
    "1_000",
    "0x10",
    "1.0f",
    "+5",
    ".5",
    "5.",
    ".",
    "-",
    "1e",
    "1e+",
    "--1",
    "1.2.3",
    "nano",
    "12\u0001",
    "12\u00ff",
    "1 2 3"
  };
  private static final String[] TAILS = {
    "", "", "", "", "", " 1717000000000", " 1717000000.123", " ", " # {trace_id=\"a}b\"} 1 2",
    " 5 # {a=\"b\"} 0.5", "\t", " x", " 12 x", "#", " 1 2", "\r", " \r", "\r\r"
  };
  private static final String[] TEXTS = {
    "",
    "0",
    "GPU-58e8f5ea-13cc-013a-d88f-2bcf5ae8bc77",
    "a b",
    "}",
    "{",
    "a\\\"b",
    "a\\\\",
    "x\\ny",
    "C:\\temp",
    "caf\u00c3\u00a9",
    "\u00ff",
    "\u00ed\u00a0\u0080",
    "\u00f0\u009f\u0092\u00a9",
    "a,b",
    "= \"",
    "said \"no\"",
    "long long long long long long long long long long long"
  };
  private static final String[] ODD_LINES = {
    "",
    " ",
    "# a comment",
    "#",
    "# EOF",
    "# UNIT a seconds",
    "# HELP",
    "# HELP ",
    "# TYPE a gauge x",
    "#HELP a squeezed",
    "# HELP a one text",
    "# HELP a other\\ntext",
    "# TYPE a counter",
    "# TYPE a",
    "# TYPE 0bad gauge",
    "{a=\"b\"} 1",
    "a{",
    "a{b",
    "a{b=",
    "a{b=\"",
    "a{b=\"c\"",
    "a{b=\"c\\",
    "a",
    "a ",
    "a}",
    "0a 1",
    "a{b=\"c\",b=\"d\"} 1",
    "a{,} 1",
    "a{b=\"c\",} 1",
    "a{b=\"c\",,} 1",
    "a{} 1",
    "a{ } 1",
    "a {b=\"c\"} 1",
    "a{b = \"c\" , d=\"e\"}1",
    "  a{x=\"y\"} 1",
    "a{0=\"b\"} 1",
    "a{b='c'} 1",
    "\u00ff\u00fe",
    "\r",
    "\t# HELP a indented",
    "a:b:c 1",
    "a{b:c=\"d\"} 1"
  };

  private final Random random;
  private final List<String> lines = new ArrayList<>();

  RandomBodies(long seed) {
    random = new Random(seed);
    for (int i = random.nextInt(40); i > 0; i--) {
      lines.add(line());
    }
  }

  /// The next scrape: at times the same lines with other values, at times much else.
  byte[] next() {
    switch (random.nextInt(8)) {
      case 0 -> Collections.shuffle(lines, random);
      case 1 -> insert(random.nextInt(4));
      case 2 -> lines.subList(lines.size() - lines.size() / 4, lines.size()).clear();
      case 3 -> lines.removeIf(_ -> random.nextInt(6) == 0);
      case 4 -> repeatSome();
      default -> {}
    }
    for (int i = 0; i < lines.size(); i++) {
      if (random.nextInt(3) == 0) {
        lines.set(i, withOtherValue(lines.get(i)));
      }
    }
    String text = String.join("\n", lines) + (random.nextInt(4) == 0 ? "" : "\n");
    if (random.nextInt(10) == 0) {
      text = text.substring(0, random.nextInt(text.length() + 1));
    }
    if (random.nextInt(12) == 0) {
      text = text.replace("\n", "\r\n");
    }
    return (random.nextInt(12) == 0 ? text + "# EOF\n" : text).getBytes(ISO_8859_1);
  }

  private void insert(int howMany) {
    for (int i = 0; i < howMany; i++) {
      lines.add(random.nextInt(lines.size() + 1), line());
    }
  }

  private void repeatSome() {
    for (int i = random.nextInt(3); i > 0 && !lines.isEmpty(); i--) {
      lines.add(random.nextInt(lines.size()), lines.get(random.nextInt(lines.size())));
    }
  }

  private String line() {
    return switch (random.nextInt(8)) {
      case 0 -> pick(ODD_LINES);
      case 1 -> "# HELP " + name() + " " + pick(TEXTS);
      case 2 -> "# TYPE " + name() + " " + (random.nextBoolean() ? "gauge" : pick(TEXTS));
      default -> name() + labels() + " " + value();
    };
  }

  private String labels() {
    int count = random.nextInt(6);
    if (count == 0) {
      return "";
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // the text by itself now and then: its quotes and backslashes are not escaped
      String text = random.nextInt(4) == 0 ? pick(TEXTS) : Integer.toString(random.nextInt(1000));
      labels.add((char) ('a' + i) + name() + "=\"" + text + "\"");
    }
    return "{" + String.join(random.nextInt(9) == 0 ? " , " : ",", labels) + "}";
  }

  private String name() {
    return "abc".substring(0, 1 + random.nextInt(3)) + (random.nextInt(3) == 0 ? "_total" : "");
  }

  private String value() {
    String value =
        switch (random.nextInt(6)) {
          case 0 -> pick(VALUES);
          case 1 -> Integer.toString(random.nextInt());
          case 2 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
          case 3 -> random.nextInt(100_000) + "." + random.nextInt(100_000_000);
          case 4 -> Long.toString(random.nextLong());
          default -> Integer.toString(random.nextInt(200));
        };
    return value + (random.nextInt(5) == 0 ? pick(TAILS) : "");
  }

  private String withOtherValue(String line) {
    int space = line.lastIndexOf("} ");
    return line.startsWith("#") || space < 0 ? line : line.substring(0, space + 2) + value();
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
