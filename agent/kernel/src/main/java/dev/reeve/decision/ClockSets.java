package dev.reeve.decision;

import dev.reeve.journal.JournalRecord;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * How the wall clock was set, read from the stamps of the journal's records. For a day after it was
 * set nobody knows whether it was right before or is now. Guarded as the state that it is a part
 * of.
 *
 * <p>A clock that is corrected by less than a minute between two records was not set. How much time
 * passed between two boots is not known: there only a clock that shows less than before was set.
 */
public final class ClockSets {
  /** Evidence clock: how long it counts what the clock would show if it had not been set. */
  static final Duration DOUBTED = Duration.ofDays(1);

  private static final long SET_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final int KEPT = 64;

  private final Deque<Setting> sets = new ArrayDeque<>();
  private String boot = "";
  private long wallMillis;
  private long bootNanos;

  ClockSets() {}

  /**
   * One setting.
   *
   * @param behindMillis what the clock would show more if it had not been set; negative for one
   *     that was set forward
   * @param atNanos on the state's timeline
   */
  private record Setting(long behindMillis, long atNanos) {}

  /** A record was appended. */
  void recordedAt(JournalRecord record, long timelineNanos) {
    String recordBoot = record.bootId().toString();
    if (!boot.isEmpty()) {
      long behind =
          boot.equals(recordBoot)
              ? behind(record.wallMillis(), record.bootNanos())
              : Math.max(0, wallMillis - record.wallMillis());
      if (Math.abs(behind) > SET_MILLIS) {
        sets.addFirst(new Setting(behind, timelineNanos));
        if (sets.size() > KEPT) {
          sets.removeLast();
        }
      }
    }
    boot = recordBoot;
    wallMillis = record.wallMillis();
    bootNanos = record.bootNanos();
  }

  JsonObject write() {
    return Json.object()
        .put("sets", StateCodec.list(sets, ClockSets::write))
        .put("boot", boot)
        .put("wall_millis", wallMillis)
        .put("boot_nanos", bootNanos)
        .build();
  }

  private static JsonObject write(Setting set) {
    return Json.object()
        .put("behind_millis", set.behindMillis())
        .put("at_nanos", set.atNanos())
        .build();
  }

  void restore(JsonObject json) {
    StateCodec.requireOnly(json, Set.of("sets", "boot", "wall_millis", "boot_nanos"));
    sets.addAll(StateCodec.read(json, "sets", ClockSets::readSetting));
    boot = DecisionReader.text(json, "boot");
    wallMillis = DecisionReader.whole(json, "wall_millis");
    bootNanos = DecisionReader.whole(json, "boot_nanos");
  }

  private static Setting readSetting(JsonObject json) {
    return new Setting(
        DecisionReader.whole(json, "behind_millis"), DecisionReader.whole(json, "at_nanos"));
  }

  private long behind(long nowMillis, long nowBootNanos) {
    return wallMillis + (nowBootNanos - bootNanos) / 1_000_000 - nowMillis;
  }

  /**
   * What the clock would show if it had not been set within the last day, the newest setting taken
   * back first; none of a clock that nobody set.
   *
   * @param nowBootNanos the world's clock, at the instant when the wall clock showed {@code shown}
   */
  public List<Instant> others(Instant shown, long nowBootNanos, long timelineNanos) {
    List<Instant> others = new ArrayList<>();
    Instant other = shown;
    long since = boot.isEmpty() ? 0 : behind(shown.toEpochMilli(), nowBootNanos);
    if (Math.abs(since) > SET_MILLIS) {
      other = other.plusMillis(since);
      others.add(other);
    }
    for (Setting set : sets) {
      if (timelineNanos - set.atNanos() < DOUBTED.toNanos()) {
        other = other.plusMillis(set.behindMillis());
        others.add(other);
      }
    }
    return others;
  }
}
