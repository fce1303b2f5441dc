package dev.reeve.platform.node;

import java.util.Optional;

/**
 * Whether all processes of the machine can be seen from here: only then does an empty process list
 * of a GPU mean that nobody computes on it.
 */
public final class Sight {
  /** The kernel gives the first pid namespace of a machine this number. */
  private static final String FIRST_PID_NAMESPACE = "pid:[4026531836]";

  private Sight() {}

  /** Why some could be hidden, in words; empty if none is. */
  public static Optional<String> obstructed(ThisNode node, ProcessTable table) {
    var own = table.namespaces(node.ownPid());
    if (!FIRST_PID_NAMESPACE.equals(own.get("pid"))) {
      return Optional.of("Reeve runs in a pid namespace of its own");
    }
    if (table.namespaces(1).isEmpty()) {
      return Optional.of("Reeve may not look at processes of other users (CAP_SYS_PTRACE)");
    }
    return Optional.empty();
  }
}
