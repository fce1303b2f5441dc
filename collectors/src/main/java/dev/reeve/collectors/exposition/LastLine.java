package dev.reeve.collectors.exposition;

/// Looks at how a body ends.
final class LastLine {
  private static final byte[] EOF = {'#', ' ', 'E', 'O', 'F'};

  private LastLine() {}

  static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /// Whether the last line that isn't empty is `# EOF`, with or without a line end.
  static boolean isEof(byte[] bytes, int length) {
    int stop = length;
    while (stop > 0 && bytes[stop - 1] <= ' ' && bytes[stop - 1] >= 0) {
      stop--;
    }
    int start = stop - EOF.length;
    return start >= 0
        && Bytes.startsWith(bytes, start, EOF)
        && (start == 0 || bytes[start - 1] == '\n');
  }
}
