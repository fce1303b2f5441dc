package dev.reeve.board;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Power limit and idle floor by model, from {@code gpu-models.csv} beside this class. */
final class GpuModels {
  private static final String FILE = "gpu-models.csv";
  private static final int FIELDS = 4;

  private final List<Row> rows;

  private GpuModels(List<Row> rows) {
    this.rows = rows;
  }

  private record Row(Pattern model, Power power) {}

  /**
   * @param limitWatts what the board may draw; 0 where it is not known
   * @param idleWatts what it draws when nothing runs; 0 where it is not known
   */
  record Power(double limitWatts, double idleWatts) {
    static final Power UNKNOWN = new Power(0, 0);

    boolean known() {
      return idleWatts > 0;
    }
  }

  static GpuModels shipped() {
    try (InputStream in = GpuModels.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing beside " + GpuModels.class);
      }
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return of(reader.lines().toList());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Lines of {@code pattern,limit in W,idle share,source}; the first that matches counts. */
  static GpuModels of(List<String> lines) {
    return new GpuModels(
        lines.stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(GpuModels::row)
            .toList());
  }

  private static Row row(String line) {
    String[] fields = line.split(",", FIELDS);
    if (fields.length < FIELDS) {
      throw new IllegalArgumentException(
          "a line of " + FILE + " is pattern,limit,share,source, not '" + line + "'");
    }
    double limit = Double.parseDouble(fields[1]);
    double share = Double.parseDouble(fields[2]);
    if (!(limit > 0 && share > 0 && share < 1)) {
      throw new IllegalArgumentException("limit and share are wrong in '" + line + "'");
    }
    String glob = "\\Q" + fields[0].replace("*", "\\E.*\\Q") + "\\E";
    Pattern model = Pattern.compile(glob, Pattern.CASE_INSENSITIVE);
    return new Row(model, new Power(limit, limit * share));
  }

  Power power(String model) {
    return rows.stream()
        .filter(row -> row.model().matcher(model).matches())
        .map(Row::power)
        .findFirst()
        .orElse(Power.UNKNOWN);
  }
}
