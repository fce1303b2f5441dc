package dev.reeve.linux;

import java.io.IOException;

/** A system call failed. */
public final class LinuxException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int errno;

  LinuxException(String call, int errno, String subject) {
    super(call + " " + subject + ": " + Errno.describe(errno));
    this.call = call;
    this.errno = errno;
  }

  /** The name of the call, such as {@code bind}. */
  public String call() {
    return call;
  }

  /** The number that the kernel gave, positive. */
  public int errno() {
    return errno;
  }
}
