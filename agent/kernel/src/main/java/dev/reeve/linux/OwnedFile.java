package dev.reeve.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.LongPredicate;

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
   * @param mode type and permissions, as {@code stat} gives them
   * @param changed its content, owner or permissions were not touched later than this
   */
  public record Opened(FileChannel channel, Object identity, long size, int mode, FileTime changed)
      implements AutoCloseable {
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
    return open(path, owner -> owner == uid);
  }

  /**
   * The same, for a file that may belong to one of several users.
   *
   * @param owners tells of a uid whether the file may belong to it
   */
  public static Opened open(Path path, LongPredicate owners) throws IOException {
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
      if (!(owner instanceof Integer number) || !owners.test(Integer.toUnsignedLong(number))) {
        throw new AccessDeniedException(path.toString(), null, "it belongs to another user");
      }
      Object identity = attributes.fileKey();
      return new Opened(
          FileChannel.open(handle, StandardOpenOption.READ),
          identity == null ? path : identity,
          attributes.size(),
          (Integer) Files.getAttribute(handle, "unix:mode"),
          (FileTime) Files.getAttribute(handle, "unix:ctime"));
    } finally {
      libc.close(fd);
    }
  }
}
