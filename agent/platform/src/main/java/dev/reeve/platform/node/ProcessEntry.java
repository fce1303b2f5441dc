package dev.reeve.platform.node;

/**
 * What {@code /proc/PID/stat} says of one process.
 *
 * @param parent pid of the parent; 0 where it lies outside of what is seen
 * @param group process group, named by the pid of its leader
 * @param session session, named by the pid of its leader
 * @param state as the kernel writes it: R, S, D, T (stopped), Z (ended, not waited for), ...
 * @param exiting whether it is on its way out: it no longer runs its program, and what it was can
 *     no longer be read
 * @param comm the name that the kernel keeps, at most 15 bytes, which the process itself may choose
 * @param cpuTicks CPU time used so far by the process and its ended, waited-for children, in clock
 *     ticks
 */
public record ProcessEntry(
    ProcessKey key,
    long parent,
    long group,
    long session,
    char state,
    boolean exiting,
    String comm,
    long cpuTicks) {

  public long pid() {
    return key.pid();
  }

  /** Whether it has ended and only its entry is left. */
  public boolean ended() {
    return state == 'Z' || state == 'X' || state == 'x';
  }

  /** Whether a signal has stopped it. */
  public boolean stopped() {
    return state == 'T';
  }
}
