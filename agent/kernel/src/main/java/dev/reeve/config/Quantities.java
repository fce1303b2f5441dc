package dev.reeve.config;

import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quantities as people write them: always with a unit. Empty where a text is none. */
public final class Quantities {
  private static final Pattern TIME =
      Pattern.compile(
          "(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?"
              + "(?:(\\d{1,9})ms)?");
  private static final long[] MILLIS = {604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1};
  private static final String[] TIMES = {"w", "d", "h", "m", "s", "ms"};
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?([A-Za-z]{1,3})");
  private static final Pattern RATIO = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?%");
  private static final Pattern MONEY =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?) ?([A-Z]{3})(/h)?");
  private static final SequencedMap<String, Long> SIZES = sizes();

  private Quantities() {}

  private static SequencedMap<String, Long> sizes() {
    var sizes = new LinkedHashMap<String, Long>();
    sizes.put("TiB", 1L << 40);
    sizes.put("TB", 1_000_000_000_000L);
    sizes.put("GiB", 1L << 30);
    sizes.put("GB", 1_000_000_000L);
    sizes.put("MiB", 1L << 20);
    sizes.put("MB", 1_000_000L);
    sizes.put("KiB", 1L << 10);
    sizes.put("kB", 1_000L);
    sizes.put("B", 1L);
    return sizes;
  }

  static boolean bareNumber(String text) {
    return text.matches("[+-]?\\d+(\\.\\d+)?");
  }

  /** A time such as {@code 1h30m}. */
  public static Optional<Duration> time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    long millis = 0;
    for (int i = 0; i < MILLIS.length; i++) {
      String part = matcher.group(i + 1);
      // nine digits of weeks stay below the range of a long
      millis += part == null ? 0 : Long.parseLong(part) * MILLIS[i];
    }
    return Optional.of(Duration.ofMillis(millis));
  }

  static String text(Duration time) {
    long left = time.toMillis();
    var text = new StringBuilder();
    for (int i = 0; i < MILLIS.length; i++) {
      if (left >= MILLIS[i]) {
        text.append(left / MILLIS[i]).append(TIMES[i]);
        left %= MILLIS[i];
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  static Optional<Long> size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Long unit = SIZES.get(matcher.group(2));
    if (unit == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
  }

  static String size(long bytes) {
    for (Map.Entry<String, Long> unit : SIZES.entrySet()) {
      if (bytes >= unit.getValue() && bytes % unit.getValue() == 0) {
        return bytes / unit.getValue() + unit.getKey();
      }
    }
    return bytes + "B";
  }

  static Optional<Double> ratio(String text) {
    Matcher matcher = RATIO.matcher(text);
    return matcher.matches()
        ? Optional.of(new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue())
        : Optional.empty();
  }

  static String ratio(double ratio) {
    return BigDecimal.valueOf(ratio).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }

  static Optional<Money> money(String text) {
    Matcher matcher = MONEY.matcher(text);
    return matcher.matches() && matcher.group(3) == null ? amount(matcher) : Optional.empty();
  }

  static Optional<MoneyPerHour> moneyPerHour(String text) {
    Matcher matcher = MONEY.matcher(text);
    return matcher.matches() && matcher.group(3) != null
        ? amount(matcher).map(MoneyPerHour::new)
        : Optional.empty();
  }

  private static Optional<Money> amount(Matcher matcher) {
    try {
      Currency currency = Currency.getInstance(matcher.group(2));
      return Optional.of(new Money(new BigDecimal(matcher.group(1)), currency));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
