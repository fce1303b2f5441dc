package dev.reeve.rules.yaml;

import dev.reeve.config.Place;
import dev.reeve.rules.drl.Explained;
import java.util.Comparator;

/**
 * One thing that is wrong with a rule file.
 *
 * @param width how many characters of the line it is about, at least 1
 * @param key path of the key, such as {@code rules[0].when}; empty where the file as a whole is
 *     meant
 * @param expected what would have been right
 * @param found what is there instead
 * @param nearest what was probably meant; empty where nothing is near
 */
record RuleProblem(
    Explained code,
    Place place,
    int width,
    String key,
    String expected,
    String found,
    String nearest)
    implements Comparable<RuleProblem> {
  private static final Comparator<RuleProblem> ORDER =
      Comparator.comparing(RuleProblem::place)
          .thenComparing(problem -> problem.code().text())
          .thenComparing(RuleProblem::key)
          .thenComparing(RuleProblem::expected)
          .thenComparing(RuleProblem::found);

  @Override
  public int compareTo(RuleProblem other) {
    return ORDER.compare(this, other);
  }

  /** One line, without the place. */
  String sentence() {
    StringBuilder text = new StringBuilder();
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
