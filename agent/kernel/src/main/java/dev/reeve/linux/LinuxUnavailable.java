package dev.reeve.linux;

/**
 * This system does not offer what was asked for: another operating system, an old kernel, or native
 * access refused.
 */
public final class LinuxUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LinuxUnavailable(String message) {
    super(message);
  }

  LinuxUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
