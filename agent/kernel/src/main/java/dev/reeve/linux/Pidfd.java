package dev.reeve.linux;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;

/**
 * A handle on one process that can never come to mean another one, even after its pid was given
 * away. Safe for use by several threads; to be closed.
 *
 * <p>To know whose handle it is, open it, read what {@code /proc/PID} says, and ask {@link
 * #alive()} afterwards: if it is still alive, what was read was about this process.
 */
public final class Pidfd implements AutoCloseable {
  private static final int PIDFD_SEND_SIGNAL = 424;
  private static final int PIDFD_OPEN = 434;

  /** What became of a signal. */
  public enum Delivery {
    /** The kernel took it. What the process does about it is another matter. */
    SENT,
    /** The process has ended, and its parent has taken note of it. */
    NO_SUCH_PROCESS,
    /** This process may not signal that one. */
    NO_PERMISSION
  }

  private final Libc libc;
  private final long pid;
  private final Descriptor descriptor;

  Pidfd(Libc libc, long pid, int fd) {
    this.libc = libc;
    this.pid = pid;
    this.descriptor = new Descriptor(libc, fd);
  }

  /**
   * Opens the process that has this pid now.
   *
   * @return empty if there is none
   * @throws IllegalArgumentException if the pid is not positive
   * @throws LinuxException if the kernel refuses for another reason, such as too many open files
   * @throws LinuxUnavailable on a kernel before 5.3, or where a sandbox forbids the call
   */
  public static Optional<Pidfd> open(long pid) throws LinuxException {
    if (pid <= 0 || pid > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("not a pid: " + pid);
    }
    Libc libc = Linux.libc();
    int answer = (int) libc.syscall(PIDFD_OPEN, pid, 0);
    return switch (-answer) {
      case Errno.ESRCH -> Optional.empty();
      case Errno.ENOSYS, Errno.EPERM ->
          throw new LinuxUnavailable("pidfd_open: " + Errno.describe(-answer));
      default -> {
        if (answer < 0) {
          throw new LinuxException("pidfd_open", -answer, Long.toString(pid));
        }
        yield Optional.of(new Pidfd(libc, pid, answer));
      }
    };
  }

  /** The pid under which it was opened; after the end of the process it may be anybody's. */
  public long pid() {
    return pid;
  }

  /**
   * Sends a signal.
   *
   * @throws LinuxException if the signal does not exist
   * @throws IllegalStateException if this handle is closed
   */
  public Delivery send(int signal) throws LinuxException {
    long answer;
    try {
      answer = descriptor.use(fd -> libc.syscall(PIDFD_SEND_SIGNAL, fd, signal));
    } catch (ClosedChannelException e) {
      throw new IllegalStateException("the handle on process " + pid + " is closed", e);
    }
    return switch ((int) -answer) {
      case 0 -> Delivery.SENT;
      case Errno.ESRCH -> Delivery.NO_SUCH_PROCESS;
      case Errno.EPERM -> Delivery.NO_PERMISSION;
      default -> throw new LinuxException("pidfd_send_signal", (int) -answer, Long.toString(pid));
    };
  }

  /**
   * Whether the process still runs or is stopped; one that has ended but was not waited for (a
   * zombie) is not alive.
   */
  public boolean alive() {
    try {
      return !descriptor.await(Descriptor.READABLE, Deadline.in(libc, Duration.ZERO));
    } catch (ClosedChannelException | InterruptedIOException e) {
      throw new IllegalStateException("the handle on process " + pid + " is closed", e);
    }
  }

  /**
   * Waits for the end of the process; false when the time is over first.
   *
   * @throws InterruptedIOException when a virtual thread is interrupted; a platform thread waits on
   */
  public boolean awaitEnd(Duration atMost) throws InterruptedIOException {
    try {
      return descriptor.await(Descriptor.READABLE, Deadline.in(libc, atMost));
    } catch (ClosedChannelException e) {
      throw new IllegalStateException("the handle on process " + pid + " is closed", e);
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }

  @Override
  public String toString() {
    return "pidfd of " + pid;
  }
}
