package dev.reeve.model;

/** What came of a step. */
public sealed interface Outcome {
  /** In words, for people. */
  String detail();

  /** The call was made and answered. */
  record Done(String detail) implements Outcome {}

  /** It was so already; no call was made. */
  record NothingToDo(String detail) implements Outcome {}

  /** Not done, on purpose: wrong incarnation, protected, not permitted. */
  record Refused(String detail) implements Outcome {}

  /** The platform said no, and nothing changed. */
  record Failed(String detail, boolean retryable) implements Outcome {}

  /** No answer: resolved by reading the target, never by sending again. */
  record Unknown(String detail) implements Outcome {}

  /** The word of it in journal, metrics and documentation. */
  default String word() {
    return switch (this) {
      case Done _ -> "done";
      case NothingToDo _ -> "nothing_to_do";
      case Refused _ -> "refused";
      case Failed _ -> "failed";
      case Unknown _ -> "unknown";
    };
  }
}
