package dev.reeve.linux;

import java.io.InterruptedIOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;

/**
 * A file descriptor that closes only after the last call that uses it came back: a number closed
 * under a running call may already belong to another file.
 */
final class Descriptor implements AutoCloseable {
  static final short READABLE = 1; // POLLIN
  static final short WRITABLE = 4; // POLLOUT
  private static final long LONGEST_NAP_MILLIS = 20;

  /** A call that gets the number, and answers as the kernel does. */
  interface Call {
    long on(int number);
  }

  private final Libc libc;
  private final int number;
  private int users;
  private boolean closed;

  Descriptor(Libc libc, int number) {
    this.libc = libc;
    this.number = number;
  }

  long use(Call call) throws ClosedChannelException {
    synchronized (this) {
      if (closed) {
        throw new ClosedChannelException();
      }
      users++;
    }
    try {
      return call.on(number);
    } finally {
      synchronized (this) {
        users--;
        if (closed && users == 0) {
          libc.close(number);
        }
      }
    }
  }

  /**
   * Waits until one of {@code events} or an error is there; false when the time is over. A platform
   * thread waits in the kernel. A virtual thread asks and naps, because a native call would hold
   * its carrier for as long as a silent peer likes.
   */
  boolean await(short events, Deadline deadline)
      throws ClosedChannelException, InterruptedIOException {
    long nap = 1;
    while (true) {
      long left = deadline.leftMillis();
      boolean virtual = Thread.currentThread().isVirtual();
      int wait = virtual ? 0 : (int) Math.min(left, Integer.MAX_VALUE);
      long answer = use(fd -> libc.poll(fd, events, wait));
      if (answer > 0) {
        return true;
      }
      if (answer < 0 && answer != -Errno.EINTR) {
        throw new IllegalStateException("poll: " + Errno.describe((int) -answer));
      }
      if (isClosed()) {
        throw new AsynchronousCloseException();
      }
      if (left == 0) {
        return false;
      }
      if (virtual) {
        nap(Math.min(nap, left));
        nap = Math.min(nap * 2, LONGEST_NAP_MILLIS);
      }
    }
  }

  private static void nap(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting");
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Wakes whoever waits on a socket, then closes it as soon as nobody uses it. It counts as closed
   * before anybody is woken: else who is woken would take it for the end of what the peer sends.
   */
  synchronized void shutdownAndClose() {
    if (!closed) {
      closed = true;
      libc.shutdown(number);
      closeUnused();
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      closeUnused();
    }
  }

  private void closeUnused() {
    if (users == 0) {
      libc.close(number);
    }
  }
}
