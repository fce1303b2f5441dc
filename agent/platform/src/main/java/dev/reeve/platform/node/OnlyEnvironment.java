package dev.reeve.platform.node;

import dev.reeve.config.Section;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Variables that a process must carry, each with its value, so that it is dealt with at all.
 *
 * @param pairs nothing: every process will do
 */
public record OnlyEnvironment(SortedMap<String, String> pairs) {
  /** The key in configuration. */
  public static final String KEY = "only_environment";

  /** Every process will do. */
  public static final OnlyEnvironment ANY = new OnlyEnvironment(Collections.emptySortedMap());

  public OnlyEnvironment {
    pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
  }

  /** Reads it from a section; what is wrong there is among the section's problems. */
  public static OnlyEnvironment read(Section section, String what) {
    section.about(
        KEY, "`NAME=VALUE`: only " + what + " that carry all of these in their environment");
    SortedMap<String, String> pairs = new TreeMap<>();
    for (String pair : section.texts(KEY)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        section.problem(KEY, "pairs such as NAME=VALUE");
      } else {
        pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return new OnlyEnvironment(pairs);
  }

  /** Names that have to be read of every process. */
  public Set<String> names() {
    return pairs.keySet();
  }

  /** The first variable that an environment lacks or has with another value. */
  public Optional<String> lacking(Environment environment) {
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      if (environment.value(pair.getKey()).filter(pair.getValue()::equals).isEmpty()) {
        return Optional.of(pair.getKey());
      }
    }
    return Optional.empty();
  }
}
