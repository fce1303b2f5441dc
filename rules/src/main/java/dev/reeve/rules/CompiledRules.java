package dev.reeve.rules;

import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonReader;
import dev.reeve.model.Rule;
import dev.reeve.model.SlotTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A rule set as the compiler made it: the rules as data, the engine's text, and the classes, in one
 * archive. Equal rules give equal bytes, and the SHA-256 of those bytes names the set.
 *
 * @param engine version of the engine that the classes are for
 * @param model binary name of the class that describes the rules to the engine
 * @param text what was compiled, for people
 * @param classes by path within the archive
 * @param sources the operator's files that it was made of; none for the shipped rules
 */
record CompiledRules(
    List<Rule> rules,
    String engine,
    String model,
    String text,
    SortedMap<String, byte[]> classes,
    RuleTexts sources) {
  /** Far above what a set needs, far below what hurts: 200 rules take 3 MB. */
  static final int MAX_BYTES = 32 << 20;

  private static final String DATA = "rules.json";
  private static final String TEXT = "rules.drl";
  private static final String ORIGINS = "origins.json";
  private static final String SOURCES = "sources/";
  private static final String CLASS = ".class";
  private static final String FOLDER = RuleRenderer.PACKAGE.replace('.', '/') + "/";
  // the earliest instant that a zip file can say
  private static final LocalDateTime NEVER = LocalDateTime.of(1980, 1, 1, 0, 0);

  CompiledRules {
    rules = rules.stream().sorted(Comparator.comparing(Rule::id)).toList();
    for (String path : classes.keySet()) {
      if (!path.startsWith(FOLDER) || !path.endsWith(CLASS)) {
        throw new IllegalArgumentException(path + " is no class of rules");
      }
    }
  }

  /** The name of a set. */
  static String hash(byte[] archive) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** The bytes of a class by its binary name; empty where the set has none of that name. */
  byte[] classNamed(String name) {
    return classes.getOrDefault(name.replace('.', '/') + CLASS, new byte[0]);
  }

  byte[] archive() {
    SortedMap<String, byte[]> entries = new TreeMap<>(classes);
    entries.put(DATA, Json.writeBytes(RuleWriter.json(this)));
    entries.put(TEXT, text.getBytes(StandardCharsets.UTF_8));
    if (!sources.texts().isEmpty()) {
      entries.put(ORIGINS, Json.writeBytes(sources.origins()));
      sources
          .texts()
          .forEach((name, of) -> entries.put(SOURCES + name, of.getBytes(StandardCharsets.UTF_8)));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      // stored: what a compressor makes of the same bytes depends on its version
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(stored(entry.getKey(), entry.getValue()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new AssertionError("memory cannot fail to be written", e);
    }
    return out.toByteArray();
  }

  private static ZipEntry stored(String name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NEVER);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    return entry;
  }

  /**
   * Reads an archive whose hash was verified.
   *
   * @throws IllegalArgumentException where another version of this program wrote it
   */
  static CompiledRules read(byte[] archive) {
    try {
      SortedMap<String, byte[]> entries = entries(archive);
      byte[] data = entries.remove(DATA);
      byte[] text = entries.remove(TEXT);
      if (data == null || text == null) {
        throw new IllegalArgumentException("an archive without rules");
      }
      JsonReader reader = JsonReader.STRICT.withMaxLength(MAX_BYTES);
      RuleTexts sources = sources(entries, reader);
      JsonObject json = reader.readObject(data);
      return read(json, new String(text, StandardCharsets.UTF_8), entries).from(sources);
    } catch (IOException | JsonException e) {
      throw new IllegalArgumentException("not an archive of rules: " + e.getMessage(), e);
    }
  }

  /** Takes them out of the entries. */
  private static RuleTexts sources(SortedMap<String, byte[]> entries, JsonReader reader)
      throws JsonException {
    byte[] origins = entries.remove(ORIGINS);
    SortedMap<String, String> texts = new TreeMap<>();
    for (String path : List.copyOf(entries.keySet())) {
      if (path.startsWith(SOURCES)) {
        byte[] text = entries.getOrDefault(path, new byte[0]);
        texts.put(path.substring(SOURCES.length()), new String(text, StandardCharsets.UTF_8));
        entries.remove(path);
      }
    }
    return origins == null ? RuleTexts.NONE : RuleTexts.read(texts, reader.readObject(origins));
  }

  /** The same, made of these files. */
  CompiledRules from(RuleTexts made) {
    return new CompiledRules(rules, engine, model, text, classes, made);
  }

  private static CompiledRules read(
      JsonObject json, String text, SortedMap<String, byte[]> classes) {
    if (json.whole("format").orElse(0) != RuleWriter.FORMAT) {
      throw new IllegalArgumentException("a format of rule sets that is not known here");
    }
    List<Rule> rules = RuleReader.rules(json);
    JsonObject slots = RuleWriter.slots(SlotTable.of(rules));
    if (!json.object("slots").equals(java.util.Optional.of(slots))) {
      throw new IllegalArgumentException("its slots are numbered in another way than here");
    }
    return new CompiledRules(
        rules,
        json.text("engine").orElse(""),
        json.text("model").orElse(""),
        text,
        classes,
        RuleTexts.NONE);
  }

  private static SortedMap<String, byte[]> entries(byte[] archive) throws IOException {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] content = zip.readNBytes(MAX_BYTES);
        if (entries.put(entry.getName(), content) != null) {
          throw new IOException("two entries are called " + entry.getName());
        }
      }
    }
    return entries;
  }
}
