package dev.reeve.collectors.exposition;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// What one response said: a view into its parser, valid until that parser's next `parse` and used
/// by the same thread.
///
/// A series has a slot, a small number that stays the same from scrape to scrape for as long as the
/// series keeps coming. `T` is what the caller made of a series when it first asked: with it a warm
/// scrape needs neither names nor labels.
public final class Scrape<T> {
  private final Limits limits;
  private final Function<? super Series, ? extends T> mapping;
  private final KeyTable series;
  private final Families families;
  private final int[] drops = new int[DropReason.values().length];

  private double[] values = new double[0];
  private Object[] mapped = new Object[0];
  private int[] slots = new int[0];
  private int count;
  private int generation;
  private boolean truncated;
  private boolean ended;

  @SuppressWarnings("NullAway") // a series that was forgotten has no mapping
  Scrape(
      Limits limits, Function<? super Series, ? extends T> mapping, Families families, long seed) {
    this.limits = limits;
    this.mapping = mapping;
    this.families = families;
    series = new KeyTable(limits.maxSeries(), seed, slot -> mapped[slot] = null);
  }

  /// How many samples this scrape has.
  public int size() {
    return count;
  }

  /// The slot of a sample, in order of appearance.
  ///
  /// @param sample from 0 to [#size], exclusive
  public int slot(int sample) {
    return slots[Objects.checkIndex(sample, count)];
  }

  /// Whether the series of the slot has a sample in this scrape.
  public boolean present(int slot) {
    return slot < series.capacity() && series.lastSeen(slot) == generation && generation > 0;
  }

  /// The value of a slot that is [#present]; may be infinite or not a number. Of a slot that isn't,
  /// an older value or zero.
  public double value(int slot) {
    return values[slot];
  }

  /// Name and labels of a slot that is [#present]. Decoded on each call: keep what you need in what
  /// the mapping returns.
  public Series series(int slot) {
    return SeriesScanner.decode(series.key(slot));
  }

  /// What the caller's mapping made of the series. The mapping runs on the first call for a series
  /// and again only after the series was forgotten; what it throws comes out here and is tried
  /// again.
  public T mapped(int slot) {
    @SuppressWarnings("unchecked") // only this method writes, and only what the mapping returned
    T known = (T) mapped[slot];
    if (known == null) {
      known = mapping.apply(series(slot));
      mapped[slot] = known;
    }
    return known;
  }

  /// What the HELP and TYPE lines of this scrape say about a metric name, if there are any.
  public Optional<Family> family(String name) {
    return Optional.ofNullable(families.byName().get(name));
  }

  /// All names with HELP or TYPE lines, in order of appearance.
  public Collection<Family> families() {
    return families.byName().values();
  }

  public int dropped(DropReason reason) {
    return drops[reason.ordinal()];
  }

  /// The reasons that occurred, each with its number.
  public Map<DropReason, Integer> drops() {
    Map<DropReason, Integer> byReason = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      if (dropped(reason) > 0) {
        byReason.put(reason, dropped(reason));
      }
    }
    return byReason;
  }

  /// Whether the body stopped in the middle of a line. What came before it was taken.
  public boolean truncated() {
    return truncated;
  }

  /// Whether the last line was `# EOF`. Only OpenMetrics has it; without it nothing is known.
  public boolean ended() {
    return ended;
  }

  void begin(int newGeneration) {
    generation = newGeneration;
    count = 0;
    truncated = false;
    ended = false;
    Arrays.fill(drops, 0);
  }

  void end(boolean isTruncated, boolean isEnded) {
    truncated = isTruncated;
    ended = isEnded;
  }

  void drop(DropReason reason) {
    drops[reason.ordinal()]++;
  }

  void dropAgain(int ordinal) {
    drops[ordinal]++;
  }

  boolean isFull() {
    return count == limits.maxSamples();
  }

  /// Takes a sample that is neither a duplicate nor one too many.
  void take(int slot, double value) {
    values[slot] = value;
    takeSame(slot);
  }

  /// Takes a sample whose value is that of the last scrape.
  void takeSame(int slot) {
    series.seen(slot, generation);
    slots[count++] = slot;
  }

  int capacity() {
    return values.length;
  }

  /// Follows the table of series in size.
  void reserve(int capacity) {
    if (values.length < capacity) {
      values = Arrays.copyOf(values, capacity);
      mapped = Arrays.copyOf(mapped, capacity);
      slots = Arrays.copyOf(slots, capacity);
    }
  }

  KeyTable table() {
    return series;
  }
}
