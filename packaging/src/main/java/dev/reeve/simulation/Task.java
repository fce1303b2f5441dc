package dev.reeve.simulation;

import java.nio.charset.StandardCharsets;

/** One process of the simulated machine. */
final class Task {
  private static final int TICKS_PER_SECOND = 100;

  final int pid;
  final long startTicks;
  final Owner owner;
  final byte[] cmdline;
  final byte[] environ;
  final byte[] status;
  final String program;
  int parent;
  double cpuSeconds;
  boolean stopped;
  boolean ended;

  /** Whom a process belongs to: a run of a workload, or nobody's work. */
  record Owner(String name, int run) {
    /** Init, the daemon itself, and such. */
    static final Owner SYSTEM = new Owner("", 0);
  }

  /** What it was started as. */
  record Started(String program, String arguments, String environment, int uid) {}

  Task(int pid, int parent, long startNanos, Owner owner, Started as) {
    this.pid = pid;
    this.parent = parent;
    this.startTicks = startNanos / (1_000_000_000L / TICKS_PER_SECOND);
    this.owner = owner;
    this.program = as.program();
    this.cmdline = bytes(as.program() + '\0' + as.arguments().replace(' ', '\0') + '\0');
    this.environ = bytes(as.environment().replace(' ', '\0') + '\0');
    String uid = "\t" + as.uid();
    this.status = bytes("Name:\tx\nUid:" + uid + uid + uid + uid + "\nSigCgt:\t0000000000000000\n");
  }

  /** What {@code /proc/PID/stat} says. */
  byte[] stat() {
    int group = parent == 1 ? pid : parent;
    long ticks = (long) (cpuSeconds * TICKS_PER_SECOND);
    return bytes(
        pid
            + " ("
            + program.substring(program.lastIndexOf('/') + 1)
            + ") "
            + (stopped ? 'T' : 'S')
            + ' '
            + parent
            + ' '
            + group
            + ' '
            + group
            + " 0 -1 4194304 1 2 3 4 "
            + ticks
            + " 0 0 0 20 0 1 0 "
            + startTicks
            + " 1 2 3\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "process " + pid + " of " + (owner.name().isEmpty() ? "nobody" : owner.name());
  }
}
