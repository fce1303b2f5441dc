package dev.reeve.rules.yaml;

import dev.reeve.config.Nearest;
import dev.reeve.config.Value.Scalar;
import dev.reeve.model.Attribute;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Conditions;
import dev.reeve.model.Expression;
import dev.reeve.model.Feature;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rung;
import dev.reeve.model.Spans;
import dev.reeve.model.TimesOfWeek;
import dev.reeve.model.TimesOfWeek.Range;
import dev.reeve.model.Unit;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the times of the week in which a rule judges, and turns them into one more condition of its
 * target: the clock must have been within them for as long as the evidence reaches back. So what
 * was seen in the night says nothing of the working day, and outside of them the rule is refuted.
 */
final class Times {
  private static final String EXPECTED = "times such as `mon-fri 08:00-18:00 Europe/Berlin`";
  private static final List<String> DAYS =
      Arrays.stream(DayOfWeek.values()).map(TimesOfWeek::day).toList();
  private static final int DAY = 24 * 60;

  private final Fields rule;
  private final RuleProblems problems;

  private record Days(DayOfWeek first, DayOfWeek last) {}

  private record Minutes(int from, int to) {}

  Times(Fields rule, RuleProblems problems) {
    this.rule = rule;
    this.problems = problems;
  }

  /** Empty where the rule names none, or where something was wrong, which was reported then. */
  Optional<TimesOfWeek> read() {
    List<Range> ranges = new ArrayList<>();
    boolean right = true;
    for (Scalar scalar : rule.has("times") ? rule.scalars("times") : List.<Scalar>of()) {
      int before = ranges.size();
      range(scalar, ranges);
      right &= ranges.size() > before;
    }
    return right && !ranges.isEmpty() ? Optional.of(new TimesOfWeek(ranges)) : Optional.empty();
  }

  /** The patterns with the times among the conditions of the target. */
  List<Pattern> apply(TimesOfWeek times, List<Pattern> patterns, String target, List<Rung> ladder) {
    Duration reach = reach(patterns);
    Duration last = ladder.isEmpty() ? reach : ladder.getLast().after();
    Duration needed = last.compareTo(reach) > 0 ? last : reach;
    if (times.longest().compareTo(needed) < 0) {
      rule.report(
          RuleCode.BAD_TIMES,
          rule.place("times"),
          "times of at least " + Spans.text(needed) + " without a break: evidence begins anew",
          "at most " + Spans.text(times.longest()));
    }
    Condition within =
        new Condition.Compare(
            new Expression.Ask(new Feature.OfTimes(times)),
            Comparison.AT_LEAST,
            new Expression.Constant(reach.toSeconds(), Unit.SECONDS));
    List<Pattern> result = new ArrayList<>();
    for (Pattern pattern : patterns) {
      result.add(
          pattern.alias().equals(target)
              ? new Pattern(
                  pattern.alias(),
                  pattern.kind(),
                  new Condition.All(List.of(pattern.condition(), within)),
                  pattern.join())
              : pattern);
    }
    return result;
  }

  /** How far back the evidence reaches: windows, and ages that must be reached. */
  private static Duration reach(List<Pattern> patterns) {
    double seconds = 1;
    for (Pattern pattern : patterns) {
      for (Feature feature : Conditions.features(pattern.condition())) {
        seconds = Math.max(seconds, feature.looksBack().toSeconds());
      }
      for (Condition.Compare compare : Conditions.comparisons(pattern.condition())) {
        if (aged(compare)) {
          seconds = Math.max(seconds, most(compare.right()));
        }
      }
    }
    return Duration.ofSeconds((long) Math.ceil(Math.min(seconds, 1e9)));
  }

  private static boolean aged(Condition.Compare compare) {
    return compare.left() instanceof Expression.Ask(Feature.OfAttribute(Attribute of))
        && of.unit() == Unit.SECONDS
        && (compare.comparison() == Comparison.GREATER
            || compare.comparison() == Comparison.AT_LEAST);
  }

  private static double most(Expression expression) {
    return switch (expression) {
      case Expression.Constant constant -> constant.value();
      case Expression.Choice of -> Math.max(of.then().value(), most(of.otherwise()));
      case Expression.Ask _ -> 0;
      case Expression.Arithmetic of -> Math.max(most(of.left()), most(of.right()));
    };
  }

