package dev.reeve.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Compresses one file beside itself; the whole one takes its place at once, or none does. */
final class Packing {
  private static final Logger logger = System.getLogger(Packing.class.getName());

  private Packing() {}

  record Made(Path file, long bytes) {}

  /** Empty where it could not be compressed, which leaves the file as it was. */
  static Optional<Made> packed(Path plain) {
    Path packed = plain.resolveSibling(plain.getFileName() + ".gz");
    Path part = plain.resolveSibling(plain.getFileName() + ".gz.part");
    try {
      Files.deleteIfExists(part);
      write(plain, part);
      Files.setLastModifiedTime(part, Files.getLastModifiedTime(plain));
      Files.move(part, packed, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(plain);
      return Optional.of(new Made(packed, Files.size(packed)));
    } catch (IOException failure) {
      logger.log(Level.WARNING, plain + " could not be compressed: " + failure);
      try {
        Files.deleteIfExists(part);
      } catch (IOException _) {
        // it is cleared away at the next start
      }
      return Optional.empty();
    }
  }

  private static void write(Path plain, Path part) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-r-----")));
        InputStream in = Files.newInputStream(plain)) {
      OutputStream out = new GZIPOutputStream(Channels.newOutputStream(channel), 1 << 16);
      in.transferTo(out);
      ((GZIPOutputStream) out).finish();
      channel.force(true);
    }
  }
}
