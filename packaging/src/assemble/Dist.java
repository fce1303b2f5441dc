import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// Assembles the distribution: `java Dist.java ROOT TARGET VERSION TIMESTAMP CLASSPATH JAR
/// COMPILER` makes TARGET/dist and TARGET/reeve-VERSION.tar.gz, of the same bytes from the same
/// inputs.
///
/// A program and not a plugin, because the order of the jars and the sum of their contents are
/// wanted too: the launcher names its start-up archive by them.
public final class Dist {
  private static final int BLOCK = 512;

  private final Path root;
  private final Path target;
  private final String version;
  private final FileTime time;
  private final Path fresh;

  private Dist(Path root, Path target, String version, Instant time) {
    this.root = root;
    this.target = target;
    this.version = version;
    this.time = FileTime.from(time);
    this.fresh = target.resolve("dist.new");
  }

  public static void main(String[] args) throws Exception {
    var dist = new Dist(Path.of(args[0]), Path.of(args[1]), args[2], Instant.parse(args[3]));
    var classPath = new ArrayList<>(List.of(args[4].split(System.getProperty("path.separator"))));
    classPath.add(args[5]);
    dist.assemble(classPath.toArray(String[]::new), Path.of(args[6]));
  }

  private void assemble(String[] classPath, Path compiler) throws Exception {
    delete(fresh);
    copyJars(classPath);
    copyCompiler(compiler);
    copy(root.resolve("reeve"), "bin/reeve");
    copy(root.resolve("LICENSE"), "LICENSE");
    copy(root.resolve("packaging/src/main/config/reeve.yaml"), "etc/reeve.yaml");
    copy(root.resolve("docs/configuration.md"), "docs/configuration.md");
    copy(root.resolve("packaging/src/main/systemd/reeve.service"), "systemd/reeve.service");
    copy(root.resolve("packaging/src/main/sysusers/reeve.conf"), "sysusers.d/reeve.conf");
    write("version", version + "\n");
    writeTar(target.resolve("reeve-" + version + ".tar.gz"));
    replace(target.resolve("dist"));
  }

  private void copyJars(String[] classPath) throws Exception {
    Map<String, String> sums = new LinkedHashMap<>();
    for (String entry : classPath) {
      Path jar = Path.of(entry);
      if (!jar.toString().endsWith(".jar")) {
        continue;
      }
      String name = "lib/" + jar.getFileName();
      copy(jar, name);
      if (sums.put(name, sha256(Files.readAllBytes(jar))) != null) {
        throw new IllegalStateException("two jars are called " + name);
      }
    }
    if (sums.isEmpty()) {
      throw new IllegalStateException("no jars in " + List.of(classPath));
    }
    var lines = new StringBuilder();
    sums.forEach((name, sum) -> lines.append(sum).append("  ").append(name).append('\n'));
    write("jars.sha256", lines.toString());
    String id = sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    write("jars.id", id.substring(0, 16) + "\n");
  }

  /// The jars of the rule compiler: beside the daemon's, never on its class path.
  private void copyCompiler(Path folder) throws IOException {
    int count = 0;
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.sorted().toList()) {
        if (!Files.exists(fresh.resolve("lib").resolve(jar.getFileName()))) {
          copy(jar, "lib/compile/" + jar.getFileName());
          count++;
        }
      }
    }
    if (count == 0) {
      throw new IllegalStateException("no rule compiler in " + folder);
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private void copy(Path from, String name) throws IOException {
    Path to = fresh.resolve(name);
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    seal(to, name);
  }

  private void write(String name, String text) throws IOException {
    Path to = fresh.resolve(name);
    Files.createDirectories(to.getParent());
    seal(Files.writeString(to, text), name);
  }

  /// One time for all: a start-up archive refuses jars whose time has changed, although their
  /// contents have not.
  private void seal(Path file, String name) throws IOException {
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable(name) ? "rwxr-xr-x" : "rw-r--r--"));
    Files.setLastModifiedTime(file, time);
  }

  private static boolean executable(String name) {
    return name.startsWith("bin/");
  }

  /// By renaming, so that a daemon that runs from there keeps the files that it has open.
  private void replace(Path dist) throws IOException {
    Path old = target.resolve("dist.old");
    delete(old);
    if (Files.exists(dist)) {
      Files.move(dist, old);
    }
    Files.move(fresh, dist);
    delete(old);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void writeTar(Path tar) throws IOException {
    var entries = new TreeMap<String, Path>();
    try (Stream<Path> all = Files.walk(fresh)) {
      all.forEach(path -> entries.put(fresh.relativize(path).toString(), path));
    }
    Path part = tar.resolveSibling(tar.getFileName() + ".part");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part), 1 << 16)) {
      for (Map.Entry<String, Path> entry : entries.entrySet()) {
        writeEntry(out, entry.getKey(), entry.getValue());
      }
      out.write(new byte[2 * BLOCK]);
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    Files.move(part, tar, StandardCopyOption.REPLACE_EXISTING);
  }

  private void writeEntry(OutputStream out, String name, Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    byte[] content = folder ? new byte[0] : Files.readAllBytes(path);
    String full = "reeve-" + version + (name.isEmpty() ? "" : "/" + name) + (folder ? "/" : "");
    byte[] header = new byte[BLOCK];
    if (full.length() > 100) {
      throw new IllegalStateException("too long a name for the archive: " + full);
    }
    put(header, 0, full);
    put(header, 100, octal(folder || executable(name) ? 0755 : 0644, 7));
    put(header, 108, octal(0, 7));
    put(header, 116, octal(0, 7));
    put(header, 124, octal(content.length, 11));
    put(header, 136, octal(time.toInstant().getEpochSecond(), 11));
    put(header, 148, " ".repeat(8));
    put(header, 156, folder ? "5" : "0");
    put(header, 257, "ustar\u000000root");
    put(header, 297, "root");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, octal(sum, 6) + "\u0000");
    out.write(header);
    out.write(content);
    out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static String octal(long value, int digits) {
    String text = Long.toOctalString(value);
    return "0".repeat(digits - text.length()) + text;
  }
}
