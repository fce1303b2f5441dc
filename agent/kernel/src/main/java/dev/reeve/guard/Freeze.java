package dev.reeve.guard;

import dev.reeve.model.TimesOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * When nothing is to be begun, as people wrote it.
 *
 * @param scope whom it concerns
 */
public record Freeze(Scope scope, Times times) {

  /** The times of a freeze. */
  public sealed interface Times {
    /** Whether it is frozen at an instant. */
    boolean contains(Instant at);

    /** As people write it. */
    String text();
  }

  /** Again each week. */
  public record Weekly(TimesOfWeek times) implements Times {
    @Override
    public boolean contains(Instant at) {
      return times.contains(at);
    }

    @Override
    public String text() {
      return times.text();
    }
  }

  /**
   * Once. An hour that the clocks repeat is within it both times, and a time that they skip is the
   * instant at which they do.
   *
   * @param from on the clocks of the zone
   * @param to the first time after it
   */
  public record Dated(LocalDateTime from, LocalDateTime to, ZoneId zone, String text)
      implements Times {
    public Dated {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("it ends before it begins: " + text);
      }
    }

    @Override
    public boolean contains(Instant at) {
      return !at.isBefore(earliest(from)) && at.isBefore(latest(to));
    }

    private Instant earliest(LocalDateTime local) {
      ZoneRules rules = zone.getRules();
      ZoneOffsetTransition change = rules.getTransition(local);
      return change != null && change.isGap()
          ? change.getInstant()
          : local.toInstant(rules.getOffset(local));
    }

    private Instant latest(LocalDateTime local) {
      ZoneRules rules = zone.getRules();
      ZoneOffsetTransition change = rules.getTransition(local);
      if (change == null) {
        return local.toInstant(rules.getOffset(local));
      }
      return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetAfter());
    }
  }

  /** Nobody knows when, so it is now. */
  public record Unreadable(String text) implements Times {
    @Override
    public boolean contains(Instant at) {
      return true;
    }
  }
}
