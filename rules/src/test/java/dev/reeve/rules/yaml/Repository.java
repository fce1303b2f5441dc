package dev.reeve.rules.yaml;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Files of the repository, and files that tests write in a line. */
final class Repository {
  private Repository() {}

  static Path file(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return folder.resolve(name);
  }

  /** What stands in fences of that language. */
  static List<String> fenced(String page, String language) {
    List<String> found = new ArrayList<>();
    String open = "```" + language + "\n";
    for (int at = page.indexOf(open); at >= 0; at = page.indexOf(open, at)) {
      int from = at + open.length();
      at = page.indexOf("```", from);
      found.add(page.substring(from, at));
    }
    return found;
  }

  static RuleSources.Loaded read(String text) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put("site.yaml", text);
    return RuleSources.parse(texts);
  }
}
