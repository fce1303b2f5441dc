package dev.reeve.collectors.prices;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.config.Nearest;
import dev.reeve.config.Place;
import dev.reeve.config.Problem;
import dev.reeve.config.Problems;
import dev.reeve.config.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads prices from CSV with a header, or from a list below {@code prices} in YAML. */
final class PriceFile {
  private static final int LARGEST = 4 << 20;

  private final String file;
  private final Problems problems;
  private final List<Offer> offers = new ArrayList<>();

  private PriceFile(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Reads what is good and reports what is not, row by row. */
  static Offers read(Path path, Problems problems) {
    var reader = new PriceFile(path.toString(), problems);
    String name = path.getFileName().toString();
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      reader.yaml(path);
    } else {
      reader.load(path).ifPresent(reader::csv);
    }
    return new Offers(name, reader.offers);
  }

  /** Reads CSV that is at hand. */
  static Offers parse(String name, String csv, Problems problems) {
    var reader = new PriceFile(name, problems);
    reader.csv(csv);
    return new Offers(name, reader.offers);
  }

  private Optional<String> load(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length <= LARGEST) {
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
      }
      report(new Place(file, 0, 0), "", "a price file of at most 4 MiB", "a larger one");
    } catch (IOException failure) {
      report(new Place(file, 0, 0), "", "a price file that can be read", failure.toString());
    }
    return Optional.empty();
  }

  private void csv(String text) {
    // spreadsheets write a byte order mark
    List<String> lines = text.replaceFirst("^\ufeff", "").lines().toList();
    problems.source(file, lines);
    List<CsvLine.Cell> header = List.of();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      var place = new Place(file, i + 1, 1);
      CsvLine read = CsvLine.read(line, place);
      if (!read.complete()) {
        report(place, "", "an even number of quotes in a line", "a quote that does not end");
      } else if (header.isEmpty()) {
        header = read.cells();
        header(header);
      } else {
        row(place, header, read.cells());
      }
    }
    if (header.isEmpty()) {
      report(new Place(file, 0, 0), "", "a line with the names of the columns", "none");
    }
  }

  private void header(List<CsvLine.Cell> header) {
    String known = "one of the columns " + String.join(", ", PriceRow.COLUMNS);
    for (int i = 0; i < header.size(); i++) {
      CsvLine.Cell cell = header.get(i);
      if (!PriceRow.COLUMNS.contains(cell.text())) {
        String nearest = Nearest.to(cell.text(), PriceRow.COLUMNS);
        problems.add(new Problem(cell.place(), cell.text(), known, "an unknown column", nearest));
      }
      for (CsvLine.Cell before : header.subList(0, i)) {
        if (before.text().equals(cell.text())) {
          report(cell.place(), cell.text(), "each column once", "it again");
        }
      }
    }
  }

  private void row(Place line, List<CsvLine.Cell> header, List<CsvLine.Cell> cells) {
    if (cells.size() != header.size()) {
      report(line, "", header.size() + " cells as in the header", Integer.toString(cells.size()));
      return;
    }
    Map<String, CsvLine.Cell> row = new HashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      row.put(header.get(i).text(), cells.get(i));
    }
    new PriceRow(row, line, problems).offer().ifPresent(offers::add);
  }

  private void yaml(Path path) {
    Configuration configuration = ConfigReader.read(path);
    for (Section item : configuration.root().sections("prices")) {
      Map<String, CsvLine.Cell> row = new HashMap<>();
      for (String column : PriceRow.COLUMNS) {
        Place place = item.place(column);
        item.text(column).ifPresent(text -> row.put(column, new CsvLine.Cell(text, place)));
      }
      new PriceRow(row, item.place(""), problems).offer().ifPresent(offers::add);
    }
    problems.addAll(configuration.finish());
  }

  private void report(Place place, String key, String expected, String found) {
    problems.add(new Problem(place, key, expected, found, ""));
  }
}
