package dev.reeve.actions.process;

import dev.reeve.linux.LinuxException;
import dev.reeve.linux.Pidfd;
import dev.reeve.model.Outcome;
import dev.reeve.platform.node.Machine;
import dev.reeve.platform.node.Member;
import dev.reeve.platform.node.ProcessKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Signals every member through a pidfd of its own, after its start time was checked behind the open
 * descriptor, and looks again until no member is left that was not signalled.
 */
final class Signals {
  static final int KILL = 9;
  static final int TERM = 15;
  static final int CONT = 18;
  static final int STOP = 19;

  /** Asks whether a signal may be sent, and sends none. */
  private static final int PROBE = 0;

  /** A workload that forks faster than this is not one that a signal can catch up with. */
  private static final int ROUNDS = 50;

  /** Looks at the workload as it is now: its members, none if it is gone. */
  interface Look {
    List<Member> now();
  }

  /** Reads who has a pid now. */
  interface Keys {
    Optional<ProcessKey> of(long pid);
  }

  private final Look look;
  private final Keys keys;
  private final Machine machine;

  Signals(Look look, Keys keys, Machine machine) {
    this.look = look;
    this.keys = keys;
    this.machine = machine;
  }

  /** Asks all to end. One that is stopped is woken, or it could not hear it. */
  Outcome terminate() {
    return ifPermitted(
        () -> {
          Round round = toAll(TERM);
          for (Member member : look.now()) {
            if (member.process().stopped()) {
              one(member.key(), CONT);
            }
          }
          return round.outcome("SIGTERM");
        });
  }

  /**
   * Ends all. They are stopped first, so that none can fork while the others are killed; whatever
   * goes wrong in between, none is left stopped.
   */
  Outcome kill() {
    return ifPermitted(
        () -> {
          Round stopped = toAll(STOP);
          Round killed = new Round();
          try {
            killed = toAll(KILL);
          } finally {
            stopped.sent.removeAll(killed.sent);
            for (ProcessKey left : stopped.sent) {
              one(left, CONT);
            }
          }
          return killed.outcome("SIGKILL");
        });
  }

  /** Stops all. */
  Outcome stop() {
    return ifPermitted(() -> toAll(STOP).outcome("SIGSTOP"));
  }

  /** Lets all that are stopped run again. */
  Outcome resume() {
    return ifPermitted(
        () -> {
          Round round = new Round();
          for (Member member : look.now()) {
            if (member.process().stopped()) {
              round.add(member.key(), one(member.key(), CONT));
            }
          }
          return round.outcome("SIGCONT");
        });
  }

  /** Sends one signal to these alone, once. */
  Outcome only(List<Member> members, int signal, String name) {
    return ifPermitted(
        () -> {
          Round round = new Round();
          for (Member member : members) {
            round.add(member.key(), one(member.key(), signal));
          }
          return round.outcome(name);
        });
  }

  private interface Call {
    Outcome run() throws LinuxException;
  }

  /** Refused as a whole before anything is sent, if one of them may not be signalled. */
  private Outcome ifPermitted(Call call) {
    try {
      for (Member member : look.now()) {
        if (one(member.key(), PROBE).equals(Optional.of(Pidfd.Delivery.NO_PERMISSION))) {
          return new Outcome.Failed(
              "process "
                  + member.process().pid()
                  + " may not be signalled: the capability CAP_KILL is missing",
              false);
        }
      }
    } catch (LinuxException failure) {
      return new Outcome.Failed("a process cannot be opened: " + failure.getMessage(), true);
    }
    try {
      return call.run();
    } catch (LinuxException failure) {
      return new Outcome.Unknown("a signal failed: " + failure.getMessage());
    }
  }

  private Round toAll(int signal) throws LinuxException {
    Round round = new Round();
    for (int i = 0; i < ROUNDS; i++) {
      int before = round.sent.size();
      for (Member member : look.now()) {
        if (!round.sent.contains(member.key())) {
          round.add(member.key(), one(member.key(), signal));
        }
      }
      if (round.sent.size() == before) {
        return round;
      }
    }
    round.forksOn = true;
    return round;
  }

  /** Empty when the process is gone, or its pid means another one by now. */
  private Optional<Pidfd.Delivery> one(ProcessKey key, int signal) throws LinuxException {
    Optional<Machine.Handle> opened = machine.open(key.pid());
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Machine.Handle handle = opened.get()) {
      // the descriptor holds the process; only now does a look at its start time say whose it is
      return keys.of(key.pid()).filter(key::equals).isPresent()
          ? Optional.of(handle.send(signal))
          : Optional.empty();
    }
  }

  /** What came of one signal. */
  private static final class Round {
    private final Set<ProcessKey> sent = new HashSet<>();
    private int denied;
    private boolean forksOn;

    void add(ProcessKey key, Optional<Pidfd.Delivery> delivery) {
      if (delivery.equals(Optional.of(Pidfd.Delivery.SENT))) {
        sent.add(key);
      } else if (delivery.equals(Optional.of(Pidfd.Delivery.NO_PERMISSION))) {
        denied++;
      }
    }

    Outcome outcome(String name) {
      if (denied > 0) {
        return new Outcome.Unknown(
            name + " reached " + sent.size() + " processes, " + denied + " took it from nobody");
      }
      return sent.isEmpty()
          ? new Outcome.NothingToDo("no process is left that " + name + " is for")
          : new Outcome.Done(
              name
                  + " reached "
                  + sent.size()
                  + " processes"
                  + (forksOn ? "; it still forks" : ""));
    }
  }
}
