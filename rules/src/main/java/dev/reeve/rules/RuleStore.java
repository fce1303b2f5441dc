package dev.reeve.rules;

import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.linux.Directories;
import dev.reeve.spi.RuleLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compiled sets on disk, each under the key of what it was made of. What is read from it is not
 * trusted: its hash is compared with the journal's before it is loaded.
 */
final class RuleStore {
  private static final String JAR = ".jar";
  private static final String PART = ".part";
  private static final String TESTS = ".tests";

  private final Path folder;

  /** Makes the folder if it is not there. */
  RuleStore(Path folder) throws IOException {
    this.folder = folder;
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  Path folder() {
    return folder;
  }

  /** Empty where none is there; at most what a set may have is read. */
  Optional<byte[]> read(String key) throws IOException {
    try (var in = Files.newInputStream(folder.resolve(key + JAR))) {
      return Optional.of(in.readNBytes(CompiledRules.MAX_BYTES));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** What came of the tests of a set, as it was said when it was made; none where nobody knows. */
  RuleLoader.Tests tests(String key) throws IOException {
    try (var in = Files.newInputStream(folder.resolve(key + TESTS))) {
      return TestResults.read(Json.readObject(in.readNBytes(CompiledRules.MAX_BYTES)));
    } catch (NoSuchFileException | JsonException none) {
      return RuleLoader.Tests.NONE;
    }
  }

  /** Only words: losing them makes nothing possible, so they need not outlive a power cut. */
  void write(String key, RuleLoader.Tests tests) throws IOException {
    Files.write(folder.resolve(key + TESTS), Json.writeBytes(TestResults.json(tests)));
  }

  /** It is there as a whole or not at all, also after a power cut. */
  void write(String key, byte[] archive) throws IOException {
    Path part = folder.resolve(key + PART);
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer left = ByteBuffer.wrap(archive);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    try {
      Files.move(part, folder.resolve(key + JAR), StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException failure) {
      throw new IOException("sets cannot be replaced at once in " + folder, failure);
    }
    Directories.sync(folder);
  }

  /** Removes all other sets, and what an earlier process left half done. */
  void keep(Collection<String> keys) throws IOException {
    List<Path> old;
    try (Stream<Path> inside = Files.list(folder)) {
      old = inside.filter(path -> !wanted(path.getFileName().toString(), keys)).toList();
    }
    for (Path path : old) {
      Files.deleteIfExists(path);
    }
  }

  private static boolean wanted(String name, Collection<String> keys) {
    boolean ours = name.endsWith(JAR) || name.endsWith(PART) || name.endsWith(TESTS);
    return !ours
        || (!name.endsWith(PART) && keys.contains(name.substring(0, name.lastIndexOf('.'))));
  }
}
