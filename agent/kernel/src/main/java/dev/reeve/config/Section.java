package dev.reeve.config;

import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One mapping of the configuration, read key by key. What is wrong is collected with file, line,
 * key, expectation and nearest known key, and the fallback is returned, so that one reading finds
 * every problem. A key that nobody read is a problem too.
 *
 * <p>An absent section reads as an empty one. Threads: one at a time.
 */
public interface Section {
  /** Where it stands, such as {@code collectors.dcgm}. */
  String path();

  /** Where a key is written; the section itself for an empty one, and for one that is absent. */
  default Place place(String key) {
    return Place.NOWHERE;
  }

  /** Whether it was written at all. */
  boolean present();

  Optional<String> text(String key);

  String text(String key, String fallback);

  List<String> texts(String key);

  /** A word of an enumeration in lower case. */
  <E extends Enum<E>> E oneOf(String key, Class<E> type, E fallback);

  boolean flag(String key, boolean fallback);

  long integer(String key, long fallback, Range range);

  double number(String key, double fallback, Range range);

  /** Written with a unit: {@code 30s}, {@code 1h30m}. */
  Duration duration(String key, Duration fallback);

  /** The same, between two times that are both allowed. */
  default Duration duration(String key, Duration fallback, Duration least, Duration most) {
    Duration time = duration(key, fallback);
    if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      problem(key, "a time from " + Quantities.text(least) + " to " + Quantities.text(most));
      return fallback;
    }
    return time;
  }

  /** Written with a unit: {@code 8MiB}. */
  long bytes(String key, long fallback);

  /** Written with a unit: {@code 5%} is 0.05. */
  default double ratio(String key, double fallback) {
    Optional<String> text = text(key);
    Optional<Double> ratio = text.flatMap(Quantities::ratio);
    if (text.isPresent() && ratio.isEmpty()) {
      problem(key, "a share such as 5%");
    }
    return ratio.orElse(fallback);
  }

  /** Written with a currency: {@code 500 USD}. */
  default Optional<Money> money(String key) {
    Optional<String> text = text(key);
    Optional<Money> money = text.flatMap(Quantities::money);
    if (text.isPresent() && money.isEmpty()) {
      problem(key, "an amount with its currency, such as 500 USD");
    }
    return money;
  }

  /** Written with currency and hour: {@code 2.50 USD/h}. */
  default Optional<MoneyPerHour> moneyPerHour(String key) {
    Optional<String> text = text(key);
    Optional<MoneyPerHour> rate = text.flatMap(Quantities::moneyPerHour);
    if (text.isPresent() && rate.isEmpty()) {
      problem(key, "an amount an hour with its currency, such as 2.50 USD/h");
    }
    return rate;
  }

  /**
   * A token or password, written here or, under the key with {@code _file} behind it, the name of a
   * file whose first line it is. Never shown again.
   */
  default Optional<Secret> secret(String key) {
    return text(key).map(Secret::new);
  }

  Optional<URI> uri(String key);

  /** Relative to the file that it is written in. */
  Optional<Path> path(String key);

  /** The same, with what holds where none is written. */
  default Path path(String key, Path fallback) {
    return path(key).orElse(fallback);
  }

  Section section(String key);

  /** A list of mappings. */
  List<Section> sections(String key);

  /** The keys of a mapping whose keys are names that people chose. */
  List<String> names();

  /**
   * Reports a problem of one key.
   *
   * @param key empty for the section itself
   * @param expected what would have been right, such as {@code a folder that exists}; what was
   *     found is added
   */
  void problem(String key, String expected);

  /** Reports what is wrong in another file that this section names. */
  default void problems(Problems others) {
    for (Problem other : others.list()) {
      problem("", other.toString());
    }
  }

  /** What a key is for, in words for the reference page; said before the key is read. */
  default Section about(String key, String meaning) {
    return this;
  }

  /** The allowed values of a number, both ends included. */
  record Range(double least, double most) {
    public static final Range POSITIVE = new Range(1, Long.MAX_VALUE);
    public static final Range ANY = new Range(-Double.MAX_VALUE, Double.MAX_VALUE);

    public boolean contains(double value) {
      return value >= least && value <= most;
    }
  }
}
