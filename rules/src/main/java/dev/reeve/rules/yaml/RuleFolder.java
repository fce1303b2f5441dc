package dev.reeve.rules.yaml;

import dev.reeve.replay.RuleTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rule files of one folder, as they are now.
 *
 * <p>A file may be a link: Kubernetes mounts a ConfigMap as links to links, so that one rename
 * changes all files at once. Links are followed as long as each one is relative, belongs to root or
 * to this user, and stays within the folder; every other one is refused.
 *
 * @param there whether the folder is
 * @param texts by the name of the file; also those that hold tests of the rules
 * @param refused what is wrong with a file that was not read; of the folder as a whole under the
 *     empty name
 */
public record RuleFolder(
    boolean there, SortedMap<String, String> texts, SortedMap<String, String> refused) {
  private static final int MOST_FILES = 200;
  private static final int MOST_CHARACTERS = 8 << 20;
  private static final int MOST_LINKS = 16;

  public RuleFolder {
    texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
  }

  /** Reads it. Whatever lies there, there is an answer. */
  public static RuleFolder read(Path folder) {
    SortedMap<String, String> texts = new TreeMap<>();
    SortedMap<String, String> refused = new TreeMap<>();
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return new RuleFolder(false, texts, refused);
    }
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> files =
          inside
              .filter(path -> named(path.getFileName().toString()))
              .sorted()
              .limit(MOST_FILES + 1L)
              .toList();
      if (files.size() > MOST_FILES) {
        throw new IOException("more than " + MOST_FILES + " rule files");
      }
      Path root = folder.toRealPath();
      for (Path path : files) {
        read(root, path, texts, refused);
      }
      if (texts.values().stream().mapToLong(String::length).sum() > MOST_CHARACTERS) {
        throw new IOException("rule files of more than 8 MiB");
      }
    } catch (IOException failure) {
      refused.put("", folder + " cannot be read: " + failure);
    }
    return new RuleFolder(true, texts, refused);
  }

  /** Whether one of them gives conditions of the other. */
  public static boolean paired(String one, String other) {
    return DrlTier.stem(one).equals(DrlTier.stem(other))
        && DrlTier.isDrl(one) != DrlTier.isDrl(other);
  }

  private static boolean named(String file) {
    return RuleSources.named(file) || RuleTests.named(file);
  }

  private static void read(
      Path root, Path path, SortedMap<String, String> texts, SortedMap<String, String> refused) {
    String name = path.getFileName().toString();
    RuleProblems problems = new RuleProblems();
    RuleFile file = RuleFile.usual(problems, true);
    try {
      Optional<String> text = file.read(target(root, name));
      text.ifPresentOrElse(of -> texts.put(name, of), () -> refused.put(name, problems.text()));
    } catch (IOException failure) {
      refused.put(name, path + " is refused: " + failure.getMessage() + "\n");
    }
  }

  /** Where a chain of links ends. */
  private static Path target(Path root, String name) throws IOException {
    Deque<String> ahead = new ArrayDeque<>(List.of(name));
    Path at = root;
    for (int links = 0; !ahead.isEmpty(); ) {
      Path next = at.resolve(ahead.pop()).normalize();
      if (!next.startsWith(root)) {
        throw new IOException("it is a link out of the folder");
      }
      if (!Files.isSymbolicLink(next)) {
        at = next;
        continue;
      }
      if (links++ >= MOST_LINKS) {
        throw new IOException("it is a link to itself");
      }
      if (!RuleFile.ours(Files.getAttribute(next, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
        throw new IOException("it is a link of another user");
      }
      Path to = Files.readSymbolicLink(next);
      if (to.isAbsolute()) {
        throw new IOException("it is a link to an absolute path");
      }
      for (int i = to.getNameCount() - 1; i >= 0; i--) {
        ahead.push(to.getName(i).toString());
      }
    }
    return at;
  }
}
