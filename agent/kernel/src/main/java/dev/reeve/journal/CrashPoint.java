package dev.reeve.journal;

/// Told of each named point at which a test may want the process to end. The journal names
/// `journal.before-append`, `journal.before-fsync`, `journal.after-fsync`,
/// `journal.before-rotation` and `journal.after-rotation`.
@FunctionalInterface
public interface CrashPoint {
  /// What production uses.
  CrashPoint NONE = _ -> {};

  void reached(String point);
}
