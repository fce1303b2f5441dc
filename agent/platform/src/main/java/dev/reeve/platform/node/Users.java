package dev.reeve.platform.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Names of users, from a file such as {@code /etc/passwd}; the number where it has none. */
final class Users {
  private final Path file;

  Users(Path file) {
    this.file = file;
  }

  String name(long uid) {
    return names().getOrDefault(uid, Long.toString(uid));
  }

  private Map<Long, String> names() {
    Map<Long, String> names = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        String[] fields = line.split(":", -1);
        if (fields.length > 2 && fields[2].matches("\\d{1,10}")) {
          names.putIfAbsent(Long.parseLong(fields[2]), Wording.plain(fields[0], 64));
        }
      }
    } catch (IOException e) {
      // the numbers are names enough
    }
    return names;
  }
}
