package dev.reeve.actions.process;

import dev.reeve.linux.LinuxException;
import dev.reeve.linux.Pidfd;
import dev.reeve.model.Outcome;
import dev.reeve.platform.node.Member;
import dev.reeve.platform.node.NodeWorkload;
import dev.reeve.platform.node.ProcessKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Signals every member through a pidfd of its own, after its start time was checked behind the open
 * descriptor, and looks again until no member is left that was not signalled.
 */
final class Signals {
  static final int TERM = 15;
  static final int KILL = 9;
  static final int STOP = 19;
  static final int CONT = 18;

  /** What a checkpoint contract may name. */
  static final Map<String, Integer> NAMED =
      Map.of("HUP", 1, "INT", 2, "USR1", 10, "USR2", 12, "TERM", TERM, "CONT", CONT);

  /** A process that forks faster than this is not one that a signal can catch up with. */
  private static final int ROUNDS = 50;

  /** Looks at the workload as it is now. */
  interface Look {
    Optional<NodeWorkload> now();
  }

  /** Reads who has a pid now. */
  interface Keys {
    Optional<ProcessKey> of(long pid);
  }

  private final Look look;
  private final Keys keys;
  private final Set<ProcessKey> sent = new HashSet<>();
  private int denied;

  Signals(Look look, Keys keys) {
    this.look = look;
    this.keys = keys;
  }

  /**
   * Sends it to all.
   *
   * @param rootOnly whether only the root gets it, which then answers for the rest
   */
  Outcome send(int signal, boolean rootOnly) {
    Supplier<String> said = () -> "signal " + signal + " reached " + sent.size() + " processes";
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Optional<NodeWorkload> workload = look.now();
        if (workload.isEmpty()) {
          return sent.isEmpty()
              ? new Outcome.NothingToDo("no process is left")
              : new Outcome.Done(said.get());
        }
        int before = sent.size();
        for (Member member : workload.get().members()) {
          if (!rootOnly || member.equals(workload.get().root())) {
            one(member.key(), signal);
          }
        }
        if (denied > 0) {
          return new Outcome.Failed(
              denied + " processes may not be signalled: the capability CAP_KILL is missing",
              false);
        }
        if (sent.size() == before) {
          return new Outcome.Done(said.get());
        }
      }
      return new Outcome.Done(said.get() + "; it still forks");
    } catch (LinuxException failure) {
      return new Outcome.Unknown("the kernel refused a signal: " + failure.getMessage());
    }
  }

  private void one(ProcessKey key, int signal) throws LinuxException {
    if (sent.contains(key)) {
      return;
    }
    Optional<Pidfd> opened = Pidfd.open(key.pid());
    if (opened.isEmpty()) {
      return;
    }
    try (Pidfd pidfd = opened.get()) {
      // the descriptor holds the process; only now does a look at its start time say whose it is
      if (keys.of(key.pid()).filter(key::equals).isEmpty()) {
        return;
      }
      switch (pidfd.send(signal)) {
        case SENT -> sent.add(key);
        case NO_SUCH_PROCESS -> {}
        case NO_PERMISSION -> denied++;
      }
    }
  }
}
