package dev.reeve.collectors.exposition;

/// What OpenMetrics asks for beyond what a lenient scan accepts.
final class SeriesForm {
  /// Characters of names and values of an exemplar's labels together.
  private static final int EXEMPLAR = 128;

  private SeriesForm() {}

  /// Whether well-formed labels have no space and no comma too many.
  static boolean isStrict(byte[] bytes, int from, int to) {
    int at = SeriesScanner.metricName(bytes, from);
    if (at == to) {
      return true;
    }
    if (bytes[at] != '{') {
      return false;
    }
    at++;
    if (bytes[at] == '}') {
      return at + 1 == to;
    }
    while (true) {
      at = behindLabel(bytes, at, to);
      if (at < 0) {
        return false;
      }
      if (bytes[at] == '}') {
        return at + 1 == to;
      }
      if (bytes[at] != ',') {
        return false;
      }
      at++;
    }
  }

  /// The place behind the closing quote, or -1.
  private static int behindLabel(byte[] bytes, int from, int to) {
    int at = SeriesScanner.metricName(bytes, from);
    if (at == from || bytes[at] != '=' || bytes[at + 1] != '"') {
      return -1;
    }
    at += 2;
    while (at < to && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return at < to ? at + 1 : -1;
  }

  /// Whether labels, a number and perhaps a time stand here, and nothing else.
  static boolean isExemplar(byte[] bytes, int from, int newline) {
    if (from >= newline || bytes[from] != '{') {
      return false;
    }
    int at = from + 1;
    while (bytes[at] != '}') {
      at = behindLabel(bytes, at, newline);
      if (at < 0 || at >= newline || (bytes[at] != '}' && bytes[at] != ',')) {
        return false;
      }
      at += bytes[at] == ',' ? 1 : 0;
    }
    int end = at + 1;
    if (!Bytes.isUtf8(bytes, from, end) || characters(bytes, from, end) > EXEMPLAR) {
      return false;
    }
    if (bytes[end] != ' ') {
      return false;
    }
    int value = new NumberReader().read(bytes, end + 1);
    if (value < 0 || value > newline) {
      return false;
    }
    return value == newline
        || (bytes[value] == ' ' && new Timestamps().read(bytes, value + 1, newline));
  }

  /// Of names and values alone: braces, quotes, commas and equals signs do not count.
  private static int characters(byte[] bytes, int from, int to) {
    int count = 0;
    boolean quoted = false;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (quoted && b == '\\') {
        at++;
        count++;
      } else if (b == '"') {
        quoted = !quoted;
      } else if (quoted ? (b & 0xC0) != 0x80 : b != '{' && b != '}' && b != ',' && b != '=') {
        count++;
      }
    }
    return count;
  }
}
