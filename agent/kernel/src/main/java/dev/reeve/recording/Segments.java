package dev.reeve.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Numbered files in a folder, of which the oldest make room for the newest. Each begins with the
 * same head, and holds whole expositions.
 */
final class Segments {
  /** Least room for all files: some of them, each with some expositions. */
  static final long LEAST_BYTES = 1 << 20;

  private static final int FILES = 16;
  private static final Pattern NAME = Pattern.compile("recording-(\\d{8})\\.om");

  private final Path folder;
  private final long maxBytes;
  private final byte[] head;
  private final SortedMap<Integer, Long> sizes = new TreeMap<>();
  private Optional<OutputStream> open = Optional.empty();
  private int number;
  private long written;

  private Segments(Path folder, long maxBytes, byte[] head) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.head = head;
  }

  static Segments open(Path folder, long maxBytes, String head) throws IOException {
    if (maxBytes < LEAST_BYTES) {
      throw new IOException("a recording needs at least 1 MiB, not " + maxBytes + " bytes");
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    }
    Segments segments = new Segments(folder, maxBytes, head.getBytes(StandardCharsets.UTF_8));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          segments.sizes.put(Integer.parseInt(name.group(1)), Files.size(file));
        }
      }
    }
    segments.number = segments.sizes.isEmpty() ? 0 : segments.sizes.lastKey();
    segments.begin();
    return segments;
  }

  /** Adds a whole exposition. After a failure the next call begins a new file. */
  void append(byte[] exposition) throws IOException {
    try {
      if (open.isEmpty() || written + exposition.length > maxBytes / FILES) {
        begin();
      }
      write(exposition);
    } catch (IOException failure) {
      abandon();
      throw failure;
    }
  }

  private void write(byte[] bytes) throws IOException {
    OutputStream out = open.orElseThrow(() -> new IOException("no file is open"));
    out.write(bytes);
    out.flush();
    written += bytes.length;
    sizes.put(number, written);
  }

  private void begin() throws IOException {
    close();
    number++;
    makeRoom();
    Path file = folder.resolve("recording-%08d.om".formatted(number));
    open =
        Optional.of(
            new BufferedOutputStream(
                Channels.newOutputStream(
                    FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-r-----")))),
                1 << 16));
    written = 0;
    write(head);
  }

  /** Before a file of full size begins, there is room for it. */
  private void makeRoom() throws IOException {
    long room = maxBytes - maxBytes / FILES;
    while (!sizes.isEmpty() && sizes.values().stream().mapToLong(Long::longValue).sum() > room) {
      int oldest = sizes.firstKey();
      Files.deleteIfExists(folder.resolve("recording-%08d.om".formatted(oldest)));
      sizes.remove(oldest);
    }
  }

  private void abandon() {
    try {
      close();
    } catch (IOException _) {
      // the failure that led here is the one to tell
    }
  }

  void close() throws IOException {
    if (open.isPresent()) {
      OutputStream out = open.get();
      open = Optional.empty();
      out.close();
    }
  }
}
