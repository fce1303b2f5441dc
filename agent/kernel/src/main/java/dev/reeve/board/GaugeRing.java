package dev.reeve.board;

import dev.reeve.model.Window;
import java.time.Duration;
import java.util.Optional;

/** Readings that stand for themselves. */
final class GaugeRing implements Ring {
  private final Rhythm rhythm = new Rhythm();
  private final Samples samples = new Samples();
  private final Depth depth;

  GaugeRing(Depth depth) {
    this.depth = depth;
  }

  @Override
  public Taken take(long atNanos, double value, long intervalNanos) {
    if (rhythm.begun() && atNanos <= rhythm.newest()) {
      return atNanos == rhythm.newest() ? Taken.DUPLICATE : Taken.OUT_OF_ORDER;
    }
    long since = depth.since(atNanos, intervalNanos);
    samples.add(atNanos, value, since, depth.room(intervalNanos));
    rhythm.beat(atNanos, intervalNanos, since);
    return Taken.KEPT;
  }

  @Override
  public Window window(long spanNanos, long nowNanos) {
    long oldest = samples.isEmpty() ? 0 : samples.oldest();
    Optional<Window.Unknown> whyNot = rhythm.whyNot(spanNanos, nowNanos, oldest);
    if (whyNot.isPresent()) {
      return whyNot.get();
    }
    Samples.Sum sum = samples.since(nowNanos - spanNanos);
    double mean = Math.clamp(sum.total() / sum.count(), sum.least(), sum.most());
    return new Window.Known(
        Duration.ofNanos(spanNanos),
        sum.least(),
        sum.most(),
        mean,
        samples.newestValue(),
        0,
        rhythm.coverage(spanNanos, nowNanos),
        Duration.ofNanos(Math.max(0, nowNanos - rhythm.newest())));
  }

  @Override
  public void keep(long spanNanos) {
    depth.keep(spanNanos);
  }
}
