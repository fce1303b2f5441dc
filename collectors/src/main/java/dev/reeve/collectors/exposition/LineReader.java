package dev.reeve.collectors.exposition;

/// Reads single lines of a body: comments, samples by the bytes of their series, values.
final class LineReader {
  /// A value longer than this, timestamp included, is rare enough not to be followed.
  private static final int SHORT_VALUE = 64;

  /// How far in front of the line end the labels of an ordinary line end.
  private static final int NEAR = 40;

  private static final int MALFORMED = -1;

  private final Limits limits;
  private final KeyTable table;
  private final Families families;
  private final Scrape<?> scrape;
  private final LineOrder order;
  private final SeriesScanner scanner;
  private final NumberReader number = new NumberReader();
  private final NumberReader timestamp = new NumberReader();

  private byte[] bytes = new byte[0];
  private int generation;
  private boolean learning;
  private boolean madeRoom;
  private int known;

  /// Whether the series of the last good line was new.
  private boolean unseenBefore;

  private int lineStart;
  private int newline;

  LineReader(Limits limits, KeyTable table, Families families, Scrape<?> scrape, LineOrder order) {
    this.limits = limits;
    this.table = table;
    this.families = families;
    this.scrape = scrape;
    this.order = order;
    scanner = new SeriesScanner(limits);
  }

  /// @param isLearning whether to note the lines in the order
  void begin(byte[] newBytes, int newGeneration, boolean isLearning) {
    bytes = newBytes;
    generation = newGeneration;
    learning = isLearning;
    madeRoom = false;
    unseenBefore = false;
    scanner.begin();
  }

  /// The slot of the series of the line read last, or -1.
  int known() {
    return known;
  }

  /// Reads a line of which nothing is known and returns the start of the next one.
  int read(int start) {
    lineStart = start;
    known = -1;
    int first = SeriesScanner.blanks(bytes, start);
    if (unseenBefore && bytes[first] != '#' && readUnseen(first)) {
      return newline + 1;
    }
    newline = Bytes.newline(bytes, start);
    int stop = lineStop();
    if (stop - start > limits.maxLineBytes()) {
      drop(DropReason.LINE_TOO_LONG);
    } else if (bytes[first] == '#') {
      readComment(first, stop);
    } else if (first < stop) {
      readSample(first, stop);
    }
    return newline + 1;
  }

  /// Takes a sample whose line is known up to its value.
  ///
  /// @return the index of its line end, or -1 if the line has to be read as a whole
  int takeChanged(int slot, int valueStart) {
    int stop = number.read(bytes, valueStart);
    if (stop >= 0 && bytes[stop] != '\n') {
      stop = behindValue(stop);
    }
    if (stop < 0
        || stop - valueStart > SHORT_VALUE
        || table.lastSeen(slot) == generation
        || scrape.isFull()) {
      return -1;
    }
    scrape.take(slot, number.value());
    order.append(valueStart, stop, slot);
    return stop;
  }

  private void readComment(int first, int stop) {
    if (!Families.isMetadata(bytes, first, stop)) {
      return;
    }
    int slot = families.read(bytes, first, stop);
    if (slot < 0) {
      dropForNow(DropReason.TOO_MANY_FAMILIES);
    } else if (learning) {
      order.append(newline + 1, newline, LineOrder.metadata(slot));
    }
  }

  /// Reads a sample in one go, without looking for the line end first. Series that were never seen
  /// come in rows, and each has to be scanned anyway.
  ///
  /// @return false if the line is anything but a good sample: then nothing was done
  private boolean readUnseen(int first) {
    int keyEnd = scanner.scan(bytes, first, bytes.length);
    if (keyEnd < 0) {
      return false;
    }
    int valueStart = SeriesScanner.blanks(bytes, keyEnd);
    int valueEnd = number.read(bytes, valueStart);
    if (valueEnd >= 0 && bytes[valueEnd] != '\n') {
      valueEnd = behindValue(valueEnd);
    }
    if (valueEnd < 0) {
      return false;
    }
    newline = valueEnd;
    if (lineStop() - lineStart > limits.maxLineBytes()) {
      return false;
    }
    long hash = table.hash(bytes, first, keyEnd - first);
    known = table.find(bytes, first, keyEnd - first, hash);
    settle(first, valueStart, keyEnd - first, hash);
    return true;
  }

  private int lineStop() {
    return newline > lineStart && bytes[newline - 1] == '\r' ? newline - 1 : newline;
  }

