package dev.reeve.journal;

import dev.reeve.journal.JournalWalk.Tail;
import dev.reeve.journal.SegmentFiles.SegmentFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/// The end of the newest segment. After any exception its state is unknown, and it must not be used
/// again.
final class SegmentWriter implements Closeable {
  private final SegmentFiles files;
  private SegmentFile file;
  private SegmentHeader header;
  private int length;

  private SegmentWriter(SegmentFiles files, SegmentFile file, SegmentHeader header, int length) {
    this.files = files;
    this.file = file;
    this.header = header;
    this.length = length;
  }

  /// Makes what the walk found durable, and cuts what it found to be torn. Durable again, because a
  /// force that failed before the last end may have left its record in the page cache alone, where
  /// the walk has seen it.
  static SegmentWriter open(SegmentFiles files, JournalWalk walk) throws IOException {
    Tail tail = walk.tail();
    if (tail.headerIsTorn()) {
      return begin(files, SegmentHeader.after(Math.max(1, tail.number()), walk.head()));
    }
    SegmentHeader header = walk.headers().getLast();
    String name = SegmentFormat.fileName(tail.number());
    byte[] found = files.read(name);
    SegmentFile file = files.open(name);
    try {
      if (tail.cut() > 0) {
        file.truncate(tail.length());
      }
      int doubtful = tail.lastOffset();
      file.write(doubtful, Arrays.copyOfRange(found, doubtful, tail.length()));
      file.force();
      files.sync();
      NewestMark.write(files, tail.number());
      return new SegmentWriter(files, file, header, tail.length());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static SegmentWriter begin(SegmentFiles files, SegmentHeader header) throws IOException {
    SegmentFile file = files.open(SegmentFormat.fileName(header.number()));
    try {
      file.truncate(0);
      file.write(0, SegmentFormat.header(header));
      file.force();
      files.sync();
      NewestMark.write(files, header.number());
      return new SegmentWriter(files, file, header, SegmentFormat.HEADER_BYTES);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /// Of the segment that is being written.
  SegmentHeader header() {
    return header;
  }

  /// Whether a record would make the segment larger than it may be; a segment holds at least one.
  boolean isFull(int recordBytes, int maxSegmentBytes) {
    return length > SegmentFormat.HEADER_BYTES && length + recordBytes > maxSegmentBytes;
  }

  void rotate(ChainHead head) throws IOException {
    SegmentWriter next = begin(files, SegmentHeader.after(header.number() + 1, head));
    SegmentFile full = file;
    file = next.file;
    header = next.header;
    length = next.length;
    full.close();
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