  private void range(Scalar scalar, List<Range> into) {
    List<String> words = words(scalar.text());
    if (words.size() == 2 && words.getLast().indexOf(':') > 0) {
      String meant = String.join(" ", words) + " UTC";
      wrong(scalar, "a zone behind it, such as Europe/Berlin or UTC", meant);
      return;
    }
    if (words.size() != 3) {
      wrong(scalar, EXPECTED, "");
      return;
    }
    Optional<Minutes> minutes = minutes(scalar, words.get(1));
    Optional<ZoneId> zone = zone(scalar, words.get(2));
    List<Range> ranges = new ArrayList<>();
    boolean right = true;
    for (String part : words.getFirst().split(",", -1)) {
      Optional<Days> days = days(scalar, part);
      right &= days.isPresent();
      if (days.isPresent() && minutes.isPresent() && zone.isPresent()) {
        Days of = days.get();
        Minutes on = minutes.get();
        ranges.add(new Range(of.first(), of.last(), on.from(), on.to(), zone.get()));
      }
    }
    if (right) {
      into.addAll(ranges);
    }
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private Optional<Days> days(Scalar scalar, String part) {
    String[] names = part.split("-", -1);
    if (names.length > 2) {
      wrong(scalar, "days such as mon-fri or sat,sun", "");
      return Optional.empty();
    }
    List<DayOfWeek> days = new ArrayList<>();
    for (String name : names) {
      int at = DAYS.indexOf(name);
      if (at < 0) {
        String cut = name.substring(0, Math.min(3, name.length())).toLowerCase(Locale.ROOT);
        String nearest = DAYS.contains(cut) ? cut : Nearest.to(cut, DAYS);
        wrong(scalar, "a day: one of " + String.join(", ", DAYS), nearest);
        return Optional.empty();
      }
      days.add(DayOfWeek.of(at + 1));
    }
    return Optional.of(new Days(days.getFirst(), days.getLast()));
  }

  private Optional<Minutes> minutes(Scalar scalar, String text) {
    String[] times = text.split("-", -1);
    int from = times.length == 2 ? minute(times[0]) : -1;
    int to = times.length == 2 ? minute(times[1]) : -1;
    if (from < 0 || to < 0 || from == DAY || from == to) {
      String expected =
          from >= 0 && from == to
              ? "two different times; a whole day is 00:00-24:00"
              : "times of the day such as 08:00-18:00, from 00:00 to 24:00";
      wrong(scalar, expected, times.length == 2 ? padded(times) : "");
      return Optional.empty();
    }
    return Optional.of(new Minutes(from, to));
  }

  /** Minute of the day; negative where it is none. */
  private static int minute(String text) {
    boolean shaped = text.length() == 5 && text.charAt(2) == ':';
    for (int i = 0; shaped && i < 5; i++) {
      shaped = i == 2 || (text.charAt(i) >= '0' && text.charAt(i) <= '9');
    }
    if (!shaped) {
      return -1;
    }
    int hour = Integer.parseInt(text.substring(0, 2));
    int minute = Integer.parseInt(text.substring(3));
    return minute > 59 || hour > 24 || (hour == 24 && minute > 0) ? -1 : hour * 60 + minute;
  }

  /**
   * What was meant by hours without minutes, or without a zero in front; empty text if not that.
   */
  private static String padded(String[] times) {
    List<String> meant = new ArrayList<>();
    for (String time : times) {
      String full = time.indexOf(':') < 0 ? time + ":00" : time;
      full = full.length() == 4 ? "0" + full : full;
      if (minute(full) < 0) {
        return "";
      }
      meant.add(full);
    }
    String joined = String.join("-", meant);
    return joined.equals(String.join("-", times)) ? "" : joined;
  }

  private Optional<ZoneId> zone(Scalar scalar, String name) {
    if (ZoneId.getAvailableZoneIds().contains(name)) {
      return Optional.of(ZoneId.of(name));
    }
    List<String> known = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    wrong(scalar, "a zone such as Europe/Berlin or UTC", Nearest.to(name, known));
    return Optional.empty();
  }

  private void wrong(Scalar scalar, String expected, String nearest) {
    problems.add(
        new RuleProblem(
            RuleCode.BAD_TIMES,
            scalar.place(),
            Fields.width(scalar.text()),
            rule.below("times"),
            expected,
            scalar.found(),
            nearest));
  }
}
