package dev.reeve.platform.node;

import dev.reeve.linux.BootClock;
import dev.reeve.linux.Linux;
import dev.reeve.linux.LinuxException;
import dev.reeve.linux.Pidfd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The machine on which this runs.
 *
 * @param searchPath folders of programs, with colons between them
 */
public record ThisMachine(String searchPath) implements Machine {
  @Override
  public ThisNode node() {
    return ThisNode.here();
  }

  @Override
  public String hostName() {
    return ThisNode.hostName();
  }

  @Override
  public long ownUid() {
    try {
      return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    } catch (IOException | UnsupportedOperationException unreadable) {
      return -1;
    }
  }

  @Override
  public long bootNanos() {
    return BootClock.nanos();
  }

  @Override
  public boolean has(String program) {
    if (program.contains("/")) {
      return executable(program);
    }
    for (String folder : searchPath.split(":", -1)) {
      if (executable(folder + "/" + program)) {
        return true;
      }
    }
    return false;
  }

  private static boolean executable(String path) {
    try {
      return Files.isExecutable(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public Program program(List<String> words, Duration deadline) {
    return new Command(words, deadline);
  }

  @Override
  public Optional<String> unsafe() {
    return Linux.missing();
  }

  @Override
  public Optional<Handle> open(long pid) throws LinuxException {
    return Pidfd.open(pid).map(Held::new);
  }

  private record Held(Pidfd pidfd) implements Handle {
    @Override
    public Pidfd.Delivery send(int signal) throws LinuxException {
      return pidfd.send(signal);
    }

    @Override
    public void close() {
      pidfd.close();
    }
  }
}
