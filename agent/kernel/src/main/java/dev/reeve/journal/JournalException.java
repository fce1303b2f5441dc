package dev.reeve.journal;

/// The journal cannot be used any more: it is closed, has failed, or is damaged.
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalException(String message) {
    super(message);
  }

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
