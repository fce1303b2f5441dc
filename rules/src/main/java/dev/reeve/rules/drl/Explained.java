package dev.reeve.rules.drl;

/** A kind of problem that a page of the docs explains. */
public interface Explained {
  /** Its number, never given to something else. */
  String text();

  String title();

  String why();

  String instead();

  /** Whether the file loads all the same. */
  default boolean warning() {
    return false;
  }
}
