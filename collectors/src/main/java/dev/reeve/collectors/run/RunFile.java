package dev.reeve.collectors.run;

import dev.reeve.linux.OwnedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that a program writes lines to, read as far as whole lines go. Truncated or replaced by
 * another, it is read from its start.
 */
final class RunFile {
  private static final int CHUNK = 256 * 1024;
  private static final int LONGEST_LINE = 64 * 1024;

  private final Path path;
  private final long uid;
  private Object identity = "";
  private long offset;
  private boolean skipping;

  RunFile(Path path, long uid) {
    this.path = path;
    this.uid = uid;
  }

  Path path() {
    return path;
  }

  /**
   * What was read.
   *
   * @param more whether there is more to read at once
   * @param tooLong lines that were left out
   */
  record Read(List<String> lines, boolean more, int tooLong) {}

  /** The whole lines that were added since the last time, at most so many bytes of them. */
  Read read() throws IOException {
    try (OwnedFile.Opened opened = OwnedFile.open(path, uid)) {
      if (!opened.identity().equals(identity) || opened.size() < offset) {
        identity = opened.identity();
        offset = 0;
        skipping = false;
      }
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, opened.size() - offset));
      while (chunk.hasRemaining() && opened.channel().read(chunk, offset + chunk.position()) > 0) {
        // until it is full or the file ends
      }
      return lines(chunk.flip(), opened.size());
    }
  }

  private Read lines(ByteBuffer chunk, long size) {
    List<String> lines = new ArrayList<>();
    byte[] bytes = chunk.array();
    int start = 0;
    int tooLong = 0;
    for (int i = 0; i < chunk.limit(); i++) {
      if (bytes[i] == '\n') {
        if (skipping || i - start > LONGEST_LINE) {
          tooLong++;
        } else if (i > start) {
          lines.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
        }
        skipping = false;
        start = i + 1;
      }
    }
    if (chunk.limit() - start > LONGEST_LINE) {
      skipping = true;
      start = chunk.limit();
    }
    offset += start;
    return new Read(lines, start > 0 && offset < size, tooLong);
  }
}
