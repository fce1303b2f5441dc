package dev.reeve.collectors.exposition;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Finds where the name and the labels of a line end, and whether they are well-formed; apart from
/// that, decodes them.
final class SeriesScanner {
  private static final byte NAME = 1;
  private static final byte COLON = 2;
  private static final byte DIGIT = 4;
  private static final byte[] KINDS = kinds();
  private static final long QUOTES = Bytes.ONES * '"';

  private final Limits limits;
  private final int[] nameStarts;
  private final int[] nameEnds;
  private boolean allAscii;
  private int metricStart;
  private int metricEnd;

  /// How many label names the line scanned before had.
  private int shape;

  SeriesScanner(Limits limits) {
    this.limits = limits;
    nameStarts = new int[limits.maxLabels()];
    nameEnds = new int[limits.maxLabels()];
  }

  /// Starts a body. Within one, a line is compared with the shape of the line scanned before.
  void begin() {
    metricStart = 0;
    metricEnd = 0;
    shape = 0;
  }

  /// @param stop the index of the line end, or any later one: no token goes beyond a line end
  /// @return the index just behind name and labels, or -1 minus the ordinal of a [DropReason]
  int scan(byte[] bytes, int from, int stop) {
    int at = sameMetric(bytes, from) ? from + metricEnd - metricStart : metricName(bytes, from);
    if (at == from) {
      return refuse(DropReason.MALFORMED_LINE);
    }
    int brace = blanks(bytes, at);
    if (bytes[brace] != '{') {
      return brace > at ? at : refuse(DropReason.MALFORMED_LINE);
    }
    metricStart = from;
    metricEnd = at;
    allAscii = true;
    int end = labels(bytes, brace + 1, stop);
    if (end >= 0 && !allAscii && !Bytes.isUtf8(bytes, from, end)) {
      return refuse(DropReason.INVALID_UTF8);
    }
    return end;
  }

  private int labels(byte[] bytes, int from, int stop) {
    int expected = shape;
    shape = 0;
    long seen = 0;
    int count = 0;
    int at = blanks(bytes, from);
    while (bytes[at] != '}') {
      int open = count < expected ? behindSameName(bytes, count, at) : -1;
      if (open < 0) {
        int end = labelName(bytes, at);
        if (end == at) {
          return refuse(DropReason.MALFORMED_LINE);
        }
        if (count == nameStarts.length) {
          return refuse(DropReason.TOO_MANY_LABELS);
        }
        // of the names before, those found by comparison left no bit
        seen = expected > 0 && count > 0 ? -1L : seen;
        expected = 0;
        nameStarts[count] = at;
        nameEnds[count] = end;
        long bit = 1L << (bytes[at] * 31 + bytes[end - 1] * 7 + end - at);
        if ((seen & bit) != 0 && isTaken(bytes, count)) {
          return refuse(DropReason.MALFORMED_LINE);
        }
        seen |= bit;
        open = opening(bytes, end);
      }
      count++;
      int close = open < 0 ? -1 : closing(bytes, open, stop);
      if (close < 0) {
        return refuse(DropReason.MALFORMED_LINE);
      }
      if (close - open > limits.maxLabelValueBytes()) {
        return refuse(DropReason.LABEL_TOO_LONG);
      }
      at = behindValue(bytes, close);
      if (at < 0) {
        return refuse(DropReason.MALFORMED_LINE);
      }
    }
    shape = count;
    return at + 1;
  }

  /// The index of the next label name or of the closing brace, or -1 if neither can come.
  private static int behindValue(byte[] bytes, int close) {
    int at = bytes[close + 1] == ',' ? close + 1 : blanks(bytes, close + 1);
    if (bytes[at] == ',') {
      return blanks(bytes, at + 1);
    }
    return bytes[at] == '}' ? at : -1;
  }

  /// Whether the metric name is that of the line scanned before, followed by labels.
  private boolean sameMetric(byte[] bytes, int from) {
    int end = from + metricEnd - metricStart;
    return end > from
        && end < bytes.length
        && bytes[end] == '{'
        && Arrays.equals(bytes, metricStart, metricEnd, bytes, from, end);
  }

  /// The index behind the quote that opens a label value, if the label has the name that the one in
  /// its place had in the line scanned before; else -1.
  private int behindSameName(byte[] bytes, int label, int at) {
    int start = nameStarts[label];
    int length = nameEnds[label] - start;
    int end = at + length;
    if (end + 10 > bytes.length || bytes[end] != '=' || bytes[end + 1] != '"') {
      return -1;
    }
    boolean same;
    if (length < 8) {
      same = (Bytes.word(bytes, start) ^ Bytes.word(bytes, at)) << (64 - 8 * length) == 0;
    } else if (length <= 16) {
      same =
          Bytes.word(bytes, start) == Bytes.word(bytes, at)
              && Bytes.word(bytes, start + length - 8) == Bytes.word(bytes, end - 8);
    } else {
      same = Arrays.equals(bytes, start, start + length, bytes, at, end);
    }
    return same ? end + 2 : -1;
  }

