package dev.reeve.json;

/// What was read is not JSON, or more of it than the reader accepts. The message names the line and
/// column, and never quotes the input, which may hold secrets or control characters.
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  JsonException(String message) {
    super(message);
  }
}
