package dev.reeve.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of a series as promtool's tests write them: {@code 0 1 _ stale 5+2x10 5-2x10 3x4 _x5}.
 * {@code a+bxn} is a, then n more that grow by b; {@code _} is an instant at which its source did
 * not answer, and {@code stale} one at which it answered without the series.
 */
final class SeriesNotation {
  private static final int MOST = 100_000;
  private static final String NUMBER =
      "[+-]?(?:\\d{1,18}(?:\\.\\d{0,18})?(?:e[+-]?\\d{1,3})?|\\.\\d{1,18}|Inf|NaN)";
  private static final Pattern REPEATED = Pattern.compile("(_|stale)x(\\d{1,6})");
  private static final Pattern GROWING =
      Pattern.compile("(" + NUMBER + ")(?:([+-])(" + NUMBER + "))?x(\\d{1,6})");
  private static final Pattern ALONE = Pattern.compile(NUMBER);

  private SeriesNotation() {}

  /** One instant. */
  sealed interface Value {
    record Given(double value) implements Value {}

    /** The source did not answer. */
    record Missing() implements Value {}

    /** The source answered without it. */
    record Stale() implements Value {}
  }

  /**
   * Reads values.
   *
   * @return empty where they are none, or more than 100,000
   */
  static Optional<List<Value>> read(String text) {
    List<Value> values = new ArrayList<>();
    for (String word : text.strip().split("\\s+", -1)) {
      if (!read(word, values) || values.size() > MOST) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  private static boolean read(String word, List<Value> into) {
    Matcher repeated = REPEATED.matcher(word);
    Matcher growing = GROWING.matcher(word);
    if (word.equals("_") || word.equals("stale")) {
      into.add(without(word));
    } else if (repeated.matches()) {
      for (int i = 0; i < Integer.parseInt(repeated.group(2)); i++) {
        into.add(without(repeated.group(1)));
      }
    } else if (growing.matches()) {
      double from = number(growing.group(1));
      double by = growing.group(3) == null ? 0 : number(growing.group(3));
      double step = "-".equals(growing.group(2)) ? -by : by;
      for (int i = 0; i <= Integer.parseInt(growing.group(4)); i++) {
        into.add(new Value.Given(from + i * step));
      }
    } else if (ALONE.matcher(word).matches()) {
      into.add(new Value.Given(number(word)));
    } else {
      return false;
    }
    return true;
  }

  private static Value without(String word) {
    return word.equals("_") ? new Value.Missing() : new Value.Stale();
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }
}
