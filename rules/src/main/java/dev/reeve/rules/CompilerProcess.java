package dev.reeve.rules;

import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonString;
import dev.reeve.spi.RuleLoader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts a {@link CompilerChild} for one set of files and takes its answer. The child is given an
 * empty folder, an empty environment, three pipes, so much memory and so much time.
 *
 * <p>Threads: one at a time.
 */
final class CompilerProcess {
  private static final int MAX_SAID = 4_096;
  private static final int DOING = 1 << 20;

  private final Path scratch;
  private final Bounds bounds;
  private @Nullable Isolation isolation;

  /** What a child may take. */
  record Bounds(String heap, Duration time) {
    static final Bounds DEFAULT = new Bounds("96m", Duration.ofSeconds(60));
  }

  /**
   * @param scratch a folder of this process alone, for the child's own
   */
  CompilerProcess(Path scratch, Bounds bounds) {
    this.scratch = scratch;
    this.bounds = bounds;
  }

  /** How the child is cut off, for people; tried once. */
  String isolation() {
    return isolated().words();
  }

  private Isolation isolated() {
    Isolation found = isolation;
    if (found == null) {
      found = Isolation.find();
      isolation = found;
    }
    return found;
  }

  /**
   * @throws IOException where no child can be started here; that says nothing about the files
   */
  Compilation compile(SortedMap<String, String> texts) throws IOException {
    Path folder = Files.createTempDirectory(scratch, "compile-");
    try {
      ProcessBuilder builder = new ProcessBuilder(command(folder)).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().put("MALLOC_ARENA_MAX", "2");
      Process process = builder.start();
      try {
        return new Talk(process, bounds).about(texts);
      } finally {
        process.destroyForcibly();
      }
    } finally {
      remove(folder);
    }
  }

  private List<String> command(Path folder) throws IOException {
    List<String> command = new ArrayList<>(isolated().command());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + bounds.heap(),
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:ErrorFile=/dev/null",
            "-Djava.io.tmpdir=" + folder,
            "-Duser.home=" + folder,
            "-Duser.language=en",
            "-Duser.timezone=UTC",
            "-Dfile.encoding=UTF-8",
            "-Ddrools.parallelRulesBuildThreshold=-1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath(),
            CompilerChild.class.getName()));
    return command;
  }

  /** This process's own jars, and the compiler's, which lie apart. */
  private static String classPath() throws IOException {
    List<String> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      path.add(Path.of(entry).toAbsolutePath().toString());
    }
    String home = System.getProperty("reeve.home", "");
    Path apart = Path.of(home, "lib", "compile");
    if (!home.isEmpty() && Files.isDirectory(apart)) {
      try (Stream<Path> jars = Files.list(apart)) {
        jars.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().forEach(path::add);
      }
    }
    return String.join(File.pathSeparator, path);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** One conversation, with somebody who ends it when the time is over. */
  private static final class Talk {
    private final Process process;
    private final Bounds bounds;
    private volatile boolean late;
    private String doing = "starting";
    private Optional<byte[]> made = Optional.empty();
    private SortedSet<String> files = new TreeSet<>();

    Talk(Process process, Bounds bounds) {
      this.process = process;
      this.bounds = bounds;
    }

    Compilation about(SortedMap<String, String> texts) {
      Thread.ofVirtual().name("compiler's deadline").start(this::end);
      StringBuffer said = new StringBuffer();
      Thread errors = Thread.ofVirtual().start(() -> drain(process.getErrorStream(), said));
      // it may answer before it has read all: both pipes must move
      Thread.ofVirtual().start(() -> send(texts));
      try (DataInputStream in = new DataInputStream(process.getInputStream())) {
        return answer(in);
      } catch (IOException | JsonException died) {
        return died(errors, said);
      }
    }

    private void send(SortedMap<String, String> texts) {
      try (DataOutputStream out = new DataOutputStream(process.getOutputStream())) {
        Frames.writeTexts(out, texts);
      } catch (IOException gone) {
        // what it said before it went is read on the other pipe
      }
    }

    private void end() {
      try {
        if (!process.waitFor(bounds.time().toMillis(), TimeUnit.MILLISECONDS)) {
          late = true;
          process.destroyForcibly();
        }
      } catch (InterruptedException stopped) {
        process.destroyForcibly();
      }
    }

    private Compilation answer(DataInputStream in) throws IOException, JsonException {
      while (true) {
        Frames.Frame frame = Frames.read(in, CompiledRules.MAX_BYTES);
        switch (frame.letter()) {
          case Frames.ARCHIVE -> made = Optional.of(frame.content());
          case Frames.TESTED -> {
            byte[] archive = made.orElseThrow(() -> new IOException("tests of nothing"));
            JsonObject json = Json.readObject(frame.content());
            return new Compilation.Made(archive, TestResults.read(json));
          }
          case Frames.REFUSED -> {
            JsonObject json = Json.readObject(frame.content());
            return new Compilation.Refused(json.text("report").orElse(""), files(json));
          }
          case Frames.DOING -> {
            if (frame.content().length > DOING) {
              throw new IOException("too long a word");
            }
            JsonObject json = Json.readObject(frame.content());
            doing = json.text("what").orElse("");
            files = files(json);
          }
          default -> throw new IOException("an answer that is none");
        }
      }
    }

    private static SortedSet<String> files(JsonObject json) {
      SortedSet<String> files = new TreeSet<>();
      json.array("files")
          .ifPresent(
              array ->
                  array
                      .elements()
                      .forEach(
                          value -> {
                            if (value instanceof JsonString(String name)) {
                              files.add(name);
                            }
                          }));
      return files;
    }

    private Compilation died(Thread errors, StringBuffer said) {
      String how;
      try {
        process.waitFor(1, TimeUnit.SECONDS);
        errors.join(Duration.ofSeconds(1));
        how =
            late
                ? "was ended after " + bounds.time().toSeconds() + " s"
                : process.isAlive()
                    ? "gave no answer"
                    : "ended with " + process.exitValue() + " (" + bounds.heap() + " of memory)";
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        how = "was stopped";
      }
      String last = said.toString().strip();
      String report =
          "the compiler " + how + " while " + doing + (last.isEmpty() ? "" : ": " + last) + "\n";
      if (made.isPresent()) {
        String file = files.isEmpty() ? "" : files.first();
        RuleLoader.Tests.Failed endless =
            new RuleLoader.Tests.Failed(file, "all tests come to an end", new TreeSet<>(), report);
        return new Compilation.Made(made.get(), new RuleLoader.Tests(0, List.of(endless)));
      }
      return new Compilation.Refused(report, files);
    }

    private static void drain(InputStream from, StringBuffer into) {
      byte[] some = new byte[1_024];
      try {
        for (int read = from.read(some); read >= 0; read = from.read(some)) {
          if (into.length() < MAX_SAID) {
            into.append(new String(some, 0, read, StandardCharsets.UTF_8));
          }
        }
      } catch (IOException closed) {
        // it has ended
      }
    }
  }
}
