package dev.reeve.config;

import java.util.Comparator;

/**
 * One thing that is wrong with a file, in one shape for people and programs.
 *
 * @param key path of the key, such as {@code http.listen}; empty where the file as a whole is wrong
 * @param expected what would have been right, without the word "expected"
 * @param found what is there instead; never a secret
 * @param nearest what was probably meant; empty where nothing is near
 */
public record Problem(Place place, String key, String expected, String found, String nearest)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::place)
          .thenComparing(Problem::key)
          .thenComparing(Problem::expected);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** One line, such as {@code reeve.yaml:3:1: cycle: expected a time, found '15'}. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    if (!place.equals(Place.NOWHERE)) {
      text.append(place).append(": ");
    }
    if (!key.isEmpty()) {
      text.append(key).append(": ");
    }
    text.append("expected ").append(expected).append(", found ").append(found);
    if (!nearest.isEmpty()) {
      text.append("; did you mean '").append(nearest).append("'?");
    }
    return text.toString();
  }
}
