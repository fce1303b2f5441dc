package dev.reeve.model;

/** The kinds of things that can be judged. */
public enum SubjectKind {
  WORKLOAD("workload"),
  GPU("gpu"),
  NODE("node"),
  RUN("run"),
  ENDPOINT("endpoint"),
  BUDGET("budget");

  private final String text;

  SubjectKind(String text) {
    this.text = text;
  }

  /** The word used in rules, journal, metrics and documentation. */
  public String text() {
    return text;
  }

  /** The kind that a word names. Throws {@link IllegalArgumentException} for an unknown word. */
  public static SubjectKind of(String text) {
    for (SubjectKind kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of subject is called '" + text + "'");
  }
}