  private void readSample(int first, int stop) {
    int keyEnd = lastBrace(first, stop) + 1;
    long hash = 0;
    if (keyEnd > 0) {
      hash = table.hash(bytes, first, keyEnd - first);
      known = table.find(bytes, first, keyEnd - first, hash);
    }
    if (known < 0) {
      int scanned = scanner.scan(bytes, first, stop);
      if (scanned < 0) {
        drop(DropReason.values()[-1 - scanned]);
        return;
      }
      if (scanned != keyEnd) {
        keyEnd = scanned;
        hash = table.hash(bytes, first, keyEnd - first);
        known = table.find(bytes, first, keyEnd - first, hash);
      }
    }
    int valueStart = SeriesScanner.blanks(bytes, keyEnd);
    int valueEnd = number.read(bytes, valueStart);
    if (valueEnd < 0) {
      drop(DropReason.BAD_VALUE);
    } else if (bytes[valueEnd] != '\n' && behindValue(valueEnd) < 0) {
      drop(DropReason.MALFORMED_LINE);
    } else {
      settle(first, valueStart, keyEnd - first, hash);
    }
  }

  /// Takes or drops a well-formed sample, depending on what else there is.
  private void settle(int first, int valueStart, int keyLength, long hash) {
    unseenBefore = known < 0;
    if (known >= 0 && table.lastSeen(known) == generation) {
      dropForNow(DropReason.DUPLICATE_SERIES);
    } else if (scrape.isFull()) {
      dropForNow(DropReason.TOO_MANY_SAMPLES);
    } else if (known < 0 && !makeRoom()) {
      dropForNow(DropReason.TOO_MANY_SERIES);
    } else {
      int slot = known >= 0 ? known : add(first, keyLength, hash);
      scrape.take(slot, number.value());
      note(slot, valueStart);
    }
  }

  private int add(int from, int length, long hash) {
    int slot = table.add(bytes, from, length, hash);
    if (slot >= scrape.capacity()) {
      scrape.reserve(table.capacity());
    }
    return slot;
  }

  private void note(int slot, int valueStart) {
    if (!learning) {
      return;
    }
    if (valueStart - lineStart + SHORT_VALUE > limits.maxLineBytes()
        || newline - valueStart > SHORT_VALUE) {
      order.append(lineStart, newline, LineOrder.READ_AGAIN);
    } else {
      order.append(valueStart, newline, slot);
    }
  }

  /// Whether there is a slot for a new series. Once in a scrape, series that were absent from the
  /// last one are forgotten ahead of their time.
  private boolean makeRoom() {
    if (table.isFull() && !madeRoom) {
      madeRoom = true;
      table.forgetBefore(generation - 1);
    }
    return !table.isFull();
  }

  /// Where the labels probably end, without looking at them; -1 if nowhere near.
  private int lastBrace(int first, int stop) {
    int least = Math.max(first, stop - NEAR);
    int at = stop - 1;
    while (at >= least && bytes[at] != '}') {
      at--;
    }
    return at >= least ? at : -1;
  }

  /// Reads over a timestamp and an exemplar.
  ///
  /// @return the index of the line end, or -1 if there is something else
  private int behindValue(int from) {
    int at = SeriesScanner.blanks(bytes, from);
    if (isLineEnd(at)) {
      return bytes[at] == '\n' ? at : at + 1;
    }
    if (at == from) {
      return MALFORMED;
    }
    if (bytes[at] != '#') {
      int stop = timestamp.read(bytes, at);
      if (stop < 0) {
        return MALFORMED;
      }
      at = SeriesScanner.blanks(bytes, stop);
      if (isLineEnd(at)) {
        return bytes[at] == '\n' ? at : at + 1;
      }
      if (at == stop || bytes[at] != '#') {
        return MALFORMED;
      }
    }
    return Bytes.newline(bytes, at);
  }

  private boolean isLineEnd(int at) {
    return bytes[at] == '\n' || (bytes[at] == '\r' && bytes[at + 1] == '\n');
  }

  /// Drops a line for what it is.
  private void drop(DropReason reason) {
    scrape.drop(reason);
    if (learning) {
      order.append(newline + 1, newline, LineOrder.dropped(reason));
    }
  }

  /// Drops a line for what else is in the scrape.
  private void dropForNow(DropReason reason) {
    scrape.drop(reason);
    if (learning) {
      order.append(lineStart, newline, LineOrder.READ_AGAIN);
    }
  }
}
