package dev.reeve.collectors.exposition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the parser should make of a body, written for reading: strings, expressions, maps, no
/// memory.
final class ReferenceParser {
  record Sample(Series series, double value) {}

  record Result(
      List<Sample> samples,
      Map<String, Family> families,
      Map<DropReason, Integer> drops,
      boolean truncated,
      boolean ended) {}

  private static final String METRIC = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern METADATA =
      Pattern.compile("#[ \t]*(HELP|TYPE)[ \t]+(" + METRIC + ")(?:[ \t](.*))?", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile(METRIC);
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern VALUE_OF_LABEL =
      Pattern.compile("[ \t]*=[ \t]*\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.DOTALL);
  private static final Pattern COMMA = Pattern.compile("[ \t]*,[ \t]*");
  private static final Pattern BRACE = Pattern.compile("[ \t]*}");
  private static final Pattern TOKEN = Pattern.compile("[^\\x00-\\x20]+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern TAIL =
      Pattern.compile(
          "[ \t]*|[ \t]+#.*|[ \t]+([^\\x00-\\x20]+)(?:[ \t]*|[ \t]+#.*)", Pattern.DOTALL);

  private final Limits limits;
  private final Set<String> keys = new LinkedHashSet<>();
  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, String> helps = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Set<String> families = new LinkedHashSet<>();
  private final Map<DropReason, Integer> drops = new EnumMap<>(DropReason.class);

  private static final class Dropped extends Exception {
    private static final long serialVersionUID = 1;
    private final DropReason reason;

    Dropped(DropReason reason) {
      this.reason = reason;
    }
  }

  private ReferenceParser(Limits limits) {
    this.limits = limits;
  }

  static Result parse(byte[] body, Limits limits) {
    return new ReferenceParser(limits).parse(new String(body, ISO_8859_1));
  }

  private Result parse(String body) {
    int end = body.lastIndexOf('\n') + 1;
    String tail = body.substring(end);
    for (String line : end == 0 ? new String[0] : body.substring(0, end - 1).split("\n", -1)) {
      try {
        line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
      } catch (Dropped dropped) {
        drops.merge(dropped.reason, 1, Integer::sum);
      }
    }
    String stripped = ("\n" + body).replaceAll("[\\x00-\\x20]+$", "");
    boolean ended = stripped.endsWith("\n# EOF");
    boolean truncated = !ended && !tail.matches("[ \t\r]*");
    if (truncated) {
      drops.merge(DropReason.TRUNCATED_LINE, 1, Integer::sum);
    }
    Map<String, Family> byName = new LinkedHashMap<>();
    for (String name : families) {
      String help = unescape(helps.getOrDefault(name, ""));
      byName.put(name, new Family(name, help, type(types.getOrDefault(name, ""))));
    }
    return new Result(samples, byName, drops, truncated, ended);
  }

  private void line(String line) throws Dropped {
    if (line.length() > limits.maxLineBytes()) {
      throw new Dropped(DropReason.LINE_TOO_LONG);
    }
    String text = line.replaceAll("^[ \t]+", "");
    if (text.startsWith("#")) {
      comment(text);
    } else if (!text.isEmpty()) {
      sample(text);
    }
  }

  private void comment(String text) {
    Matcher matcher = METADATA.matcher(text);
    if (matcher.matches()) {
      families.add(matcher.group(2));
      String rest = matcher.group(3) == null ? "" : utf8(matcher.group(3)).strip();
      (matcher.group(1).equals("HELP") ? helps : types).putIfAbsent(matcher.group(2), rest);
    }
  }

  private void sample(String text) throws Dropped {
    Matcher name = NAME.matcher(text);
    check(name.lookingAt(), DropReason.MALFORMED_LINE);
    Map<String, String> labels = new TreeMap<>();
    int end = name.end();
    String rest = text.substring(end).replaceAll("^[ \t]+", "");
    if (rest.startsWith("{")) {
      end = labels(text, text.indexOf('{') + 1, labels);
      check(isUtf8(text.substring(0, end)), DropReason.INVALID_UTF8);
    } else {
      check(text.substring(end).matches("(?s)[ \t].*"), DropReason.MALFORMED_LINE);
    }
    String key = text.substring(0, end);
    String behind = text.substring(end).replaceAll("^[ \t]+", "");
    Matcher token = TOKEN.matcher(behind);
    check(token.lookingAt(), DropReason.BAD_VALUE);
    double value = number(token.group());
    Matcher tail = TAIL.matcher(behind.substring(token.end()));
    check(tail.matches(), DropReason.MALFORMED_LINE);
    if (tail.group(1) != null) {
      try {
        number(tail.group(1));
      } catch (Dropped _) {
        throw new Dropped(DropReason.MALFORMED_LINE);
      }
    }
    check(!keys.contains(key), DropReason.DUPLICATE_SERIES);
    check(samples.size() < limits.maxSamples(), DropReason.TOO_MANY_SAMPLES);
    keys.add(key);
    List<Label> list = new ArrayList<>();
    labels.forEach((label, text2) -> list.add(new Label(label, text2)));
    samples.add(new Sample(new Series(name.group(), list), value));
  }

  private int labels(String text, int from, Map<String, String> labels) throws Dropped {
    int at = from;
    while (text.startsWith(" ", at) || text.startsWith("\t", at)) {
      at++;
    }
    while (!text.startsWith("}", at)) {
      Matcher label = LABEL.matcher(text).region(at, text.length());
      check(label.lookingAt(), DropReason.MALFORMED_LINE);
      check(labels.size() < limits.maxLabels(), DropReason.TOO_MANY_LABELS);
      check(!labels.containsKey(label.group()), DropReason.MALFORMED_LINE);
      Matcher value = VALUE_OF_LABEL.matcher(text).region(label.end(), text.length());
      check(value.lookingAt(), DropReason.MALFORMED_LINE);
      boolean short_ = value.group(1).length() <= limits.maxLabelValueBytes();
      check(short_, DropReason.LABEL_TOO_LONG);
      labels.put(label.group(), unescape(utf8(value.group(1))));
      Matcher comma = COMMA.matcher(text).region(value.end(), text.length());
      Matcher brace = BRACE.matcher(text).region(value.end(), text.length());
      check(comma.lookingAt() || brace.lookingAt(), DropReason.MALFORMED_LINE);
      at = comma.lookingAt() ? comma.end() : brace.end() - 1;
    }
    return at + 1;
  }

  private static void check(boolean good, DropReason reason) throws Dropped {
    if (!good) {
      throw new Dropped(reason);
    }
  }

  static double number(String token) throws Dropped {
    if (NUMBER.matcher(token).matches()) {
      return Double.parseDouble(token);
    }
    String word = token.replaceFirst("^[+-]", "");
    if (word.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    check(word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity"), DropReason.BAD_VALUE);
    return token.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  private static FamilyType type(String word) {
    for (FamilyType type : FamilyType.values()) {
      if (type.name().equalsIgnoreCase(word)) {
        return type;
      }
    }
    return FamilyType.UNKNOWN;
  }

  private static String unescape(String text) {
    Matcher escape = Pattern.compile("\\\\([n\\\\\"])").matcher(text);
    return escape.replaceAll(
        match -> Matcher.quoteReplacement(match.group(1).equals("n") ? "\n" : match.group(1)));
  }

  private static String utf8(String latin1) {
    return new String(latin1.getBytes(ISO_8859_1), UTF_8);
  }

  private static boolean isUtf8(String latin1) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(latin1.getBytes(ISO_8859_1)));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
