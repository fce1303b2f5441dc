package dev.reeve.platform.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tables that nvidia-smi writes as CSV. A heading may carry its unit in brackets, and a
 * value its unit behind it; both are believed only if they agree with what is expected.
 */
final class SmiTable {
  private static final int MOST_LINES = 4096;
  private static final Pattern HEADING = Pattern.compile("([\\w.]+)(?: \\[(.*)])?");
  private static final Pattern VALUE = Pattern.compile("(-?\\d+(?:\\.\\d+)?)(?: ?(%|[A-Za-z]+))?");
  private static final Set<String> NO_VALUE =
      Set.of(
          "n/a",
          "[n/a]",
          "[not supported]",
          "not supported",
          "[unknown error]",
          "[gpu is lost]",
          "[insufficient permissions]",
          "[requires root]",
          "[gpu requires reset]",
          "[function not found]",
          "");

  /** Answers in words, as NVML numbers them. */
  private static final Map<String, Double> WORDS =
      Map.of(
          "no", 0.0,
          "yes", 1.0,
          "not active", 0.0,
          "active", 1.0,
          "none", 0.0,
          "reset", 1.0,
          "reboot", 2.0,
          "drain p2p", 3.0,
          "drain and reset", 4.0);

  private SmiTable() {}

  /** The rows of {@code --query-gpu ... --format=csv[,nounits]}, headings included. */
  static List<GpuRow> gpus(String csv) {
    List<String> lines = csv.lines().limit(MOST_LINES).filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("nothing was printed");
    }
    String[] headings = cells(lines.getFirst());
    if (!List.of(headings).contains("uuid")) {
      throw new IllegalArgumentException("not a heading: " + Wording.plain(lines.getFirst(), 80));
    }
    List<GpuRow> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = cells(line);
      if (cells.length != headings.length) {
        throw new IllegalArgumentException(
            "a row has " + cells.length + " cells, its heading " + headings.length);
      }
      rows.add(row(headings, cells));
    }
    return rows;
  }

  private static GpuRow row(String[] headings, String[] cells) {
    Map<String, String> texts = new HashMap<>();
    SortedMap<String, Double> readings = new TreeMap<>();
    for (int i = 0; i < cells.length; i++) {
      Matcher heading = HEADING.matcher(headings[i]);
      if (!heading.matches()) {
        throw new IllegalArgumentException("not a heading: " + Wording.plain(headings[i], 80));
      }
      String column = heading.group(1);
      texts.put(column, cells[i]);
      String unit = heading.group(2);
      number(cells[i], Optional.ofNullable(unit)).ifPresent(value -> readings.put(column, value));
    }
    String uuid = texts.getOrDefault("uuid", "");
    if (!uuid.matches("GPU-[0-9a-fA-F-]{8,64}")) {
      throw new IllegalArgumentException("not the UUID of a GPU: " + Wording.plain(uuid, 80));
    }
    return new GpuRow(
        uuid,
        Wording.plain(texts.getOrDefault("name", ""), 80),
        Wording.plain(texts.getOrDefault("index", ""), 8),
        Wording.plain(texts.getOrDefault("pci.bus_id", ""), 32),
        texts.getOrDefault("mig.mode.current", "").equals("Enabled"),
        readings);
  }

  /** A number in the unit of its heading; empty for what says that there is none. */
  private static Optional<Double> number(String cell, Optional<String> unit) {
    if (NO_VALUE.contains(cell.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    Double word = WORDS.get(cell.toLowerCase(Locale.ROOT));
    if (word != null && unit.isEmpty()) {
      return Optional.of(word);
    }
    Matcher value = VALUE.matcher(cell);
    if (!value.matches()) {
      return Optional.empty();
    }
    String behind = value.group(2);
    boolean agrees = behind == null || behind.equals(unit.orElse(""));
    return agrees ? Optional.of(Double.parseDouble(value.group(1))) : Optional.empty();
  }

  private static String[] cells(String line) {
    String[] cells = line.split(",", -1);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].strip();
    }
    return cells;
  }

  /** One entry of a process list. */
  record App(String uuid, long pid) {}

  /**
   * The rows of {@code --query-compute-apps=gpu_uuid,pid,... --format=csv,noheader}. A name of a
   * process may hold commas, so what stands behind the pid is not looked at.
   */
  static List<App> apps(String csv) {
    List<App> apps = new ArrayList<>();
    for (String line : csv.lines().filter(text -> !text.isBlank()).toList()) {
      String[] cells = cells(line);
      boolean understood =
          cells.length >= 2
              && cells[0].matches("(GPU|MIG)-[\\w/-]{8,100}")
              && cells[1].matches("[1-9]\\d{0,9}");
      if (!understood || apps.size() >= MOST_LINES) {
        throw new IllegalArgumentException("not a line of processes: " + Wording.plain(line, 80));
      }
      apps.add(new App(cells[0], Long.parseLong(cells[1])));
    }
    return apps;
  }
}
