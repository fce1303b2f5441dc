package dev.reeve.collectors.exposition;

import java.io.IOException;
import java.io.InputStream;

/// The lines of a stream, one after the other, in one array that never grows.
final class LineBuffer {
  /// Readers of eight bytes at a time may look behind the last line.
  private static final int SLACK = 64;

  private final InputStream in;
  private final int maxLineBytes;
  private final byte[] bytes;
  private int start;
  private int newline = -1;
  private int filled;
  private long line;
  private boolean over;

  LineBuffer(InputStream in, int maxLineBytes) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
    bytes = new byte[Math.max(1 << 16, 2 * maxLineBytes) + SLACK];
  }

  byte[] bytes() {
    return bytes;
  }

  /// Where the line starts that was read last.
  int start() {
    return start;
  }

  /// Where its line end stands.
  int newline() {
    return newline;
  }

  /// Its number, from 1.
  long line() {
    return line;
  }

  /// Goes to the next line.
  ///
  /// @return false at the end of the stream
  /// @throws OpenMetricsException for a line that is too long or has no end
  boolean next() throws IOException, OpenMetricsException {
    start = newline + 1;
    int searched = start;
    while (true) {
      int found = find(searched);
      if (found >= 0) {
        newline = found;
        line++;
        if (newline - start > maxLineBytes) {
          throw tooLong(line);
        }
        return true;
      }
      searched = filled;
      if (filled - start > maxLineBytes) {
        throw tooLong(line + 1);
      }
      if (over) {
        if (filled > start) {
          throw OpenMetricsException.cut(line + 1, "expected a line end, found the file's end");
        }
        return false;
      }
      searched -= makeRoom();
      fill();
    }
  }

  private OpenMetricsException tooLong(long where) {
    return new OpenMetricsException(
        where, "expected a line of at most %,d bytes, found a longer one".formatted(maxLineBytes));
  }

  private int find(int from) {
    int at = from;
    while (at + 8 <= filled) {
      long mask = Bytes.zeros(Bytes.word(bytes, at) ^ Bytes.NEWLINES);
      if (mask != 0) {
        return at + Bytes.first(mask);
      }
      at += 8;
    }
    while (at < filled) {
      if (bytes[at] == '\n') {
        return at;
      }
      at++;
    }
    return -1;
  }

  private int makeRoom() {
    if (start == 0 || filled < bytes.length - SLACK) {
      return 0;
    }
    int moved = start;
    System.arraycopy(bytes, start, bytes, 0, filled - start);
    filled -= moved;
    newline = -1;
    start = 0;
    return moved;
  }

  private void fill() throws IOException {
    int count = in.read(bytes, filled, bytes.length - SLACK - filled);
    if (count < 0) {
      over = true;
    } else {
      filled += count;
    }
  }
}
