package dev.reeve.rules;

import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonString;
import dev.reeve.json.JsonValue;
import dev.reeve.model.Attribute;
import dev.reeve.model.Bound;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Expression;
import dev.reeve.model.Feature;
import dev.reeve.model.Join;
import dev.reeve.model.Limit;
import dev.reeve.model.Pattern;
import dev.reeve.model.Quantile;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Rung;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.TimesOfWeek;
import dev.reeve.model.Trait;
import dev.reeve.model.Unit;
import dev.reeve.model.WorkloadKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads what {@link RuleWriter} wrote. It is part of what the archive's hash covers, so whatever is
 * wrong in it comes from another version of this program, and one sentence is enough.
 */
final class RuleReader {
  private RuleReader() {}

  /**
   * Throws {@link IllegalArgumentException} where it does not say rules that this version knows.
   */
  static List<Rule> rules(JsonObject json) {
    return objects(json, "rules").map(RuleReader::rule);
  }

  static Rule rule(JsonObject json) {
    return new Rule(
        text(json, "id"),
        whole(json, "version"),
        text(json, "title"),
        word(json, "severity", Severity.values(), Severity::text),
        text(json, "why"),
        objects(json, "patterns").map(RuleReader::pattern),
        text(json, "target"),
        objects(json, "ladder").map(RuleReader::rung),
        kinds(array(json, "acts_on")),
        Duration.parse(text(json, "min_notice")),
        word(json, "mode", RuleMode.values(), RuleMode::text),
        card(object(json, "card")),
        objects(json, "limits").map(RuleReader::limit));
  }

  private static RuleCard card(JsonObject json) {
    return new RuleCard(
        text(json, "pack"),
        text(json, "owner"),
        word(json, "status", RuleCard.Status.values(), RuleCard.Status::text),
        text(json, "risk"),
        text(json, "runbook"),
        texts(json, "false_positives"),
        word(json, "wastes", RuleCard.Wastes.values(), RuleCard.Wastes::text));
  }

  private static Limit limit(JsonObject json) {
    return new Limit(
        word(json, "measure", Limit.Measure.values(), Limit.Measure::text),
        expression(object(json, "most")),
        Optional.of(text(json, "currency"))
            .filter(code -> !code.isEmpty())
            .map(Currency::getInstance),
        Duration.parse(text(json, "per")),
        word(json, "each", Limit.Each.values(), Limit.Each::text));
  }

  private static Pattern pattern(JsonObject json) {
    Optional<Join> join =
        json.object("join")
            .map(
                of ->
                    new Join(
                        word(of, "mine", Join.Key.values(), Join.Key::text),
                        text(of, "to"),
                        word(of, "theirs", Join.Key.values(), Join.Key::text)));
    return new Pattern(
        text(json, "as"),
        SubjectKind.of(text(json, "kind")),
        condition(object(json, "when")),
        join);
  }

  private static Rung rung(JsonObject json) {
    String verb = text(json, "remedy");
    Remedy remedy =
        switch (verb) {
          case "downsize" -> new Remedy.Downsize(whole(json, "size"));
          case "migrate" -> new Remedy.Migrate(text(json, "destination"));
          default -> Remedy.named(verb).orElseThrow(() -> missing("remedy " + verb));
        };
    return new Rung(Duration.parse(text(json, "after")), remedy);
  }

  private static Condition condition(JsonObject json) {
    if (json.member("all").isPresent()) {
      return new Condition.All(objects(json, "all").map(RuleReader::condition));
    }
    if (json.member("any").isPresent()) {
      return new Condition.Any(objects(json, "any").map(RuleReader::condition));
    }
    if (json.member("kind_in").isPresent()) {
      return new Condition.KindIn(kinds(array(json, "kind_in")));
    }
    if (json.member("trait").isPresent()) {
      return new Condition.Named(
          word(json, "trait", Trait.values(), Trait::text),
          texts(json, "patterns"),
          json.bool("among").orElseThrow(() -> missing("among")));
    }
    return new Condition.Compare(
        expression(object(json, "left")),
        word(json, "is", Comparison.values(), Comparison::text),
        expression(object(json, "right")));
  }

