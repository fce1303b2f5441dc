package dev.reeve.config;

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

  /** Written with a unit: {@code 8MiB}. */
  long bytes(String key, long fallback);

  Optional<URI> uri(String key);

  /** Relative to the file that it is written in. */
  Optional<Path> path(String key);

  Section section(String key);

  /** A list of mappings. */
  List<Section> sections(String key);

  /** The keys of a mapping whose keys are names that people chose. */
  List<String> names();

  /** Reports a problem of one key, as a sentence that says what was expected. */
  void problem(String key, String expected);

  /** The allowed values of a number, both ends included. */
  record Range(double least, double most) {
    public static final Range POSITIVE = new Range(1, Long.MAX_VALUE);
    public static final Range ANY = new Range(-Double.MAX_VALUE, Double.MAX_VALUE);

    public boolean contains(double value) {
      return value >= least && value <= most;
    }
  }
}
