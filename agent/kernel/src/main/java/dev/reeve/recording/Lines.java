package dev.reeve.recording;

import java.util.HashMap;
import java.util.Map;

/**
 * Lines of OpenMetrics text: labels escaped, times with all their digits. A line that no reader
 * would take is left out: one too long, or one whose series has it or a later one already.
 */
final class Lines {
  /** People's words are cut here; what names something never is. */
  private static final int LONGEST_TEXT = 200;

  private static final long NANOS = 1_000_000_000L;
  private static final long MILLIS = 1_000_000L;

  /** Characters of one label and of one line; readers take 4 and 16 KiB. */
  private static final int LONGEST_LABEL = 1_300;

  private static final int LONGEST_LINE = 5_000;

  private final StringBuilder out = new StringBuilder(1 << 10);
  private final Map<String, Long> newest = new HashMap<>();
  private final long atNanos;

  Lines(long atNanos) {
    this.atNanos = atNanos;
  }

  Labels line(String name) {
    return line(name, atNanos / MILLIS * MILLIS);
  }

  Labels line(String name, long nanos) {
    Labels line = new Labels(out.length(), nanos);
    out.append(name);
    return line;
  }

  String end() {
    return out.append("# EOF\n").toString();
  }

  /** The rest of a line. */
  final class Labels {
    private final int start;
    private final long nanos;
    private boolean any;
    private boolean tooLong;

    private Labels(int start, long nanos) {
      this.start = start;
      this.nanos = nanos;
    }

    /** A label that names something; one that is empty is left out, which means the same. */
    Labels label(String name, String value) {
      if (!value.isEmpty()) {
        out.append(any ? ',' : '{').append(name).append("=\"");
        int from = out.length();
        escape(value);
        tooLong |= out.length() - from > LONGEST_LABEL;
        out.append('"');
        any = true;
      }
      return this;
    }

    /** Words for people, which may be cut. */
    Labels text(String name, String value) {
      return label(name, cut(value));
    }

    void value(double value) {
      if (any) {
        out.append('}');
      }
      Long before = newest.put(out.substring(start), nanos);
      if (tooLong || out.length() - start > LONGEST_LINE || (before != null && before >= nanos)) {
        out.setLength(start);
        return;
      }
      out.append(' ');
      number(value);
      out.append(' ').append(nanos / NANOS).append('.');
      String fraction = Long.toString(NANOS + nanos % NANOS).substring(1);
      out.append(nanos % MILLIS == 0 ? fraction.substring(0, 3) : fraction).append('\n');
    }
  }

  private void number(double value) {
    if (Double.isNaN(value)) {
      out.append("NaN");
    } else if (Double.isInfinite(value)) {
      out.append(value > 0 ? "+Inf" : "-Inf");
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append((long) value);
    } else {
      out.append(value);
    }
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = LONGEST_TEXT - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