  private static Expression expression(JsonObject json) {
    if (json.member("value").isPresent()) {
      return constant(json);
    }
    if (json.member("by").isPresent()) {
      return new Expression.Choice(
          word(json, "by", Trait.values(), Trait::text),
          texts(json, "patterns"),
          constant(object(json, "then")),
          expression(object(json, "otherwise")));
    }
    if (json.member("do").isPresent()) {
      return new Expression.Arithmetic(
          expression(object(json, "left")),
          word(json, "do", Expression.Operator.values(), Expression.Operator::text),
          expression(object(json, "right")));
    }
    return new Expression.Ask(feature(json));
  }

  private static Expression.Constant constant(JsonObject json) {
    return new Expression.Constant(
        json.real("value").orElseThrow(() -> missing("value")),
        word(json, "unit", Unit.values(), Unit::text));
  }

  private static Feature feature(JsonObject json) {
    if (json.member("attribute").isPresent()) {
      return new Feature.OfAttribute(word(json, "attribute", Attribute.values(), Attribute::text));
    }
    if (json.member("times").isPresent()) {
      return new Feature.OfTimes(new TimesOfWeek(objects(json, "times").map(RuleReader::range)));
    }
    if (json.member("cost_in").isPresent()) {
      return new Feature.OfCost(Currency.getInstance(text(json, "cost_in")));
    }
    if (json.member("quantile").isPresent()) {
      return new Feature.OfQuantile(
          word(json, "signal", Signal.values(), Signal::text),
          word(json, "quantile", Quantile.values(), Quantile::text),
          Duration.parse(text(json, "span")),
          word(json, "bound", Bound.values(), Bound::text));
    }
    return new Feature.OfWindow(
        word(json, "signal", Signal.values(), Signal::text),
        word(json, "statistic", Statistic.values(), Statistic::text),
        Duration.parse(text(json, "span")));
  }

  private static TimesOfWeek.Range range(JsonObject json) {
    return new TimesOfWeek.Range(
        DayOfWeek.of(whole(json, "first")),
        DayOfWeek.of(whole(json, "last")),
        whole(json, "from"),
        whole(json, "to"),
        ZoneId.of(text(json, "zone")));
  }

  private static int whole(JsonObject json, String name) {
    return Math.toIntExact(json.whole(name).orElseThrow(() -> missing(name)));
  }

  private static SortedSet<WorkloadKind> kinds(JsonArray json) {
    SortedSet<WorkloadKind> kinds = new TreeSet<>();
    for (JsonValue word : json) {
      kinds.add(word instanceof JsonString(String text) ? WorkloadKind.of(text) : badKind());
    }
    return kinds;
  }

  private static WorkloadKind badKind() {
    return WorkloadKind.UNKNOWN;
  }

  private static <E> E word(JsonObject json, String name, E[] words, Function<E, String> textOf) {
    String text = text(json, name);
    for (E word : words) {
      if (textOf.apply(word).equals(text)) {
        return word;
      }
    }
    throw missing(name + " " + text);
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow(() -> missing(name));
  }

  private static List<String> texts(JsonObject json, String name) {
    List<String> texts = new ArrayList<>();
    for (JsonValue element : array(json, name)) {
      texts.add(element instanceof JsonString(String text) ? text : notText(name));
    }
    return texts;
  }

  private static String notText(String name) {
    throw missing(name);
  }

  private static JsonObject object(JsonObject json, String name) {
    return json.object(name).orElseThrow(() -> missing(name));
  }

  private static JsonArray array(JsonObject json, String name) {
    return json.array(name).orElseThrow(() -> missing(name));
  }

  private static Objects objects(JsonObject json, String name) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonValue element : array(json, name)) {
      objects.add(element instanceof JsonObject object ? object : fail(name));
    }
    return new Objects(objects);
  }

  private static JsonObject fail(String name) {
    throw missing(name);
  }

  private static IllegalArgumentException missing(String what) {
    return new IllegalArgumentException("a rule set with no " + what + " that is known here");
  }

  private record Objects(List<JsonObject> of) {
    <T> List<T> map(Function<JsonObject, T> read) {
      return of.stream().map(read).toList();
    }
  }
}
