package dev.reeve.rules.yaml;

import dev.reeve.config.Masking;
import dev.reeve.config.Nearest;
import dev.reeve.config.Place;
import dev.reeve.config.Value;
import dev.reeve.config.Value.Entry;
import dev.reeve.config.Value.Items;
import dev.reeve.config.Value.Kind;
import dev.reeve.config.Value.Mapping;
import dev.reeve.config.Value.Scalar;
import dev.reeve.rules.drl.Explained;
import dev.reeve.rules.yaml.RuleKeys.Key;
import dev.reeve.rules.yaml.RuleKeys.Shape;
import dev.reeve.rules.yaml.RuleKeys.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One mapping of a rule file, read key by key; whatever does not fit is reported. */
final class Fields {
  private final Mapping mapping;
  private final String path;
  private final Shape shape;
  private final RuleProblems problems;

  Fields(Mapping mapping, String path, Shape shape, RuleProblems problems) {
    this.mapping = mapping;
    this.path = path;
    this.shape = shape;
    this.problems = problems;
    mapping.entries().forEach(this::known);
    for (Key key : shape.keys()) {
      if (key.required() && value(key.name()).isEmpty()) {
        report(RuleCode.MISSING_KEY, mapping.place(), "the key " + key.name(), "none");
      }
    }
  }

  private void known(String name, Entry entry) {
    if (!shape.names().contains(name)) {
      String expected = "one of the keys " + String.join(", ", shape.names());
      problems.add(
          new RuleProblem(
              RuleCode.UNKNOWN_KEY,
              entry.place(),
              width(name),
              below(name),
              expected,
              "the unknown key " + Masking.quoted(name),
              Nearest.to(name, shape.names())));
    }
  }

  String path() {
    return path;
  }

