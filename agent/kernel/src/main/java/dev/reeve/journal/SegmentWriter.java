package dev.reeve.journal;

import dev.reeve.journal.JournalWalk.Tail;
import dev.reeve.journal.SegmentFiles.SegmentFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/// The end of the newest segment. After any exception its state is unknown, and it must not be used
/// again.
final class SegmentWriter implements Closeable {
  private static final int CHUNK = 64 << 10;

  private final SegmentFile file;
  private final SegmentHeader header;
  private final int base;
  private int length;

  private SegmentWriter(SegmentFile file, SegmentHeader header, int base, int length) {
    this.file = file;
    this.header = header;
    this.base = base;
    this.length = length;
  }

  /// Makes what the walk found durable, and clears what it found to be torn. Durable again, because
  /// a force that failed before the last end may have left its record in the page cache alone,
  /// where the walk has seen it; with the first record, the header too.
  static SegmentWriter open(SegmentFiles files, JournalWalk walk) throws IOException {
    Tail tail = walk.tail();
    SegmentHeader header = walk.layout().headers().getLast();
    String name = SegmentFormat.fileName(tail.number());
    byte[] found = files.read(name);
    SegmentFile file = files.open(name);
    try {
      int doubtful = tail.lastOffset() == SegmentFormat.HEADER_BYTES ? 0 : tail.lastOffset();
      byte[] whole = Arrays.copyOfRange(found, doubtful, tail.length() + tail.cut());
      Arrays.fill(whole, tail.length() - doubtful, whole.length, (byte) 0);
      file.write(doubtful, whole);
      file.force();
      files.sync();
      NewestMark.write(files, tail.number());
      return new SegmentWriter(file, header, tail.base(), tail.length());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /// Begins a segment, durably and with room for all of its records, so that a disk that fills up
  /// later does not stop what is under way.
  ///
  /// @param checkpoint its first record; empty for the first segment
  static SegmentWriter begin(
      SegmentFiles files, SegmentHeader header, byte[] checkpoint, int room, CrashPoint points)
      throws IOException {
    SegmentFile file = files.open(SegmentFormat.fileName(header.number()));
    try {
      points.reached("journal.rotation-begun");
      int base = SegmentFormat.HEADER_BYTES + checkpoint.length;
      byte[] first = Arrays.copyOf(SegmentFormat.header(header), base);
      System.arraycopy(checkpoint, 0, first, SegmentFormat.HEADER_BYTES, checkpoint.length);
      file.truncate(0);
      file.write(0, first);
      for (int done = 0; done < room; done += CHUNK) {
        file.write((long) base + done, new byte[Math.min(CHUNK, room - done)]);
      }
      points.reached("journal.rotation-written");
      file.force();
      points.reached("journal.rotation-forced");
      files.sync();
      points.reached("journal.rotation-named");
      NewestMark.write(files, header.number());
      return new SegmentWriter(file, header, base, base);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /// Of the segment that is being written.
  SegmentHeader header() {
    return header;
  }

  /// Whether less than an eighth of its room is left.
  boolean isFull(int room) {
    return length - base > room - room / 8;
  }

  /// Not durable before [#force()].
  void write(byte[] record) throws IOException {
    file.write(length, record);
    length += record.length;
  }

  void force() throws IOException {
    file.force();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
