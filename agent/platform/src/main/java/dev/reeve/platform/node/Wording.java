package dev.reeve.platform.node;

/** Text that a stranger chose, made safe to show on one line. */
final class Wording {
  private Wording() {}

  /**
   * Replaces what could move a cursor, end a line or turn the direction of reading, and cuts. Marks
   * of HTML stay: escaping belongs to where a text is shown.
   */
  static String plain(String text, int longest) {
    StringBuilder plain = new StringBuilder();
    text.codePoints().limit(longest).forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '?'));
    return plain.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
