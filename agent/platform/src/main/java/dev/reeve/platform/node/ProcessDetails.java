package dev.reeve.platform.node;

import java.util.Optional;

/**
 * What a process is, as far as it could be read.
 *
 * @param realUid who started it
 * @param effectiveUid with whose rights it runs
 * @param caught the signals that it has handlers for, the lowest bit for signal 1
 * @param folder its current folder; empty where it cannot be read
 * @param program the path of its executable; empty where it cannot be read
 */
public record ProcessDetails(
    long realUid,
    long effectiveUid,
    CommandLine commandLine,
    Environment environment,
    Confinement confinement,
    long caught,
    String folder,
    String program) {

  /** Whether it has a handler for a signal; most signals end a process that has none. */
  public boolean catches(int signal) {
    return (caught >>> (signal - 1) & 1) != 0;
  }

  /** Whether both run for the same user and nobody else. */
  boolean sameUser(ProcessDetails other) {
    return realUid == other.realUid
        && effectiveUid == other.effectiveUid
        && realUid == effectiveUid;
  }

  /** What could not be read, in words. */
  Optional<String> unreadable() {
    if (!commandLine.readable()) {
      return Optional.of("its command line cannot be read");
    }
    if (environment instanceof Environment.Unreadable(String reason)) {
      return Optional.of("its environment cannot be read: " + reason);
    }
    if (!confinement.readable()) {
      return Optional.of("its cgroup or namespaces cannot be read");
    }
    return Optional.empty();
  }
}
