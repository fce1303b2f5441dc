package dev.reeve.rules.drl;

/** A kind of problem that a page of the docs explains. */
public interface Explained {
  Explanation explanation();

  /** Its number, never given to something else. */
  default String text() {
    return explanation().text();
  }

  default String title() {
    return explanation().title();
  }

  default String why() {
    return explanation().why();
  }

  /** The right form. */
  default String instead() {
    return explanation().instead();
  }

  /** Whether the file loads all the same. */
  default boolean warning() {
    return false;
  }

  /**
   * In words.
   *
   * @param text its number
   * @param instead the right form
   */
  record Explanation(String text, String title, String why, String instead) {}
}
