package dev.reeve.journal;

/// Ends the process at once. After a failed write or force the kernel may have dropped the data and
/// report success the next time, so the only honest way on is to start again from what is on disk.
@FunctionalInterface
public interface Fatal {
  /// Does not return, except in tests.
  void die(String reason, Throwable cause);
}
