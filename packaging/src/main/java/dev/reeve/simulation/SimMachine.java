package dev.reeve.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.reeve.linux.Pidfd;
import dev.reeve.platform.node.Command;
import dev.reeve.platform.node.Machine;
import dev.reeve.platform.node.Proc;
import dev.reeve.platform.node.Program;
import dev.reeve.platform.node.ThisNode;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The simulated machine as processes, programs and signals show it. */
final class SimMachine implements Machine {
  private static final byte[] CGROUP =
      "0::/user.slice/user-1000.slice/session-3.scope\n".getBytes(US_ASCII);

  private final World world;
  private final Wire wire;
  private final Smi smi;
  private final Signalled signalled;
  private final Path folder;

  /** Is told of each signal that reaches a process, before it does. */
  interface Signalled {
    /** A harming signal is about to reach a process. */
    void sent(Task task, int signal);
  }

  SimMachine(World world, Wire wire, Smi smi, Signalled signalled, Path folder) {
    this.world = world;
    this.wire = wire;
    this.smi = smi;
    this.signalled = signalled;
    this.folder = folder;
  }

  /** The daemon asks; whoever was to end by now has ended. */
  private void asked() {
    wire.call();
    world.settle();
  }

  @Override
  public ThisNode node() {
    return new ThisNode(
        new Files(),
        folder,
        folder.resolve("passwd"),
        "simulated",
        world.bootId(),
        Set.of("sim"),
        World.REEVE,
        false);
  }

  @Override
  public String hostName() {
    return "sim";
  }

  @Override
  public long ownUid() {
    return 0;
  }

  @Override
  public long bootNanos() {
    return world.clock.bootNanos();
  }

  @Override
  public boolean has(String program) {
    return program.equals("nvidia-smi");
  }

  @Override
  public Program program(List<String> words, Duration deadline) {
    return words.getFirst().equals("nvidia-smi")
        ? smi
        : _ -> new Command.Result.NotStarted(words.getFirst() + " is not there");
  }

  @Override
  public Optional<String> unsafe() {
    return Optional.empty();
  }

  @Override
  public Optional<Handle> open(long pid) {
    asked();
    return Optional.ofNullable(world.tasks.get((int) pid)).map(Held::new);
  }

  /** Holds the process, whoever gets its number. */
  private final class Held implements Handle {
    private final Task task;

    Held(Task task) {
      this.task = task;
    }

    @Override
    public Pidfd.Delivery send(int signal) {
      asked();
      if (task.ended) {
        return Pidfd.Delivery.NO_SUCH_PROCESS;
      }
      if (signal != 0) {
        signalled.sent(task, signal);
      }
      return Pidfd.Delivery.SENT;
    }

    @Override
    public void close() {}
  }

  /** What lies below /proc. */
  private final class Files implements Proc {
    @Override
    public List<String> names() {
      asked();
      return world.tasks.keySet().stream().map(pid -> Integer.toString(pid)).toList();
    }

    @Override
    public InputStream open(long pid, String file) throws IOException {
      Task task = task(pid);
      return new ByteArrayInputStream(
          switch (file) {
            case "stat" -> task.stat();
            case "status" -> task.status;
            case "cmdline" -> task.cmdline;
            case "environ" -> task.environ;
            case "cgroup" -> CGROUP;
            default -> throw new FileNotFoundException(pid + "/" + file);
          });
    }

    private Task task(long pid) throws IOException {
      world.settle();
      Task task = world.tasks.get((int) pid);
      if (task == null) {
        throw new FileNotFoundException("/proc/" + pid);
      }
      return task;
    }

    @Override
    public String link(long pid, String name) {
      Task task = world.tasks.get((int) pid);
      if (task == null) {
        return "";
      }
      return switch (name) {
        case "cwd" -> "/home/alice/exp";
        case "exe" -> task.program;
        case "ns/pid" -> "pid:[4026531836]";
        case "ns/mnt" -> "mnt:[4026531841]";
        case "ns/user" -> "user:[4026531837]";
        case "ns/cgroup" -> "cgroup:[4026531835]";
        default -> "";
      };
    }

    @Override
    public String toString() {
      return "/proc";
    }
  }
}
