package dev.reeve.board;

import dev.reeve.model.Window;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Readings of something that only rises and may start again at zero. What is kept is the rise since
 * the first reading; a span's rise counts from the last reading at or before its start, so rather
 * too much than too little.
 */
final class CounterRing implements Ring {
  private static final double MARGIN = 1.1;
  private static final double NANOS = 1e9;

  private final Rhythm rhythm = new Rhythm();
  private final Samples rises = new Samples();
  private final Depth depth;
  private final DoubleSupplier mostPerSecond;
  private double last;
  private boolean doubted;
  private long doubtedAt;
  private double doubtedValue;

  /**
   * @param mostPerSecond how fast it can rise; infinite where that is not known
   */
  CounterRing(Depth depth, DoubleSupplier mostPerSecond) {
    this.depth = depth;
    this.mostPerSecond = mostPerSecond;
  }

  @Override
  public Taken take(long atNanos, double value, long intervalNanos) {
    if (!rhythm.begun()) {
      begin(atNanos, value, intervalNanos);
      return Taken.KEPT;
    }
    if (atNanos <= rhythm.newest()) {
      return atNanos == rhythm.newest() ? Taken.DUPLICATE : Taken.OUT_OF_ORDER;
    }
    double rise = value < last ? value : value - last;
    if (rise > most(atNanos - rhythm.newest())) {
      return doubt(atNanos, value, intervalNanos);
    }
    doubted = false;
    add(atNanos, rises.newestValue() + rise, intervalNanos);
    last = value;
    return Taken.KEPT;
  }

  /**
   * One impossible reading is dropped. If the next one follows from it, the counter has jumped:
   * nobody knows how much was used meanwhile, so everything starts anew.
   */
  private Taken doubt(long atNanos, double value, long intervalNanos) {
    boolean confirmed =
        doubted
            && atNanos > doubtedAt
            && value >= doubtedValue
            && value - doubtedValue <= most(atNanos - doubtedAt);
    if (confirmed) {
      begin(atNanos, value, intervalNanos);
      return Taken.KEPT;
    }
    doubted = true;
    doubtedAt = atNanos;
    doubtedValue = value;
    return Taken.IMPLAUSIBLE;
  }

  private void begin(long atNanos, double value, long intervalNanos) {
    rhythm.restart();
    rises.clear();
    add(atNanos, 0, intervalNanos);
    last = value;
    doubted = false;
  }

  private void add(long atNanos, double risen, long intervalNanos) {
    long since = depth.since(atNanos, intervalNanos);
    rises.add(atNanos, risen, since, depth.room(intervalNanos));
    rhythm.beat(atNanos, intervalNanos, since);
  }

  private double most(long nanos) {
    return mostPerSecond.getAsDouble() * (nanos / NANOS) * MARGIN;
  }

  @Override
  public Window window(long spanNanos, long nowNanos) {
    long oldest = rises.isEmpty() ? 0 : rises.oldest();
    Optional<Window.Unknown> whyNot = rhythm.whyNot(spanNanos, nowNanos, oldest);
    if (whyNot.isPresent()) {
      return whyNot.get();
    }
    return new Window.Known(
        Duration.ofNanos(spanNanos),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        last,
        rises.newestValue() - rises.valueAt(nowNanos - spanNanos),
        rhythm.coverage(spanNanos, nowNanos),
        Duration.ofNanos(Math.max(0, nowNanos - rhythm.newest())));
  }

  @Override
  public void keep(long spanNanos) {
    depth.keep(spanNanos);
  }
}
