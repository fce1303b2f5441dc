package dev.reeve.config;

import dev.reeve.model.TimesOfWeek;
import dev.reeve.model.TimesOfWeek.Range;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Reads times of the week as people write them: {@code mon-fri 08:00-18:00 Europe/Berlin}. What is
 * wrong is told with what was expected and the nearest right text, all of it at once.
 */
public final class TimesText {
  private static final String EXPECTED = "times such as `mon-fri 08:00-18:00 Europe/Berlin`";
  private static final List<String> DAYS =
      Arrays.stream(DayOfWeek.values()).map(TimesOfWeek::day).toList();
  private static final int DAY = 24 * 60;

  private final BiConsumer<String, String> wrong;

  private record Days(DayOfWeek first, DayOfWeek last) {}

  private record Minutes(int from, int to) {}

  private TimesText(BiConsumer<String, String> wrong) {
    this.wrong = wrong;
  }

  /**
   * The ranges of one text; none where something was wrong.
   *
   * @param wrong told what was expected, and the nearest right text or an empty one
   */
  public static List<Range> read(String text, BiConsumer<String, String> wrong) {
    return new TimesText(wrong).ranges(text);
  }

  private List<Range> ranges(String text) {
    List<String> words = words(text);
    if (words.size() == 2 && words.getLast().indexOf(':') > 0) {
      String meant = String.join(" ", words) + " UTC";
      wrong.accept("a zone behind it, such as Europe/Berlin or UTC", meant);
      return List.of();
    }
    if (words.size() != 3) {
      wrong.accept(EXPECTED, "");
      return List.of();
    }
    Optional<Minutes> minutes = minutes(words.get(1));
    Optional<ZoneId> zone = zone(words.get(2), wrong);
    List<Range> ranges = new ArrayList<>();
    boolean right = true;
    for (String part : words.getFirst().split(",", -1)) {
      Optional<Days> days = days(part);
      right &= days.isPresent();
      if (days.isPresent() && minutes.isPresent() && zone.isPresent()) {
        Days of = days.get();
        Minutes on = minutes.get();
        ranges.add(new Range(of.first(), of.last(), on.from(), on.to(), zone.get()));
      }
    }
    return right ? ranges : List.of();
  }

  static List<String> words(String text) {
    return Arrays.stream(text.strip().split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private Optional<Days> days(String part) {
    String[] names = part.split("-", -1);
    if (names.length > 2) {
      wrong.accept("days such as mon-fri or sat,sun", "");
      return Optional.empty();
    }
    List<DayOfWeek> days = new ArrayList<>();
    for (String name : names) {
      int at = DAYS.indexOf(name);
      if (at < 0) {
        String cut = name.substring(0, Math.min(3, name.length())).toLowerCase(Locale.ROOT);
        String nearest = DAYS.contains(cut) ? cut : Nearest.to(cut, DAYS);
        wrong.accept("a day: one of " + String.join(", ", DAYS), nearest);
        return Optional.empty();
      }
      days.add(DayOfWeek.of(at + 1));
    }
    return Optional.of(new Days(days.getFirst(), days.getLast()));
  }

  private Optional<Minutes> minutes(String text) {
    String[] times = text.split("-", -1);
    int from = times.length == 2 ? minute(times[0]) : -1;
    int to = times.length == 2 ? minute(times[1]) : -1;
    if (from < 0 || to < 0 || from == DAY || from == to) {
      String expected =
          from >= 0 && from == to
              ? "two different times; a whole day is 00:00-24:00"
              : "times of the day such as 08:00-18:00, from 00:00 to 24:00";
      wrong.accept(expected, times.length == 2 ? padded(times) : "");
      return Optional.empty();
    }
    return Optional.of(new Minutes(from, to));
  }

  /** Minute of the day; negative where it is none. */
  static int minute(String text) {
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

  static Optional<ZoneId> zone(String name, BiConsumer<String, String> wrong) {
    if (ZoneId.getAvailableZoneIds().contains(name)) {
      return Optional.of(ZoneId.of(name));
    }
    List<String> known = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    wrong.accept("a zone such as Europe/Berlin or UTC", Nearest.to(name, known));
    return Optional.empty();
  }
}
