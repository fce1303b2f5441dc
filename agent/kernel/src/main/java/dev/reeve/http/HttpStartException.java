package dev.reeve.http;

/** The server did not start; the message says what to do. */
public final class HttpStartException extends Exception {
  private static final long serialVersionUID = 1L;

  HttpStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
