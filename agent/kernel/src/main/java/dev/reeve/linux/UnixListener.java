package dev.reeve.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.BindException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A listening Unix socket whose connections know the process at the other end, which the JDK's own
 * do not. The folder must not be writable by others than this user.
 *
 * <p>A file {@code NAME.lock} beside it is locked for as long as it listens, so two daemons that
 * start at once cannot take the socket from each other.
 */
public final class UnixListener implements AutoCloseable {
  private static final int BACKLOG = 128;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  private final Libc libc;
  private final Descriptor descriptor;
  private final Path path;
  private final Object identity;
  private final FileChannel lock;

  private UnixListener(Libc libc, int fd, Path path, Object identity, FileChannel lock) {
    this.libc = libc;
    this.descriptor = new Descriptor(libc, fd);
    this.path = path;
    this.identity = identity;
    this.lock = lock;
  }

  /**
   * Listens at a path. A socket file that nobody listens on any more is replaced; a live one, or a
   * file that is no socket, is left alone.
   *
   * @param permissions who may connect (write is what counts), whatever the process's mask says
   * @throws BindException when somebody listens there, or the path is no socket
   * @throws LinuxException when the kernel refuses
   */
  public static UnixListener bind(Path path, Set<PosixFilePermission> permissions)
      throws IOException {
    Libc libc = Linux.libc();
    FileChannel lock = lock(path);
    try {
      removeStale(libc, path);
      int fd =
          libc.socket(
              UnixAddress.FAMILY,
              UnixAddress.STREAM | UnixAddress.CLOSE_ON_EXEC | UnixAddress.NON_BLOCKING);
      if (fd < 0) {
        throw new LinuxException("socket", -fd, path.toString());
      }
      try {
        return new UnixListener(libc, fd, path, listen(libc, fd, path, permissions), lock);
      } catch (IOException | RuntimeException e) {
        libc.close(fd);
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    Path beside = path.resolveSibling(path.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(
            beside,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // held by another listener of this very process: the same answer as below
    }
    channel.close();
    throw new BindException("another process listens at " + path);
  }

  private static void removeStale(Libc libc, Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new BindException(path + " exists and is no socket");
    }
    int fd =
        libc.socket(
            UnixAddress.FAMILY,
            UnixAddress.STREAM | UnixAddress.CLOSE_ON_EXEC | UnixAddress.NON_BLOCKING);
    if (fd < 0) {
      throw new LinuxException("socket", -fd, path.toString());
    }
    try (Arena arena = Arena.ofConfined()) {
      int answer = libc.connect(fd, UnixAddress.of(path.toString(), arena));
      if (answer != -Errno.ECONNREFUSED) {
        throw new BindException("another process listens at " + path);
      }
    } finally {
      libc.close(fd);
    }
    Files.delete(path);
  }

  /** Nobody can connect between bind and listen, so the permissions are never too wide. */
  private static Object listen(Libc libc, int fd, Path path, Set<PosixFilePermission> permissions)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int answer = libc.bind(fd, UnixAddress.of(path.toString(), arena));
      if (answer < 0) {
        throw new LinuxException("bind", -answer, path.toString());
      }
    }
    try {
      Files.setPosixFilePermissions(path, permissions);
      int answer = libc.listen(fd, BACKLOG);
      if (answer < 0) {
        throw new LinuxException("listen", -answer, path.toString());
      }
      return identity(path);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  private static Object identity(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  /**
   * Waits for the next connection, for as long as it takes. To be called by one thread.
   *
   * @throws AsynchronousCloseException when {@link #close()} is called meanwhile
   * @throws ClosedChannelException when it was called before
   * @throws LinuxException when there are too many open files; the next call may succeed
   */
  public UnixConnection accept() throws IOException {
    while (true) {
      if (!descriptor.await(Descriptor.READABLE, Deadline.in(libc, LOOK_AGAIN))) {
        continue;
      }
      int answer =
          (int)
              descriptor.use(
                  fd -> libc.accept(fd, UnixAddress.CLOSE_ON_EXEC | UnixAddress.NON_BLOCKING));
      if (answer >= 0) {
        return connection(answer);
      }
      if (descriptor.isClosed()) {
        throw new AsynchronousCloseException();
      }
      switch (-answer) {
        case Errno.EAGAIN, Errno.EINTR, Errno.ECONNABORTED -> {}
        case Errno.EINVAL ->
            throw new AsynchronousCloseException(); // shut down, close() is on its way
        default -> throw new LinuxException("accept4", -answer, path.toString());
      }
    }
  }

  private UnixConnection connection(int fd) throws LinuxException {
    try {
      PeerCredentials peer = PeerCredentials.of(libc, fd);
      Optional<Pidfd> process = PeerProcess.of(libc, fd, peer);
      return new UnixConnection(libc, new Descriptor(libc, fd), peer, process);
    } catch (LinuxException | RuntimeException e) {
      libc.close(fd);
      throw e;
    }
  }

  /** Where it listens. */
  public Path path() {
    return path;
  }

  /**
   * Stops listening, wakes {@link #accept()} and removes the socket file if it is still its own.
   * Safe to repeat.
   */
  @Override
  public void close() throws IOException {
    if (descriptor.isClosed()) {
      return;
    }
    try (lock) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && identity(path).equals(identity)) {
        Files.delete(path);
      }
    } finally {
      descriptor.shutdownAndClose();
    }
  }
}
