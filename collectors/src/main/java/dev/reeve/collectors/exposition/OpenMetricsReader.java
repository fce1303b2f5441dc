package dev.reeve.collectors.exposition;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/// Reads files of OpenMetrics 1.0 text, one sample after the other, however long they are.
///
/// It is as strict as the specification: single spaces, no empty lines, families that stand
/// together, metadata before samples, times of one series that rise, `# EOF` at the end. Exemplars
/// and `_created` samples are checked for form and skipped. What a [Form] allows besides is said
/// there.
///
/// **Threads:** one at a time. **Memory:** one line, and what is known of each series; series of
/// earlier expositions are forgotten when there are too many.
///
/// @param <T> what a caller keeps of each series
public final class OpenMetricsReader<T> {
  /// What a file holds.
  public enum Form {
    /// One exposition and nothing else.
    ONE,
    /// Expositions one after the other, each with its own `# EOF`.
    SEVERAL,
    /// One exposition whose families may be scattered, as `promtool tsdb dump-openmetrics` writes
    /// it, against the specification.
    DUMP
  }

  /// What was read last.
  public enum Event {
    SAMPLE,
    /// The `# EOF` of an exposition.
    EXPOSITION_END,
    END
  }

  private static final byte[] EOF = {'#', ' ', 'E', 'O', 'F'};
  private static final byte[] HELP = {'#', ' ', 'H', 'E', 'L', 'P', ' '};
  private static final byte[] TYPE = {'#', ' ', 'T', 'Y', 'P', 'E', ' '};
  private static final byte[] UNIT = {'#', ' ', 'U', 'N', 'I', 'T', ' '};

  /// How far in front of the line end the labels of an ordinary line end.
  private static final int NEAR = 64;

  private final LineBuffer lines;
  private final Form form;
  private final Function<? super Series, ? extends T> mapping;
  private final SeriesScanner scanner;
  private final KeyTable table;
  private final MetricFamilies families;
  private final NumberReader number = new NumberReader();
  private final Timestamps timestamp = new Timestamps();
  private Object[] mapped = new Object[0];
  private MetricFamilies.Member[] members = new MetricFamilies.Member[0];
  private long[] newest = new long[0];
  private boolean[] wasTimed = new boolean[0];
  private int exposition = 1;
  private boolean ended;
  private int slot;
  private boolean timed;

  @SuppressWarnings("NullAway") // a series that was forgotten has no mapping
  public OpenMetricsReader(
      InputStream in,
      OpenMetricsLimits limits,
      Form form,
      Function<? super Series, ? extends T> mapping) {
    this.form = form;
    this.mapping = mapping;
    lines = new LineBuffer(in, limits.maxLineBytes());
    scanner =
        new SeriesScanner(
            new Limits(
                1,
                1,
                limits.maxSeries(),
                limits.maxLineBytes(),
                limits.maxLabels(),
                limits.maxLabelValueBytes(),
                2));
    table =
        new KeyTable(
            limits.maxSeries(), new SplittableRandom().nextLong(), gone -> mapped[gone] = null);
    families = new MetricFamilies(limits.maxSeries(), form == Form.DUMP);
  }

  /// Reads on to the next sample or end.
  ///
  /// @throws OpenMetricsException with the line that is not OpenMetrics; nothing can be read then
  public Event next() throws IOException, OpenMetricsException {
    while (lines.next()) {
      if (ended && form != Form.SEVERAL) {
        throw wrong("expected nothing behind '# EOF', found more");
      }
      byte[] bytes = lines.bytes();
      if (bytes[lines.start()] == '#') {
        if (comment(bytes)) {
          return Event.EXPOSITION_END;
        }
      } else {
        if (ended) {
          begin();
        }
        if (sample(bytes)) {
          return Event.SAMPLE;
        }
      }
    }
    if (!ended) {
      throw OpenMetricsException.cut(lines.line() + 1, "expected '# EOF', found the file's end");
    }
    return Event.END;
  }

  /// What the mapping made of the sample's series.
  public T series() {
    @SuppressWarnings("unchecked") // only this class writes, and only what the mapping returned
    T known = (T) mapped[slot];
    return known;
  }

  /// May be infinite or not a number.
  public double value() {
    return number.value();
  }

  /// Whether the sample has a time.
  public boolean timed() {
    return timed;
  }

  /// Nanoseconds since 1970, if it is [#timed].
  public long nanos() {
    return timestamp.nanos();
  }

  /// The number of the line that was read last, from 1.
  public long line() {
    return lines.line();
  }

  private void begin() {
    ended = false;
    exposition++;
    families.begin();
  }

  private OpenMetricsException wrong(String message) {
    return new OpenMetricsException(lines.line(), message);
  }

  /// @return whether it ends the exposition
  private boolean comment(byte[] bytes) throws OpenMetricsException {
    int start = lines.start();
    int length = lines.newline() - start;
    if (length == EOF.length && Bytes.startsWith(bytes, start, EOF)) {
      if (ended) {
        throw wrong("expected an exposition before '# EOF', found none");
      }
      ended = true;
      return true;
    }
    if (length <= HELP.length || !isMetadata(bytes, start)) {
      throw wrong("expected '# HELP', '# TYPE', '# UNIT' or '# EOF', found another comment");
    }
    if (ended) {
      begin();
    }
    if (!Bytes.isUtf8(bytes, start, lines.newline())) {
      throw wrong("expected UTF-8, found other bytes");
    }
    String problem = families.declare(bytes, start, lines.newline());
    if (!problem.isEmpty()) {
      throw wrong(problem);
    }
    return false;
  }

