package dev.reeve.rules.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every key of a rule file. The reader, the schema and the docs page are made of this. */
final class RuleKeys {
  private static final int NAME = 128;
  private static final int TEXT = 2_000;

  static final List<String> SEVERITIES = List.of("info", "warning", "critical");
  static final List<String> STATUSES = List.of("experimental", "stable", "deprecated");
  static final List<String> WASTES = List.of("all", "part", "nothing");
  static final List<String> MODES = List.of("act", "observe", "off");
  static final List<String> KINDS =
      List.of("training", "serving", "notebook", "batch", "interactive");
  static final List<String> SUBJECTS = List.of("workload", "gpu", "run", "endpoint");

  private RuleKeys() {}

  /** What may stand behind a key. */
  sealed interface Type {
    record Text(int longest) implements Type {}

    record Whole() implements Type {}

    record Word(List<String> words) implements Type {}

    /** A list of words. */
    record Words(List<String> words) implements Type {}

    record Time() implements Type {}

    /** One text or a list of them. */
    record Texts(int longest) implements Type {}

    /** A text, a list of conditions, {@code all:} or {@code any:}. */
    record When() implements Type {}

    record Ladder() implements Type {}

    /** A number with a unit, or a mapping of that shape; by names that people chose. */
    record Values(Shape shape) implements Type {}

    record One(Shape shape) implements Type {}

    record Many(Shape shape) implements Type {}

    /** A number with a unit. */
    record Quantity() implements Type {}
  }

  record Key(String name, Type type, boolean required, String meaning) {}

  /** The keys of one mapping, in the order of the docs. */
  record Shape(String name, List<Key> keys) {
    List<String> names() {
      return keys.stream().map(Key::name).toList();
    }
  }

  private static Key must(String name, Type type, String meaning) {
    return new Key(name, type, true, meaning);
  }

  private static Key may(String name, Type type, String meaning) {
    return new Key(name, type, false, meaning);
  }

  static final Shape PACK =
      new Shape(
          "pack",
          List.of(
              must("name", new Type.Text(NAME), "what the pack is called"),
              must("version", new Type.Whole(), "counts up with each change"),
              may("owner", new Type.Text(NAME), "who answers for rules that name no owner")));

  static final Shape CASE =
      new Shape(
          "case",
          Stream.concat(
                  names(dev.reeve.model.Trait.values()),
                  Stream.of(must("value", new Type.Quantity(), "the number that holds there")))
              .toList());

  static final Shape PARAMETER =
      new Shape(
          "parameter",
          List.of(
              must("default", new Type.Quantity(), "the number that holds elsewhere"),
              may(
                  "cases",
                  new Type.Many(CASE),
                  "other numbers by name; the first that fits counts")));

  static final Shape EXCEPTION =
      new Shape(
          "exception",
          Stream.concat(
                  names(dev.reeve.model.Trait.values()),
                  Stream.of(
                      may(
                          "when",
                          new Type.When(),
                          "a condition on the subject that is found; the exception holds only if"
                              + " all of its keys do")))
              .toList());

  static final Shape SUBJECT =
      new Shape(
          "subject",
          List.of(
              must("as", new Type.Text(16), "what joins and the target call it by"),
              must("is", new Type.Word(SUBJECTS), "its kind"),
              may(
                  "join",
                  new Type.Text(NAME),
                  "how it is tied to an earlier one; not for the first"),
              must("when", new Type.When(), "what must hold of it")));

  static final List<String> EACH_LIMIT = List.of("rule", "owner", "group", "workload");
  static final List<String> EACH_THROTTLE = List.of("rule", "owner", "workload");

  static final Shape LIMIT =
      new Shape(
          "limit",
          List.of(
              may("actions", new Type.Quantity(), "so many plans begin at most"),
              may(
                  "share",
                  new Type.Quantity(),
                  "plans begin on this share of the workloads it may act on, which count as at"
                      + " least 20"),
              may("cost", new Type.Quantity(), "what they cost in an hour, such as 50 USD/h"),
              must("per", new Type.Time(), "within this time"),
              may(
                  "each",
                  new Type.Word(EACH_LIMIT),
                  "what is counted apart; without it the rule")));

