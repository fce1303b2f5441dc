package dev.reeve.config;

import dev.reeve.config.Value.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Reads a configuration file. Whatever the file holds, there is a configuration and a list of
 * problems afterwards, never an exception. Touches nothing but the file.
 */
public final class ConfigReader {
  private ConfigReader() {}

  public static Configuration read(Path file) {
    var problems = new Problems();
    String name = file.toString();
    Optional<String> text = load(file, problems).flatMap(bytes -> decode(name, bytes, problems));
    return parse(file, text.orElse(""), problems);
  }

  /**
   * Reads a text as if it stood in a file.
   *
   * @param file what messages call it, and what relative paths are relative to
   */
  public static Configuration parse(Path file, String text) {
    return parse(file, text, new Problems());
  }

  /** What holds where nothing was configured. */
  public static Configuration nothing() {
    return parse(Path.of(""), "");
  }

  private static Configuration parse(Path file, String text, Problems problems) {
    String name = file.toString();
    List<String> lines = text.lines().toList();
    problems.source(name, lines);
    Optional<Value> value = Optional.empty();
    if (plain(name, lines, problems)) {
      value = YamlTree.read(name, text, (_, problem) -> problems.add(problem));
    }
    Place place = name.isEmpty() ? Place.NOWHERE : new Place(name, 1, 1);
    Mapping root = new Mapping(new LinkedHashMap<>(), place);
    if (value.isPresent() && value.get() instanceof Mapping mapping) {
      root = mapping;
    } else if (value.isPresent() && !value.get().nothing()) {
      Value other = value.get();
      problems.add(new Problem(other.place(), "", "keys with values", other.found(), ""));
    }
    return new Configuration(root, problems);
  }

  private static Optional<byte[]> load(Path file, Problems problems) {
    String found;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(YamlTree.LARGEST + 1);
      if (bytes.length <= YamlTree.LARGEST) {
        return Optional.of(bytes);
      }
      found = "a larger one";
    } catch (NoSuchFileException _) {
      found = "none there";
    } catch (AccessDeniedException _) {
      found = "one that " + System.getProperty("user.name") + " may not read";
    } catch (IOException failure) {
      found = Files.isDirectory(file) ? "a folder" : String.valueOf(failure.getMessage());
    }
    var place = new Place(file.toString(), 0, 0);
    problems.add(new Problem(place, "", "a file of at most 1 MiB", found, ""));
    return Optional.empty();
  }

  private static Optional<String> decode(String file, byte[] bytes, Problems problems) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (!result.isError()) {
      return Optional.of(text);
    }
    String before = text + "x";
    List<String> lines = before.lines().toList();
    var place = new Place(file, lines.size(), lines.getLast().length());
    String found = "the byte 0x%02X".formatted(bytes[in.position()]);
    problems.add(new Problem(place, "", "UTF-8", found, ""));
    return Optional.empty();
  }

  /// Refuses what a reader of the file cannot see.
  private static boolean plain(String file, List<String> lines, Problems problems) {
    boolean plain = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      for (int k = 0; k < line.length(); k++) {
        char c = line.charAt(k);
        if (c != '\t' && (Character.isISOControl(c) || c == '\ufeff' || c >= '\ufffe')) {
          String found = c == '\ufeff' ? "a byte order mark" : "U+%04X".formatted((int) c);
          var place = new Place(file, i + 1, k + 1);
          problems.add(new Problem(place, "", "characters that can be seen", found, ""));
          plain = false;
          break;
        }
      }
    }
    return plain;
  }
}