  String below(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Place place() {
    return mapping.place();
  }

  /** Where a value stands; the mapping where there is none. */
  Place place(String key) {
    return value(key).map(Value::place).orElse(mapping.place());
  }

  Optional<Value> value(String key) {
    return Optional.ofNullable(mapping.entries().get(key))
        .map(Entry::value)
        .filter(value -> !value.nothing());
  }

  boolean has(String key) {
    return value(key).isPresent();
  }

  Optional<Scalar> scalar(String key) {
    return value(key).flatMap(value -> scalar(key, value));
  }

  private Optional<Scalar> scalar(String key, Value value) {
    if (value instanceof Scalar scalar && scalar.kind() != Kind.NOTHING) {
      return fits(key, scalar);
    }
    wrong(RuleCode.WRONG_TYPE, key, value, "a text");
    return Optional.empty();
  }

  private Optional<Scalar> fits(String key, Scalar scalar) {
    int longest = longest(key);
    if (scalar.text().codePointCount(0, scalar.text().length()) > longest) {
      wrong(RuleCode.TOO_LONG, key, scalar, "at most " + longest + " characters");
      return Optional.empty();
    }
    if (scalar.text().codePoints().anyMatch(RuleFile::hidden)) {
      wrong(RuleCode.HIDDEN_CHARACTER, key, scalar, "characters that can be seen");
      return Optional.empty();
    }
    return Optional.of(scalar);
  }

  private int longest(String key) {
    for (Key known : shape.keys()) {
      if (known.name().equals(key)) {
        return switch (known.type()) {
          case Type.Text text -> text.longest();
          case Type.Texts texts -> texts.longest();
          case Type.Whole _,
              Type.Word _,
              Type.Words _,
              Type.Time _,
              Type.When _,
              Type.Ladder _,
              Type.Values _,
              Type.One _,
              Type.Many _,
              Type.Quantity _ ->
              Lexer.LONGEST;
        };
      }
    }
    throw new IllegalArgumentException(shape.name() + " has no key " + key);
  }

  /** Empty text where there is none, or where it was refused. */
  String text(String key) {
    return scalar(key).map(Scalar::text).map(String::strip).orElse("");
  }

  int whole(String key) {
    Optional<Scalar> scalar = scalar(key);
    if (scalar.isPresent()) {
      String text = scalar.get().text();
      boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
      if (scalar.get().kind() == Kind.INTEGER && digits && text.length() <= 7) {
        int number = Integer.parseInt(text);
        if (number >= 1 && number <= 1_000_000) {
          return number;
        }
      }
      wrong(RuleCode.BAD_NUMBER, key, scalar.get(), "a whole number from 1 to 1,000,000");
    }
    return 1;
  }

  /** The fallback where there is none, or where it is no word of the list. */
  String word(String key, List<String> words, String fallback) {
    return scalar(key)
        .filter(scalar -> word(key, words, scalar))
        .map(Scalar::text)
        .orElse(fallback);
  }

  private boolean word(String key, List<String> words, Scalar scalar) {
    if (words.contains(scalar.text())) {
      return true;
    }
    problems.add(
        new RuleProblem(
            RuleCode.UNKNOWN_WORD,
            scalar.place(),
            width(scalar.text()),
            below(key),
            "one of " + String.join(", ", words),
            scalar.found(),
            Nearest.to(scalar.text(), words)));
    return false;
  }

  /** A list of words; what is none of them is left out. */
  List<String> words(String key, List<String> words) {
    Optional<Value> value = value(key);
    if (value.isPresent() && !(value.get() instanceof Items)) {
      wrong(RuleCode.WRONG_TYPE, key, value.get(), "a list such as [" + words.getFirst() + "]");
      return List.of();
    }
    return scalars(key).stream()
        .filter(scalar -> word(key, words, scalar))
        .map(Scalar::text)
        .toList();
  }

  /** One text, or a list of texts. */
  List<Scalar> scalars(String key) {
    Optional<Value> value = value(key);
    List<Scalar> scalars = new ArrayList<>();
    if (value.isPresent() && value.get() instanceof Items list) {
      for (Value item : limited(key, list, 64)) {
        scalar(key, item).ifPresent(scalars::add);
      }
      if (list.items().isEmpty()) {
        wrong(RuleCode.EMPTY, key, list, "at least one");
      }
    } else {
      scalar(key).ifPresent(scalars::add);
    }
    return scalars;
  }

  Optional<Duration> time(String key, Duration least, Duration most) {
    Optional<Scalar> scalar = scalar(key);
    Optional<Duration> time = scalar.flatMap(of -> Units.time(of.text())).map(Duration::ofSeconds);
    if (time.isPresent() && time.get().compareTo(least) >= 0 && time.get().compareTo(most) <= 0) {
      return time;
    }
    scalar.ifPresent(of -> wrong(RuleCode.BAD_TIME, key, of, "a time such as 30m, up to 30d"));
    return Optional.empty();
  }

  Optional<Fields> one(String key, Shape inner) {
    Optional<Value> value = value(key);
    if (value.isPresent() && value.get() instanceof Mapping below) {
      return Optional.of(new Fields(below, below(key), inner, problems));
    }
    value.ifPresent(of -> wrong(RuleCode.WRONG_TYPE, key, of, "keys with values"));
    return Optional.empty();
  }

  /** A list of mappings. */
  List<Mapping> mappings(String key, int most) {
    Optional<Value> value = value(key);
    List<Mapping> mappings = new ArrayList<>();
    if (value.isPresent() && value.get() instanceof Items list) {
      for (Value item : limited(key, list, most)) {
        if (item instanceof Mapping below) {
          mappings.add(below);
        } else {
          wrong(RuleCode.WRONG_TYPE, key, item, "keys with values");
        }
      }
    } else if (value.isPresent()) {
      wrong(RuleCode.WRONG_TYPE, key, value.get(), "a list");
    }
    return mappings;
  }

  List<Value> limited(String key, Items list, int most) {
    if (list.items().size() > most) {
      wrong(RuleCode.TOO_MANY, key, list.items().get(most), "at most " + most);
      return list.items().subList(0, most);
    }
    return list.items();
  }

  void wrong(Explained code, String key, Value value, String expected) {
    int width = value instanceof Scalar scalar ? width(scalar.text()) : 1;
    problems.add(
        new RuleProblem(code, value.place(), width, below(key), expected, value.found(), ""));
  }

  void report(RuleCode code, Place place, String expected, String found) {
    problems.add(new RuleProblem(code, place, 1, path, expected, found, ""));
  }

  static int width(String text) {
    int line = text.indexOf('\n');
    String first = line < 0 ? text : text.substring(0, line);
    return Math.max(1, first.codePointCount(0, first.length()));
  }
}