  /// The index behind the quote that opens a label value, or -1.
  private static int opening(byte[] bytes, int from) {
    if (bytes[from] == '=' && bytes[from + 1] == '"') {
      return from + 2;
    }
    int equals = blanks(bytes, from);
    if (bytes[equals] != '=') {
      return -1;
    }
    int quote = blanks(bytes, equals + 1);
    return bytes[quote] == '"' ? quote + 1 : -1;
  }

  /// The index of the quote that closes a label value, or -1.
  private int closing(byte[] bytes, int from, int stop) {
    int at = from;
    int last = bytes.length - 8;
    long high = 0;
    while (at <= last && at < stop) {
      long word = Bytes.word(bytes, at);
      long hits = Bytes.zeros(word ^ QUOTES) | Bytes.zeros(word ^ Bytes.NEWLINES);
      high |= word;
      if (hits == 0) {
        at += 8;
        continue;
      }
      at += Bytes.first(hits);
      if (at >= stop || bytes[at] == '\n') {
        return -1;
      }
      if (bytes[at - 1] == '\\') {
        return closingEscaped(bytes, from, stop);
      }
      // what stands behind the quote may be counted in: that costs a second look and no more
      allAscii &= (high & Bytes.HIGHS) == 0;
      return at;
    }
    return closingEscaped(bytes, from, stop);
  }

  private int closingEscaped(byte[] bytes, int from, int stop) {
    int at = from;
    while (at < stop) {
      byte next = bytes[at];
      if (next == '"') {
        return at;
      }
      if (next == '\n' || (next == '\\' && bytes[at + 1] == '\n')) {
        return -1;
      }
      allAscii &= next >= 0;
      at += next == '\\' ? 2 : 1;
    }
    return -1;
  }

  private boolean isTaken(byte[] bytes, int label) {
    for (int i = 0; i < label; i++) {
      if (Arrays.equals(
          bytes, nameStarts[i], nameEnds[i], bytes, nameStarts[label], nameEnds[label])) {
        return true;
      }
    }
    return false;
  }

  /// Decodes what [#scan] found well-formed.
  static Series decode(byte[] key) {
    int at = metricName(key, 0);
    String name = new String(key, 0, at, StandardCharsets.US_ASCII);
    List<Label> labels = new ArrayList<>();
    int next = at;
    while (next < key.length) {
      while (next < key.length && (KINDS[key[next] & 0xff] & NAME) == 0) {
        next++;
      }
      if (next == key.length) {
        break;
      }
      int start = next;
      next = labelName(key, start);
      String label = new String(key, start, next - start, StandardCharsets.US_ASCII);
      int open = opening(key, next);
      next = open;
      while (key[next] != '"') {
        next += key[next] == '\\' ? 2 : 1;
      }
      labels.add(
          new Label(label, unescape(new String(key, open, next - open, StandardCharsets.UTF_8))));
      next++;
    }
    labels.sort(Comparator.comparing(Label::name));
    return new Series(name, labels);
  }

  /// Resolves the escapes of the format; a backslash before any other character stands for itself.
  static String unescape(String text) {
    int backslash = text.indexOf('\\');
    if (backslash < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
      switch (next) {
        case 'n' -> plain.append('\n');
        case '\\', '"' -> plain.append(next);
        default -> plain.append(c);
      }
      if (next == 'n' || next == '\\' || next == '"') {
        i++;
      }
    }
    return plain.toString();
  }

  static int metricName(byte[] bytes, int from) {
    if ((KINDS[bytes[from] & 0xff] & (NAME | COLON)) == 0) {
      return from;
    }
    int at = from + 1;
    while (at < bytes.length && KINDS[bytes[at] & 0xff] != 0) {
      at++;
    }
    return at;
  }

  private static int labelName(byte[] bytes, int from) {
    if ((KINDS[bytes[from] & 0xff] & NAME) == 0) {
      return from;
    }
    int at = from + 1;
    while ((KINDS[bytes[at] & 0xff] & (NAME | DIGIT)) != 0) {
      at++;
    }
    return at;
  }

  static int blanks(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] == ' ' || bytes[at] == '\t') {
      at++;
    }
    return at;
  }

  private static int refuse(DropReason reason) {
    return -1 - reason.ordinal();
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    for (int c = 'a'; c <= 'z'; c++) {
      kinds[c] = NAME;
      kinds[c - 'a' + 'A'] = NAME;
    }
    for (int c = '0'; c <= '9'; c++) {
      kinds[c] = DIGIT;
    }
    kinds['_'] = NAME;
    kinds[':'] = COLON;
    return kinds;
  }
}