  private static boolean isMetadata(byte[] bytes, int start) {
    return Bytes.startsWith(bytes, start, HELP)
        || Bytes.startsWith(bytes, start, TYPE)
        || Bytes.startsWith(bytes, start, UNIT);
  }

  /// @return whether it is one that callers see
  private boolean sample(byte[] bytes) throws OpenMetricsException {
    int start = lines.start();
    int keyEnd = key(bytes, start);
    MetricFamilies.Member member = members[slot];
    if (bytes[keyEnd] != ' ') {
      throw wrong("expected one space before the value");
    }
    int valueEnd = number.read(bytes, keyEnd + 1);
    if (valueEnd < 0 || !endsToken(bytes, valueEnd)) {
      throw wrong("expected a number behind name and labels");
    }
    behindValue(bytes, valueEnd, member);
    if (!families.sample(member.family())) {
      throw wrong(
          "expected the samples of " + families.name(member.family()) + " to stand together");
    }
    checkValue(member);
    checkTime();
    table.seen(slot, exposition);
    return !member.created();
  }

  private boolean endsToken(byte[] bytes, int at) {
    return at == lines.newline() || bytes[at] == ' ';
  }

  /// Finds the series of the line. Most lines are found by what stands before their last brace.
  private int key(byte[] bytes, int start) throws OpenMetricsException {
    int stop = lines.newline();
    int brace = stop - 1;
    int least = Math.max(start, stop - NEAR);
    while (brace >= least && bytes[brace] != '}') {
      brace--;
    }
    if (brace >= least) {
      int found = find(bytes, start, brace + 1);
      if (found >= 0) {
        slot = found;
        return brace + 1;
      }
    }
    scanner.begin();
    int end = scanner.scan(bytes, start, stop);
    if (end < 0) {
      throw wrong(reason(DropReason.values()[-1 - end]));
    }
    int found = find(bytes, start, end);
    if (found >= 0) {
      slot = found;
    } else {
      add(bytes, start, end);
    }
    return end;
  }

  private int find(byte[] bytes, int start, int end) {
    return table.find(bytes, start, end - start, table.hash(bytes, start, end - start));
  }

  private static String reason(DropReason reason) {
    return switch (reason) {
      case TOO_MANY_LABELS -> "expected fewer labels";
      case LABEL_TOO_LONG -> "expected a shorter label value";
      case INVALID_UTF8 -> "expected UTF-8, found other bytes";
      default -> "expected a sample: name{label=\"value\"} number time";
    };
  }

  private void add(byte[] bytes, int start, int end) throws OpenMetricsException {
    if (!SeriesForm.isStrict(bytes, start, end)) {
      throw wrong("expected labels as {a=\"b\",c=\"d\"}, without spaces and commas besides");
    }
    if (table.isFull()) {
      table.forgetBefore(exposition - 1);
      if (table.isFull()) {
        throw wrong("expected fewer series at once");
      }
    }
    Series series = SeriesScanner.decode(Arrays.copyOfRange(bytes, start, end));
    Optional<MetricFamilies.Member> member = families.member(series.name());
    if (member.isEmpty()) {
      throw wrong(
          "expected no sample of the name "
              + MetricFamilies.shown(series.name())
              + ": the type of its family has none of that name");
    }
    slot = table.add(bytes, start, end - start, table.hash(bytes, start, end - start));
    if (slot >= mapped.length) {
      mapped = Arrays.copyOf(mapped, table.capacity());
      members = Arrays.copyOf(members, table.capacity());
      newest = Arrays.copyOf(newest, table.capacity());
      wasTimed = Arrays.copyOf(wasTimed, table.capacity());
    }
    members[slot] = member.get();
    mapped[slot] = mapping.apply(series);
  }

  private void behindValue(byte[] bytes, int valueEnd, MetricFamilies.Member member)
      throws OpenMetricsException {
    timed = false;
    int at = valueEnd;
    if (at < lines.newline() && bytes[at + 1] != '#') {
      int end = at + 1;
      while (end < lines.newline() && bytes[end] != ' ') {
        end++;
      }
      if (!timestamp.read(bytes, at + 1, end)) {
        throw wrong("expected a time in seconds behind the value");
      }
      timed = true;
      at = end;
    }
    if (at == lines.newline()) {
      return;
    }
    if (bytes[at + 1] != '#' || bytes[at + 2] != ' ') {
      throw wrong("expected the line's end or an exemplar behind value and time");
    }
    if (!member.exemplars()) {
      throw wrong("expected an exemplar at a counter or a bucket only");
    }
    if (!SeriesForm.isExemplar(bytes, at + 3, lines.newline())) {
      throw wrong("expected an exemplar: # {label=\"value\"} number time");
    }
  }

  private void checkValue(MetricFamilies.Member member) throws OpenMetricsException {
    double value = number.value();
    boolean possible =
        switch (member.type()) {
          case COUNTER -> value >= 0;
          case INFO -> value == 1;
          case STATESET -> value == 0 || value == 1;
          case UNKNOWN, GAUGE, HISTOGRAM, GAUGEHISTOGRAM, SUMMARY -> true;
        };
    if (!possible) {
      throw wrong(
          "expected a value that the type "
              + member.type().name().toLowerCase(Locale.ROOT)
              + " can have");
    }
  }

  private void checkTime() throws OpenMetricsException {
    boolean again = table.lastSeen(slot) == exposition;
    if (again && !(timed && wasTimed[slot])) {
      throw wrong("expected each series once, or with a time each time");
    }
    if (again && timestamp.nanos() <= newest[slot]) {
      throw wrong("expected the times of one series to rise");
    }
    wasTimed[slot] = timed;
    newest[slot] = timed ? timestamp.nanos() : 0;
  }
}
