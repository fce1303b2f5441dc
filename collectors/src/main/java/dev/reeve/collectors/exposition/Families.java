package dev.reeve.collectors.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The HELP and TYPE lines of a scrape. They are told apart by their bytes and decoded when
/// somebody asks, again only if they are other lines than last time.
final class Families {
  private static final byte[] HELP = {'H', 'E', 'L', 'P'};
  private static final byte[] TYPE = {'T', 'Y', 'P', 'E'};

  private final KeyTable lines;
  private int[] order = new int[16];
  private int count;
  private int generation = 1;
  private int[] decodedFrom = new int[0];
  private Map<String, Family> decoded = Map.of();

  Families(int maxLines, long seed) {
    lines = new KeyTable(maxLines, seed, _ -> forgetDecoded());
  }

  void begin(int newGeneration) {
    generation = newGeneration;
    count = 0;
  }

  void forgetBefore(int oldest) {
    lines.forgetBefore(oldest);
  }

  /// Whether a comment is a HELP or TYPE line with a name.
  static boolean isMetadata(byte[] bytes, int first, int stop) {
    int at = SeriesScanner.blanks(bytes, first + 1);
    if (!Bytes.startsWith(bytes, at, HELP) && !Bytes.startsWith(bytes, at, TYPE)) {
      return false;
    }
    int name = SeriesScanner.blanks(bytes, at + HELP.length);
    int end = SeriesScanner.metricName(bytes, name);
    return name > at + HELP.length
        && end > name
        && (end == stop || bytes[end] == ' ' || bytes[end] == '\t');
  }

  /// Notes a HELP or TYPE line and returns its slot, or -1 if no more lines can be remembered.
  int read(byte[] bytes, int first, int stop) {
    long hash = lines.hash(bytes, first, stop - first);
    int slot = lines.find(bytes, first, stop - first, hash);
    if (slot < 0) {
      if (lines.isFull()) {
        forgetBefore(generation - 1);
        if (lines.isFull()) {
          return -1;
        }
      }
      slot = lines.add(bytes, first, stop - first, hash);
      forgetDecoded();
    }
    seen(slot);
    return slot;
  }

  /// Slots mean other lines from now on.
  private void forgetDecoded() {
    decodedFrom = new int[0];
    decoded = Map.of();
  }

  void seen(int slot) {
    if (lines.lastSeen(slot) == generation) {
      return;
    }
    lines.seen(slot, generation);
    if (count == order.length) {
      order = Arrays.copyOf(order, 2 * count);
    }
    order[count++] = slot;
  }

  /// By name, in order of appearance. Of several lines for the same name the first one counts.
  Map<String, Family> byName() {
    if (!Arrays.equals(decodedFrom, 0, decodedFrom.length, order, 0, count)) {
      decodedFrom = Arrays.copyOf(order, count);
      Map<String, String> helps = new LinkedHashMap<>();
      Map<String, String> types = new LinkedHashMap<>();
      Map<String, Family> families = new LinkedHashMap<>();
      for (int slot : decodedFrom) {
        decode(lines.key(slot), helps, types, families);
      }
      families.replaceAll(
          (name, none) ->
              new Family(
                  name, helps.getOrDefault(name, ""), FamilyType.of(types.getOrDefault(name, ""))));
      decoded = Collections.unmodifiableMap(families);
    }
    return decoded;
  }

  private static void decode(
      byte[] line,
      Map<String, String> helps,
      Map<String, String> types,
      Map<String, Family> families) {
    int at = SeriesScanner.blanks(line, 1);
    boolean help = Bytes.startsWith(line, at, HELP);
    int start = SeriesScanner.blanks(line, at + HELP.length);
    int end = SeriesScanner.metricName(line, start);
    String name = new String(line, start, end - start, StandardCharsets.US_ASCII);
    String text = new String(line, end, line.length - end, StandardCharsets.UTF_8);
    families.put(name, new Family(name, "", FamilyType.UNKNOWN));
    if (help) {
      helps.putIfAbsent(name, SeriesScanner.unescape(text.strip()));
    } else {
      types.putIfAbsent(name, text.strip());
    }
  }
}
