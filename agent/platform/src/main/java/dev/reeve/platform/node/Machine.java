package dev.reeve.platform.node;

import dev.reeve.linux.LinuxException;
import dev.reeve.linux.Pidfd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The machine below all that looks at its processes, runs its programs or signals anybody. A
 * simulation puts another one there; everything above stays as it is.
 */
public interface Machine {
  /**
   * Its files.
   *
   * @throws dev.reeve.linux.LinuxUnavailable where it has none of this kind
   */
  ThisNode node();

  /** Its name among others; empty where it has none. */
  String hostName();

  /** The user as whom Reeve runs there; -1 where that cannot be told. */
  long ownUid();

  /** Nanoseconds since it was booted. */
  long bootNanos();

  /** Whether there is a program of this name or path that can be run. */
  boolean has(String program);

  /**
   * A program with a deadline for each of its answers.
   *
   * @param words the program and what always stands before the arguments of a call
   */
  Program program(List<String> words, Duration deadline);

  /** Why processes cannot be signalled safely there; empty where they can. */
  Optional<String> unsafe();

  /** Opens the process that has a pid now; empty if there is none. */
  Optional<Handle> open(long pid) throws LinuxException;

  /** The machine on which this runs. */
  static Machine here() {
    return new ThisMachine(System.getenv().getOrDefault("PATH", ""));
  }

  /** Holds one process: after its end, whoever gets its pid is not reached by it. */
  interface Handle extends AutoCloseable {
    Pidfd.Delivery send(int signal) throws LinuxException;

    @Override
    void close();
  }
}
