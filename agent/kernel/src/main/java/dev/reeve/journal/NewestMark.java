package dev.reeve.journal;

import dev.reeve.journal.SegmentFiles.SegmentFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The file that holds the number of the newest segment whose header is durable: its number and a
/// CRC32C. Without it a journal that lost its newest segments would look like one that never had
/// them. A mark that cannot be read says nothing; it never makes a sound journal unusable.
final class NewestMark {
  static final String FILE = "journal.mark";
  private static final int BYTES = 12;

  private NewestMark() {}

  static Optional<Long> read(SegmentFiles files) throws IOException {
    if (!files.list().contains(FILE)) {
      return Optional.empty();
    }
    byte[] bytes = files.read(FILE);
    if (bytes.length != BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long number = in.getLong();
    return in.getInt() == SegmentFormat.crc(bytes, 0, Long.BYTES)
        ? Optional.of(number)
        : Optional.empty();
  }

  /// Durable when it returns.
  static void write(SegmentFiles files, long number) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(BYTES).putLong(number);
    out.putInt(SegmentFormat.crc(out.array(), 0, Long.BYTES));
    try (SegmentFile file = files.open(FILE)) {
      file.write(0, out.array());
      file.force();
    }
    files.sync();
  }
}
