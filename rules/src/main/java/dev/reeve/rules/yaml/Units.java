package dev.reeve.rules.yaml;

import dev.reeve.model.Unit;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The units that people write, and the canonical ones that they mean. */
final class Units {
  private static final SequencedMap<String, Factor> KNOWN = known();
  private static final String TIMES = "dhms";
  private static final long[] SECONDS = {86_400, 3_600, 60, 1};

  private Units() {}

  private record Factor(Unit unit, BigDecimal factor) {}

  /**
   * A number in a canonical unit.
   *
   * @param currency of an amount of money
   */
  record Amount(double value, Unit unit, Optional<Currency> currency) {}

  private static SequencedMap<String, Factor> known() {
    SequencedMap<String, Factor> known = new LinkedHashMap<>();
    put(known, Unit.COUNT, "", "1");
    put(known, Unit.RATIO, "%", "0.01");
    put(known, Unit.RATIO, "x", "1");
    String[][] bytes = {
      {"B", "1"},
      {"kB", "1000"},
      {"KiB", "1024"},
      {"MB", "1000000"},
      {"MiB", "1048576"},
      {"GB", "1000000000"},
      {"GiB", "1073741824"},
      {"TB", "1000000000000"},
      {"TiB", "1099511627776"}
    };
    for (String[] size : bytes) {
      put(known, Unit.BYTES, size[0], size[1]);
      put(known, Unit.BYTES_PER_SECOND, size[0] + "/s", size[1]);
    }
    put(known, Unit.WATTS, "W", "1");
    put(known, Unit.WATTS, "kW", "1000");
    put(known, Unit.JOULES, "J", "1");
    put(known, Unit.JOULES, "kJ", "1000");
    put(known, Unit.JOULES, "MJ", "1000000");
    put(known, Unit.CELSIUS, "C", "1");
    put(known, Unit.HERTZ, "Hz", "1");
    put(known, Unit.HERTZ, "kHz", "1000");
    put(known, Unit.HERTZ, "MHz", "1000000");
    put(known, Unit.HERTZ, "GHz", "1000000000");
    put(known, Unit.CORES, "cores", "1");
    put(known, Unit.PER_SECOND, "/s", "1");
    put(known, Unit.SECONDS, "s", "1");
    put(known, Unit.SECONDS, "m", "60");
    put(known, Unit.SECONDS, "h", "3600");
    put(known, Unit.SECONDS, "d", "86400");
    return known;
  }

  private static void put(Map<String, Factor> known, Unit unit, String text, String factor) {
    known.put(text, new Factor(unit, new BigDecimal(factor)));
  }

  /** What a number with a unit means; empty where the unit is none, or the number too long. */
  static Optional<Amount> amount(String number, String unit) {
    int dot = number.indexOf('.');
    int whole = dot < 0 ? number.length() : dot;
    if (whole > 15 || number.length() - whole > 10) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(number);
    Factor factor = KNOWN.get(unit);
    if (factor != null) {
      double canonical = value.multiply(factor.factor()).doubleValue();
      return Optional.of(new Amount(canonical, factor.unit(), Optional.empty()));
    }
    if (unit.length() == 5 && unit.endsWith("/h")) {
      return currency(unit.substring(0, 3))
          .map(of -> new Amount(value.doubleValue(), Unit.MONEY_PER_HOUR, Optional.of(of)));
    }
    return time(number + unit).map(s -> new Amount(s, Unit.SECONDS, Optional.empty()));
  }

  static Optional<Currency> currency(String code) {
    try {
      return Optional.of(Currency.getInstance(code));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Seconds of a time such as {@code 1h30m}: whole numbers, each unit once, the larger first. */
  static Optional<Long> time(String text) {
    long seconds = 0;
    int unit = -1;
    int at = 0;
    while (at < text.length()) {
      int from = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      int next = at < text.length() ? TIMES.indexOf(text.charAt(at)) : -1;
      if (at == from || at - from > 9 || next <= unit) {
        return Optional.empty();
      }
      seconds += Long.parseLong(text.substring(from, at)) * SECONDS[next];
      unit = next;
      at++;
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(seconds);
  }

  /** How messages call a unit. */
  static String words(Unit unit) {
    return switch (unit) {
      case RATIO -> "a share, such as 1% or 1.3x";
      case COUNT -> "a plain number";
      case SECONDS -> "a time, such as 30m";
      case MONEY_PER_HOUR -> "money an hour, such as 5 USD/h";
      case BYTES -> "bytes, such as 2 GiB";
      case BYTES_PER_SECOND -> "bytes a second, such as 10 MiB/s";
      case WATTS -> "watts, such as 300 W";
      case JOULES -> "joules, such as 5 kJ";
      case CELSIUS -> "degrees, such as 80 C";
      case HERTZ -> "a frequency, such as 1.2 GHz";
      case CORES -> "cores, such as 0.5 cores";
      case PER_SECOND -> "a rate, such as 0.1/s";
    };
  }

  static Collection<String> symbols() {
    return KNOWN.sequencedKeySet();
  }
}
