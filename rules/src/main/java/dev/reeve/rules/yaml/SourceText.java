package dev.reeve.rules.yaml;

import dev.reeve.config.Place;
import dev.reeve.config.Value.Form;
import dev.reeve.config.Value.Scalar;
import java.util.Arrays;
import java.util.List;

/** The text of one file, and where each character of a scalar stands in it. */
final class SourceText {
  private final String file;
  private final int[] points;
  private final List<String> lines;
  private final int[] starts;

  SourceText(String file, String text) {
    this.file = file;
    this.points = text.codePoints().toArray();
    this.lines = text.lines().toList();
    this.starts = starts(points);
  }

  private static int[] starts(int[] points) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < points.length; i++) {
      if (points[i] == '\n') {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  String file() {
    return file;
  }

  List<String> lines() {
    return lines;
  }

  /** The place of a character by its index, counted in code points. */
  Place place(int index) {
    int found = Arrays.binarySearch(starts, index);
    int line = found >= 0 ? found : -found - 2;
    return new Place(file, line + 1, index - starts[line] + 1);
  }

  /** Whether a scalar holds an escape, so that it reads otherwise than it is written. */
  boolean escaped(Scalar scalar) {
    if (scalar.written().form() != Form.DOUBLE_QUOTED) {
      return false;
    }
    for (int i = scalar.written().from(); i < scalar.written().to(); i++) {
      if (points[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  /**
   * The index in the file of each character of a scalar's value, and one more for its end. YAML
   * folds and strips white space only, so every other character is found by looking for it from the
   * last one on; white space is where the character before it ends.
   */
  int[] indices(Scalar scalar) {
    int[] value = scalar.text().codePoints().toArray();
    int[] at = new int[value.length + 1];
    int end = Math.min(scalar.written().to(), points.length);
    int raw = content(scalar, end);
    for (int i = 0; i < value.length; i++) {
      if (!blank(value[i])) {
        int seek = raw;
        while (seek < end && points[seek] != value[i]) {
          seek++;
        }
        raw = seek;
      }
      at[i] = Math.min(raw, Math.max(0, end - 1));
      raw = Math.min(end, raw + 1);
    }
    at[value.length] = Math.min(raw, points.length);
    return at;
  }

  private int content(Scalar scalar, int end) {
    int from = scalar.written().from();
    return switch (scalar.written().form()) {
      case PLAIN -> from;
      case SINGLE_QUOTED, DOUBLE_QUOTED -> from + 1;
      case BLOCK -> {
        // behind the header, which may carry a comment
        int at = from;
        while (at < end && points[at] != '\n') {
          at++;
        }
        yield Math.min(at + 1, end);
      }
    };
  }

  private static boolean blank(int point) {
    return point == ' ' || point == '\n' || point == '\t';
  }
}
