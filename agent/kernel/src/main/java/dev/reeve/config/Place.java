package dev.reeve.config;

/**
 * Where something is written.
 *
 * @param file as it was given, empty where there is none
 * @param line from 1, 0 where there is none
 * @param column from 1, 0 where there is none
 */
public record Place(String file, int line, int column) implements Comparable<Place> {
  /** The place of what nobody wrote. */
  public static final Place NOWHERE = new Place("", 0, 0);

  @Override
  public int compareTo(Place other) {
    int byFile = file.compareTo(other.file);
    if (byFile != 0) {
      return byFile;
    }
    int byLine = Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  /** {@code file:line:column}, without what is not known. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
