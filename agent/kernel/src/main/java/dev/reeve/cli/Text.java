package dev.reeve.cli;

import dev.reeve.config.Columns;
import java.util.ArrayList;
import java.util.List;

/** Text for terminals: what a label or a command line brought along is never a command to one. */
public final class Text {
  private static final int LONGEST = 400;

  private Text() {}

  /** Control and formatting characters are shown as {@code \\u001b}; line breaks stay. */
  public static String plain(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (hidden(c) && c != '\n') {
                out.append(String.format("\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** Whether a terminal could take a character for a command, or show others in another order. */
  static boolean hidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }

  /** All of a text on one line. */
  static String line(String text) {
    return plain(text).replace("\n", "\\n");
  }

  /** One cell of a table: on one line, cut. */
  public static String cell(String text) {
    String line = line(text);
    if (line.codePointCount(0, line.length()) <= LONGEST) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  /** Rows below their heads, in columns as wide as they need to be. */
  public static String table(List<String> heads, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(heads);
    rows.forEach(row -> all.add(row.stream().map(Text::cell).toList()));
    int[] widths = new int[heads.size()];
    for (List<String> row : all) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - Columns.of(row.get(i)) + 2));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }
}
