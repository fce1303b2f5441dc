package dev.reeve.collectors.prices;

import dev.reeve.config.Place;
import java.util.ArrayList;
import java.util.List;

/** The cells of one line, each with its place. */
record CsvLine(List<Cell> cells, boolean complete) {
  record Cell(String text, Place place) {}

  /**
   * Reads commas and quotes as RFC 4180 has them; a quote that does not end makes it incomplete.
   */
  static CsvLine read(String line, Place begin) {
    var cells = new ArrayList<Cell>();
    var text = new StringBuilder();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        text.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(new Cell(text.toString().strip(), at(begin, start)));
        text.setLength(0);
        start = i + 1;
      } else {
        text.append(c);
      }
    }
    cells.add(new Cell(text.toString().strip(), at(begin, start)));
    return new CsvLine(List.copyOf(cells), !quoted);
  }

  private static Place at(Place begin, int offset) {
    return new Place(begin.file(), begin.line(), begin.column() + offset);
  }
}