  static final Shape THROTTLE =
      new Shape(
          "throttle",
          List.of(
              must("notices", new Type.Quantity(), "so many notices at most"),
              must("per", new Type.Time(), "within this time"),
              may(
                  "each",
                  new Type.Word(EACH_THROTTLE),
                  "what is counted apart; without it the rule")));

  /** What an override may change as well. */
  private static final List<Key> CHANGEABLE =
      List.of(
          may("severity", new Type.Word(SEVERITIES), "how much a finding matters to its reader"),
          may(
              "mode",
              new Type.Word(MODES),
              "how far it may go: act (where the daemon may), observe (warns only) or off"),
          may("owner", new Type.Text(NAME), "who answers for the rule"),
          may("runbook", new Type.Text(TEXT), "address of a page on what to do about a finding"),
          may(
              "times",
              new Type.Texts(NAME),
              "times of the week in which it judges, such as `mon-fri 08:00-18:00 Europe/Berlin`;"
                  + " all that it goes by must have been seen within them"),
          may("params", new Type.Values(PARAMETER), "named numbers for the condition"),
          may("ladder", new Type.Ladder(), "what is done, and when"),
          may(
              "acts_on",
              new Type.Words(KINDS),
              "kinds of workload that steps which act may touch; all others are only warned"),
          may(
              "min_notice",
              new Type.Time(),
              "no step acts sooner than this after a warning that was delivered"),
          may(
              "limits",
              new Type.Many(LIMIT),
              "how much it may do, beside what the configuration allows; it can only allow less"),
          may(
              "throttle",
              new Type.Many(THROTTLE),
              "how often it tells owners; whom it does not tell it does nothing to"),
          may("except", new Type.Many(EXCEPTION), "what the rule never finds"));

  static final Shape RULE =
      new Shape(
          "rule",
          Stream.concat(
                  Stream.of(
                      must("id", new Type.Text(64), "unique; letters, digits and dashes"),
                      must("version", new Type.Whole(), "counts up with each change"),
                      must("title", new Type.Text(200), "what owners read first"),
                      must("status", new Type.Word(STATUSES), "experimental rules only observe"),
                      must("why", new Type.Text(TEXT), "the evidence behind the thresholds"),
                      must("risk", new Type.Text(TEXT), "what a wrong finding would do"),
                      may(
                          "wastes",
                          new Type.Word(WASTES),
                          "how much of its cost is wasted while the rule holds: all (the default),"
                              + " part (nobody knows how much) or nothing"),
                      may(
                          "false_positives",
                          new Type.Texts(TEXT),
                          "what looks the same and is no waste"),
                      may("subject", new Type.Word(SUBJECTS), "what is judged, where it is one"),
                      may("when", new Type.When(), "what must hold of that one subject"),
                      may(
                          "condition",
                          new Type.Word(List.of("drl")),
                          "what must hold stands in the .drl file of the same name, in place of"
                              + " subject, when, subjects and target"),
                      may("subjects", new Type.Many(SUBJECT), "what is judged together"),
                      may("target", new Type.Text(16), "which of the subjects is found")),
                  CHANGEABLE.stream().map(RuleKeys::ofRule))
              .toList());

  static final Shape OVERRIDE =
      new Shape(
          "override",
          Stream.concat(
                  Stream.of(must("rule", new Type.Text(64), "id of the rule that is changed")),
                  CHANGEABLE.stream())
              .toList());

  static final Shape FILE =
      new Shape(
          "file",
          List.of(
              must("pack", new Type.One(PACK), "what this file is"),
              may("rules", new Type.Many(RULE), "its rules"),
              may("overrides", new Type.Many(OVERRIDE), "changes to rules of any file")));

  static final List<Shape> SHAPES =
      List.of(FILE, PACK, RULE, SUBJECT, PARAMETER, CASE, LIMIT, THROTTLE, EXCEPTION, OVERRIDE);

  private static Key ofRule(Key key) {
    boolean required = key.name().equals("severity") || key.name().equals("ladder");
    return new Key(key.name(), key.type(), required, key.meaning());
  }

  private static Stream<Key> names(dev.reeve.model.Trait... traits) {
    Function<dev.reeve.model.Trait, Key> key =
        trait -> may(trait.text(), new Type.Texts(NAME), trait.meaning() + "; * and ? allowed");
    return Arrays.stream(traits).map(key);
  }
}
