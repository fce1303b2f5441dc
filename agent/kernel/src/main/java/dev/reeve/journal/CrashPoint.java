package dev.reeve.journal;

/// Told of each named point at which a test may want the process to end. The journal names
/// `journal.before-append`, `journal.before-fsync`, `journal.after-fsync`,
/// `journal.before-rotation`, `journal.rotation-begun`, `journal.rotation-written`,
/// `journal.rotation-forced`, `journal.rotation-named`, `journal.after-rotation`,
/// `journal.before-drop`, `journal.dropped` and `journal.after-drop`.
@FunctionalInterface
public interface CrashPoint {
  /// What production uses.
  CrashPoint NONE = _ -> {};

  void reached(String point);
}
