package dev.reeve.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A compiling child as the kernel shows it while it runs. */
record ChildView(
    List<String> environment, List<String> open, List<String> interfaces, boolean folderIsEmpty) {

  static ChildView of(CompilerProcess compiler) throws Exception {
    Thread compiling =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    compiler.compile(new TreeMap<>(Map.of("a.yaml", RuleFiles.rule("own", 30))));
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
    try {
      ChildView[] seen = new ChildView[1];
      Awaitility.await()
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                OptionalLong child = pid();
                Optional<ChildView> view =
                    child.isEmpty() ? Optional.empty() : read(child.getAsLong());
                view.ifPresent(of -> seen[0] = of);
                return view.isPresent();
              });
      return seen[0];
    } finally {
      compiling.join();
    }
  }

  static OptionalLong pid() {
    return ProcessHandle.current()
        .children()
        .mapToLong(ProcessHandle::pid)
        .filter(ChildView::compiles)
        .findFirst();
  }

  private static boolean compiles(long pid) {
    try {
      String line = text(Path.of("/proc/" + pid + "/cmdline"));
      return line.split("\0", -1)[0].endsWith("/java") && line.contains("CompilerChild");
    } catch (IOException gone) {
      return false;
    }
  }

  /** Empty for one that has not opened its jars yet, or is gone. */
  private static Optional<ChildView> read(long pid) {
    Path proc = Path.of("/proc/" + pid);
    try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
      List<String> open = new ArrayList<>();
      for (Path descriptor : descriptors.toList()) {
        open.add(Files.readSymbolicLink(descriptor).toString());
      }
      if (open.stream().noneMatch(name -> name.contains("drools"))) {
        return Optional.empty();
      }
      List<String> environment =
          Stream.of(text(proc.resolve("environ")).split("\0", -1))
              .filter(of -> !of.isEmpty())
              .toList();
      List<String> interfaces =
          text(proc.resolve("net/dev"))
              .lines()
              .skip(2)
              .map(line -> line.strip().split(":", -1)[0])
              .toList();
      try (Stream<Path> folder = Files.list(proc.resolve("cwd"))) {
        return Optional.of(
            new ChildView(environment, open, interfaces, folder.findAny().isEmpty()));
      }
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  List<String> descriptorsOf(Path file) {
    return open.stream().filter(name -> name.equals(file.toString())).toList();
  }

  List<String> socketsOrOtherFiles() {
    return open.stream()
        .filter(name -> !name.endsWith(".jar"))
        .filter(name -> !name.endsWith("/lib/modules"))
        .filter(name -> !name.startsWith("pipe:"))
        .filter(name -> !name.startsWith("/dev/"))
        .toList();
  }
}
