package dev.reeve.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Opens a file whose name somebody else chose, without being led anywhere or held up. */
public final class OwnedFile {
  private static final int O_PATH = 0x200000;
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_NOFOLLOW =
      System.getProperty("os.arch", "").equals("aarch64") ? 0x8000 : 0x20000;

  private OwnedFile() {}

  /**
   * What was opened.
   *
   * @param identity equal for one and the same file, whatever its name
   * @param size in bytes when it was opened
   */
  public record Opened(FileChannel channel, Object identity, long size) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /**
   * Opens a regular file for reading. What it is and whose it is are asked of the very file that is
   * read then: a first handle, which opens nothing but the name, is checked and opened again.
   *
   * @param uid whom it must belong to
   * @throws NoSuchFileException when there is none
   * @throws AccessDeniedException when it is a link, no regular file, or somebody else's
   */
  public static Opened open(Path path, long uid) throws IOException {
    Libc libc = Linux.libc();
    int fd = libc.open(path.toString(), O_PATH | O_CLOEXEC | O_NOFOLLOW);
    if (fd == -Errno.ENOENT) {
      throw new NoSuchFileException(path.toString());
    }
    if (fd == -Errno.EACCES) {
      throw new AccessDeniedException(path.toString());
    }
    if (fd < 0) {
      throw new LinuxException("open", -fd, path.toString());
    }
    try {
      Path handle = Path.of("/proc/self/fd/" + fd);
      BasicFileAttributes attributes = Files.readAttributes(handle, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new AccessDeniedException(path.toString(), null, "it is a link or no regular file");
      }
      Object owner = Files.getAttribute(handle, "unix:uid");
      if (!(owner instanceof Integer number) || Integer.toUnsignedLong(number) != uid) {
        throw new AccessDeniedException(path.toString(), null, "it belongs to another user");
      }
      Object identity = attributes.fileKey();
      return new Opened(
          FileChannel.open(handle, StandardOpenOption.READ),
          identity == null ? path : identity,
          attributes.size());
    } finally {
      libc.close(fd);
    }
  }
}
