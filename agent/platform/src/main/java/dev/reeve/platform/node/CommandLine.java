package dev.reeve.platform.node;

import java.util.List;

/**
 * How a process was started. Its text, the only form that leaves this package, has no values of
 * flags and variables that look like secrets.
 */
public final class CommandLine {
  private static final int LONGEST_TEXT = 1024;

  private final List<String> words;

  CommandLine(List<String> words) {
    this.words = List.copyOf(words);
  }

  static CommandLine unreadable() {
    return new CommandLine(List.of());
  }

  /** As the process has them; to be reasoned about, never to be shown. */
  List<String> words() {
    return words;
  }

  boolean readable() {
    return !words.isEmpty();
  }

  /** The last part of the path by which it was called; empty if unreadable. */
  String calledAs() {
    return words.isEmpty() ? "" : base(words.getFirst());
  }

  /** For people: one line, cut, without secrets. */
  public String text() {
    return Wording.plain(Redaction.redacted(words), LONGEST_TEXT);
  }

  static String base(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return text();
  }
}
