package dev.reeve.collectors.exposition;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;

/// Reads the responses of one target in the Prometheus text format, 0.0.4 or OpenMetrics.
///
/// Most responses of a target are the last one with other values. So a body is first followed: its
/// lines are compared with those of the last body, up to where a value differs. A line that can't
/// be followed is looked up by the bytes of its name and labels. Only a series never seen is
/// checked and, when somebody asks, decoded. Once the series are known, `parse` allocates nothing.
///
/// **Threads:** one at a time; a parser and what it returns belong to one target. **Null:** nothing
/// here takes or returns it. **Errors:** no body makes `parse` throw. What can't be read is dropped
/// line by line and counted by [DropReason]; an empty body is a scrape without samples, which says
/// nothing about the target.
///
/// Series are told apart by their bytes: the same labels in another order are another series.
/// Timestamps, exemplars and `UNIT` lines are checked for form or skipped, never returned.
///
/// @param <T> what a caller keeps of each series, see [Scrape#mapped]
public final class ExpositionParser<T> {
  private static final int LONGEST_PAUSE = 64;

  private final Limits limits;
  private final KeyTable table;
  private final Families families;
  private final Scrape<T> scrape;
  private final LineOrder order = new LineOrder();
  private final LineReader reader;
  private final Body copy = new Body();

  private int generation;
  private byte[] bytes = new byte[0];

  /// Behind the last line end.
  private int end;

  /// Where the line to follow next starts in the last body, and its place in the order.
  private int cursor;

  private int place;

  private int linesRead;
  private int pause;
  private int nextPause = 1;

  /// @param mapping makes of a series what [Scrape#mapped] returns; called at most once for a
  ///   series while it keeps coming
  public ExpositionParser(Limits limits, Function<? super Series, ? extends T> mapping) {
    this.limits = limits;
    long seed = new SplittableRandom().nextLong();
    families = new Families(limits.maxSeries(), seed);
    scrape = new Scrape<>(limits, mapping, families, seed);
    table = scrape.table();
    reader = new LineReader(limits, table, families, scrape, order);
  }

  /// A parser whose [Scrape#mapped] is the series itself.
  public static ExpositionParser<Series> of(Limits limits) {
    return new ExpositionParser<>(limits, Function.identity());
  }

  /// Reads a response; afterwards the array is the caller's again.
  public Scrape<T> parse(byte[] body, int length) {
    if (length > limits.maxBodyBytes()) {
      return refuse();
    }
    System.arraycopy(body, 0, copy.room(length), 0, length);
    copy.length(length);
    return parse(copy);
  }

  /// Reads a response without copying it: the parser keeps the array and leaves another one in the
  /// body, which is empty afterwards.
  public Scrape<T> parse(Body body) {
    int length = body.length();
    if (length > limits.maxBodyBytes()) {
      return refuse();
    }
    begin();
    bytes = body.exchange(order.body);
    end = length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    if (generation == 1) {
      // about one series in 256 bytes spares the tables of most targets any growth
      table.reserve(length >> 8);
      scrape.reserve(table.capacity());
    }
    boolean learning = pause == 0;
    reader.begin(bytes, generation, learning);
    readLines();
    boolean ended = LastLine.isEof(bytes, length);
    boolean truncated = !ended && !LastLine.isBlank(bytes, end, length);
    if (truncated) {
      scrape.drop(DropReason.TRUNCATED_LINE);
    }
    scrape.end(truncated, ended);
    finish(learning);
    return scrape;
  }

  private void readLines() {
    int at = 0;
    while (at < end) {
      if (order.length > 0) {
        at = follow(at);
        if (at == end) {
          return;
        }
      }
      linesRead++;
      at = reader.read(at);
      int next = order.placeAfter(reader.known());
      if (next > 0) {
        place = next;
        cursor = order.lineEnds[next - 1] + 1;
      }
    }
  }

  private Scrape<T> refuse() {
    begin();
    scrape.drop(DropReason.BODY_TOO_LARGE);
    order.forget();
    return scrape;
  }

  private void begin() {
    generation++;
    scrape.begin(generation);
    families.begin(generation);
    if (generation % limits.keepScrapes() == 0) {
      table.forgetBefore(generation - limits.keepScrapes());
      families.forgetBefore(generation - limits.keepScrapes());
    }
    cursor = 0;
    place = 0;
    linesRead = 0;
  }

  /// Decides whether to follow this body next time. A target that shuffles its lines would have
  /// each of them compared in vain; then the order is left alone for a while, longer each time.
  private void finish(boolean learnt) {
    boolean followed = order.length > 0;
    boolean inVain = followed && linesRead > 8 && linesRead > (scrape.size() >> 2);
    if (pause > 0) {
      pause--;
    } else if (inVain) {
      pause = nextPause;
      nextPause = Math.min(LONGEST_PAUSE, 2 * nextPause);
    } else if (followed) {
      nextPause = 1;
    }
    order.turn(bytes, end);
    if (!learnt || inVain) {
      order.forget();
    }
  }

  /// Takes lines from here on for as long as they are those of the last body with other values.
  ///
  /// @return the start of the first line that has to be read, or the end
  private int follow(int from) {
    byte[] old = order.body;
    int at = from;
    while (true) {
      int same = Arrays.mismatch(old, cursor, order.length, bytes, at, end);
      int stop = same < 0 ? order.length : cursor + same;
      int shift = at - cursor;
      if (!takeSame(stop, shift)) {
        int start = lineStart(order.valueStarts[place] + shift, 0);
        cursor = order.lineEnds[place++] + 1;
        return start;
      }
      if (stop + shift == end) {
        return end;
      }
      int newline = -1;
      if (place < order.count && order.whats[place] >= 0 && order.valueStarts[place] <= stop) {
        newline = reader.takeChanged(order.whats[place], order.valueStarts[place] + shift);
      }
      if (newline < 0) {
        int start = lineStart(stop + shift, at);
        cursor = start - shift;
        return start;
      }
      cursor = order.lineEnds[place++];
      at = newline;
    }
  }

  private int lineStart(int from, int least) {
    int start = from;
    while (start > least && bytes[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  /// Takes the lines that end before a place in the last body, as they are equal in this one.
  ///
  /// @return false if the next one has to be read all the same
  private boolean takeSame(int stop, int shift) {
    int[] lineEnds = order.lineEnds;
    int[] valueStarts = order.valueStarts;
    int[] whats = order.whats;
    int count = order.count;
    int next = place;
    while (next < count && lineEnds[next] < stop) {
      int what = whats[next];
      if (what >= 0) {
        if (table.lastSeen(what) == generation || scrape.isFull()) {
          break;
        }
        scrape.takeSame(what);
      } else if (what == LineOrder.READ_AGAIN) {
        break;
      } else if (LineOrder.isMetadata(what)) {
        families.seen(LineOrder.detail(what));
      } else {
        scrape.dropAgain(LineOrder.detail(what));
      }
      order.append(valueStarts[next] + shift, lineEnds[next] + shift, what);
      next++;
    }
    place = next;
    return next == count || lineEnds[next] >= stop;
  }
}
