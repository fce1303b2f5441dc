package dev.reeve.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Times of the week that people wrote, in zones that they named. An instant is within them if a
 * clock on the wall of that zone reads so: an hour that the clocks repeat counts both times, one
 * that they skip counts for nothing.
 */
public record TimesOfWeek(List<Range> ranges) {
  /** Longer than any rule looks back; who is always within them has been so for that long. */
  public static final Duration MOST = Duration.ofDays(31);

  private static final int DAY = 24 * 60;
  private static final int WEEK = 7 * DAY;
  private static final long WEEK_SECONDS = WEEK * 60L;

  /** 1970 began on a Thursday. */
  private static final long MONDAY = 3L * DAY * 60;

  public TimesOfWeek {
    ranges = List.copyOf(ranges);
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("no time at all: a rule that never holds");
    }
  }

  /**
   * On each day from the first to the last, over the week's end if need be.
   *
   * @param from minute of the day
   * @param to minute of that day, up to 24:00; of the next day where it is not after {@code from}
   */
  public record Range(DayOfWeek first, DayOfWeek last, int from, int to, ZoneId zone) {
    public Range {
      if (from < 0 || from >= DAY || to < 0 || to > DAY || from == to) {
        throw new IllegalArgumentException("not a time of the day: " + from + " to " + to);
      }
    }

    public String text() {
      String days = first == last ? day(first) : day(first) + "-" + day(last);
      return days + " " + time(from) + "-" + time(to) + " " + zone.getId();
    }

    private static String time(int minute) {
      return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }

    private int length() {
      return to > from ? to - from : DAY - from + to;
    }

    private int days() {
      return Math.floorMod(last.getValue() - first.getValue(), 7) + 1;
    }

    /** How many seconds of the week it has lasted by then; negative where it does not. */
    private long lasted(long secondOfWeek) {
      long most = -1;
      for (int i = 0; i < days(); i++) {
        long begin = ((first.getValue() - 1 + i) * DAY + from) * 60L;
        long lasted = Math.floorMod(secondOfWeek - begin, WEEK_SECONDS);
        if (lasted < length() * 60L) {
          most = Math.max(most, lasted);
        }
      }
      return most;
    }

    /**
     * The first second of what ends with this one and lies within, without a change of the clocks
     * in between; empty where this one does not.
     */
    private Optional<Long> began(long second) {
      ZoneRules rules = zone.getRules();
      Instant instant = Instant.ofEpochSecond(second);
      long local = second + rules.getOffset(instant).getTotalSeconds();
      long lasted = lasted(Math.floorMod(local + MONDAY, WEEK_SECONDS));
      if (lasted < 0) {
        return Optional.empty();
      }
      Optional<ZoneOffsetTransition> change =
          Optional.ofNullable(rules.previousTransition(instant.plusSeconds(1)));
      long changed = change.map(ZoneOffsetTransition::toEpochSecond).orElse(Long.MIN_VALUE);
      return Optional.of(Math.max(second - lasted, changed));
    }

    private void fill(BitSet minutes) {
      for (int i = 0; i < days(); i++) {
        int begin = (first.getValue() - 1 + i) * DAY + from;
        for (int minute = begin; minute < begin + length(); minute++) {
          minutes.set(minute % WEEK);
        }
      }
    }
  }

  /** What a day is called: its first three letters. */
  public static String day(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  public String text() {
    return String.join(", ", ranges.stream().map(Range::text).toList());
  }

  /** Whether an instant is within them. */
  public boolean contains(Instant at) {
    long second = at.getEpochSecond();
    return ranges.stream().anyMatch(range -> range.began(second).isPresent());
  }

  /** How long it has been within these times without a break; zero outside, and at their start. */
  public Duration heldAt(Instant now) {
    long at = now.getEpochSecond();
    long start = at + 1;
    for (long end = start; at - end < MOST.toSeconds(); end = start) {
      for (Range range : ranges) {
        start = Math.min(start, range.began(end - 1).orElse(end));
      }
      if (start == end) {
        break;
      }
    }
    long held = Math.max(0, at - start);
    return held < MOST.toSeconds() ? Duration.ofSeconds(held) : MOST;
  }

  /**
   * The longest time in a usual week without a break. Times of several zones may meet, so of those
   * it is taken to be {@link #MOST}.
   */
  public Duration longest() {
    SortedMap<String, BitSet> zones = byZone();
    BitSet minutes = zones.firstEntry().getValue();
    if (zones.size() > 1 || minutes.cardinality() == WEEK) {
      return MOST;
    }
    int longest = 0;
    int outside = minutes.nextClearBit(0);
    for (int i = 1, run = 0; i <= WEEK; i++) {
      run = minutes.get((outside + i) % WEEK) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return Duration.ofMinutes(longest);
  }

  /** Whether all of the other times are surely among these: zones are compared by name. */
  public boolean covers(TimesOfWeek other) {
    SortedMap<String, BitSet> mine = byZone();
    return other.byZone().entrySet().stream()
        .allMatch(
            theirs -> {
              BitSet left = theirs.getValue();
              left.andNot(mine.getOrDefault(theirs.getKey(), new BitSet()));
              return left.isEmpty();
            });
  }

  private SortedMap<String, BitSet> byZone() {
    SortedMap<String, BitSet> zones = new TreeMap<>();
    ranges.forEach(
        range -> range.fill(zones.computeIfAbsent(range.zone().getId(), _ -> new BitSet(WEEK))));
    return zones;
  }
}
