package dev.reeve.cli;

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
              boolean hidden =
                  (Character.isISOControl(c) && c != '\n')
                      || Character.getType(c) == Character.FORMAT
                      || Character.getType(c) == Character.LINE_SEPARATOR
                      || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
              if (hidden) {
                out.append(String.format("\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** One cell of a table: on one line, cut. */
  public static String cell(String text) {
    String line = plain(text).replace("\n", "\\n");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }

  /** Rows below their heads, in columns as wide as they need to be. */
  public static String table(List<String> heads, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(heads);
    rows.forEach(row -> all.add(row.stream().map(Text::cell).toList()));
    int[] widths = new int[heads.size()];
    for (List<String> row : all) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }
}
