package dev.reeve.rules.yaml;

import dev.reeve.config.Value;
import dev.reeve.config.Value.Scalar;
import dev.reeve.model.Join;
import java.util.List;
import java.util.Optional;

/** Reads joins: {@code g.owner == w.subject}. */
final class Joins {
  private Joins() {}

  private record Side(String alias, Join.Key key) {}

  /** Empty for the first subject, and where something was wrong, which was reported then. */
  static Optional<Join> read(Fields fields, String alias, List<String> earlier) {
    Optional<Value> value = fields.value("join");
    if (earlier.isEmpty() || value.isEmpty()) {
      if (earlier.isEmpty() && value.isPresent()) {
        fields.wrong(RuleCode.BAD_JOIN, "join", value.get(), "no join of the first subject");
      } else if (!earlier.isEmpty()) {
        fields.report(RuleCode.BAD_JOIN, fields.place(), "the key join", "none");
      }
      return Optional.empty();
    }
    Optional<Scalar> scalar = fields.scalar("join");
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    String text = scalar.get().text();
    int equal = text.indexOf("==");
    Optional<Side> left = equal < 0 ? Optional.empty() : side(text.substring(0, equal));
    Optional<Side> right = equal < 0 ? Optional.empty() : side(text.substring(equal + 2));
    if (left.isEmpty() || right.isEmpty()) {
      fields.wrong(
          RuleCode.BAD_JOIN,
          "join",
          scalar.get(),
          alias + ".owner == " + earlier.getFirst() + ".subject");
      return Optional.empty();
    }
    boolean turned = right.get().alias().equals(alias);
    Side mine = turned ? right.get() : left.get();
    Side theirs = turned ? left.get() : right.get();
    if (!mine.alias().equals(alias) || !earlier.contains(theirs.alias())) {
      fields.wrong(
          RuleCode.UNKNOWN_ALIAS,
          "join",
          scalar.get(),
          alias + " and one of " + String.join(", ", earlier));
      return Optional.empty();
    }
    return Optional.of(new Join(mine.key(), theirs.alias(), theirs.key()));
  }

  private static Optional<Side> side(String text) {
    String side = text.strip();
    int dot = side.indexOf('.');
    for (Join.Key key : Join.Key.values()) {
      if (dot > 0 && side.substring(dot + 1).equals(key.text())) {
        return Optional.of(new Side(side.substring(0, dot), key));
      }
    }
    return Optional.empty();
  }
}
