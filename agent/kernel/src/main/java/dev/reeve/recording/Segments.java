package dev.reeve.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
 * same head, and holds whole expositions. What else lies in the folder is left alone.
 */
final class Segments {
  /** Least room for all files: some of them, each with some expositions. */
  static final long LEAST_BYTES = 1 << 20;

  private static final int FILES = 16;

  /** However small they are: a daemon that starts again and again begins one each time. */
  private static final int MOST_FILES = 1_000;

  private static final int LAST_NUMBER = 99_999_999;
  private static final Pattern NAME = Pattern.compile("recording-(\\d{8})\\.om(?:\\.gz)?");
  private static final Pattern HALF_PACKED = Pattern.compile("recording-\\d{8}\\.om\\.gz\\.part");

  private final Path folder;
  private final Keeping keeping;
  private final byte[] head;
  private final Ports ports;
  private final SortedMap<Integer, Kept> kept = new TreeMap<>();
  private Optional<OutputStream> open = Optional.empty();
  private int number;
  private long begun;
  private long written;

  /** What the machine says; a test says other things. */
  interface Ports {
    /** Since 1970, from a clock that does not jump while it runs. */
    long wallMillis();

    /** Room on the disk of a folder. */
    long freeBytes(Path folder) throws IOException;
  }

  private record Kept(Path file, long bytes, long atMillis) {
    boolean packed() {
      return file.toString().endsWith(".gz");
    }
  }

  private Segments(Path folder, Keeping keeping, String head, Ports ports) {
    this.folder = folder;
    this.keeping = keeping;
    this.head = head.getBytes(StandardCharsets.UTF_8);
    this.ports = ports;
  }

  static Segments open(Path folder, Keeping keeping, String head, Ports ports) throws IOException {
    if (keeping.maxBytes() < LEAST_BYTES) {
      throw new IOException("a recording needs at least 1 MiB, not " + keeping.maxBytes());
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    }
    Segments segments = new Segments(folder, keeping, head, ports);
    segments.find();
    segments.begin();
    return segments;
  }

  private void find() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        boolean own = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        Matcher segment = NAME.matcher(name);
        if (segment.matches()) {
          // the number of what is not ours is taken too
          number = Math.max(number, Integer.parseInt(segment.group(1)));
          if (own) {
            found(Integer.parseInt(segment.group(1)), file);
          }
        } else if (own && HALF_PACKED.matcher(name).matches()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** A packed file got its name when it was whole, so the one that it was made of can go. */
  private void found(int its, Path file) throws IOException {
    Kept before =
        kept.put(its, new Kept(file, Files.size(file), Files.getLastModifiedTime(file).toMillis()));
    if (before != null) {
      Files.deleteIfExists(before.file());
    }
  }

  /** Bytes of all files. */
  long bytes() {
    return kept.values().stream().mapToLong(Kept::bytes).sum();
  }

  /** Whether it fits into a file, so that all files stay within their bound. */
  boolean fits(byte[] exposition) {
    return head.length + exposition.length <= perFile();
  }

  private long perFile() {
    return keeping.maxBytes() / FILES;
  }

  /** Adds a whole exposition that fits. After a failure the next call begins a new file. */
  void append(byte[] exposition) throws IOException {
    try {
      if (open.isEmpty() || written + exposition.length > perFile() || old()) {
        begin();
        pack();
      }
      write(exposition);
    } catch (IOException failure) {
      abandon();
      throw failure;
    }
  }

  private boolean old() {
    return keeping
        .age()
        .filter(age -> ports.wallMillis() - begun > age.toMillis() / FILES)
        .isPresent();
  }

  private void write(byte[] bytes) throws IOException {
    OutputStream out = open.orElseThrow(() -> new IOException("no file is open"));
    out.write(bytes);
    out.flush();
    written += bytes.length;
    kept.put(number, new Kept(file(number), written, ports.wallMillis()));
  }

  private Path file(int its) {
    return folder.resolve("recording-%08d.om".formatted(its));
  }

  private void begin() throws IOException {
    close();
    makeRoom();
    if (number >= LAST_NUMBER) {
      throw new IOException("the last number is taken in " + folder + "; move its files away");
    }
    number++;
    open = Optional.of(new BufferedOutputStream(created(file(number)), 1 << 16));
    written = 0;
    begun = ports.wallMillis();
    write(head);
  }

  private static OutputStream created(Path file) throws IOException {
    return Channels.newOutputStream(
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))));
  }

  /** Before a file of full size begins, there is room for it, and for packing the one before. */
  private void makeRoom() throws IOException {
    long now = ports.wallMillis();
    long room = keeping.maxBytes() - perFile() * (keeping.packed() ? 2 : 1);
    long oldest = keeping.age().map(age -> now - age.toMillis()).orElse(Long.MIN_VALUE);
    while (!kept.isEmpty()
        && (bytes() > room
            || kept.size() >= MOST_FILES
            || kept.firstEntry().getValue().atMillis() < oldest)) {
      dropOldest();
    }
    long free = keeping.leaveFree() + perFile();
    while (keeping.leaveFree() > 0 && ports.freeBytes(folder) < free) {
      if (kept.isEmpty()) {
        throw new IOException("the disk of " + folder + " is nearly full");
      }
      dropOldest();
    }
  }

  private void dropOldest() throws IOException {
    Files.deleteIfExists(kept.firstEntry().getValue().file());
    kept.remove(kept.firstKey());
  }

  /** Compresses the files that are full; one that cannot be stays as it is. */
  private void pack() {
    if (!keeping.packed()) {
      return;
    }
    for (int its : kept.headMap(number).keySet().stream().toList()) {
      Kept plain = kept.get(its);
      if (plain != null && !plain.packed()) {
        Packing.packed(plain.file())
            .ifPresent(
                made -> kept.put(its, new Kept(made.file(), made.bytes(), plain.atMillis())));
      }
    }
  }

  private void abandon() {
    try {
      close();
      if (kept.containsKey(number)) {
        kept.put(number, new Kept(file(number), Files.size(file(number)), ports.wallMillis()));
      }
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
