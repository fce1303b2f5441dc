package dev.reeve.spi;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** A source that gave nothing usable. */
public final class CollectException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; each is counted apart. */
  public enum Reason {
    TIMEOUT,
    REFUSED,
    HTTP_STATUS,
    REDIRECT,
    TOO_LARGE,
    TRUNCATED,
    EMPTY,
    GARBAGE,
    TLS,
    NOT_FOUND,
    NOT_PERMITTED,
    FAILED;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  /**
   * @param message a sentence that says what happened and what to do
   */
  public CollectException(Reason reason, String message) {
    super(message);
    this.reason = requireNonNull(reason);
  }

  public CollectException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason);
  }

  public Reason reason() {
    return reason;
  }
}
