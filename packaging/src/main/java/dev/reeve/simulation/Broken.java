package dev.reeve.simulation;

/** A promise of Reeve was broken; says which, and how. Nobody in the daemon catches this. */
final class Broken extends Error {
  private static final long serialVersionUID = 1L;

  private final Promise promise;

  Broken(Promise promise, String how) {
    super(promise.words() + ": " + how);
    this.promise = promise;
  }

  Promise promise() {
    return promise;
  }
}
