package dev.reeve.control;

/** No daemon answers; the message says what to do. A command ends with {@link #EXIT} then. */
public final class NoDaemonException extends Exception {
  /** EX_UNAVAILABLE of sysexits.h. */
  public static final int EXIT = 69;

  private static final long serialVersionUID = 1L;

  NoDaemonException(String message) {
    super(message);
  }
}
