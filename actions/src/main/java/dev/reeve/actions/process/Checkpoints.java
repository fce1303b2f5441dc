package dev.reeve.actions.process;

import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import dev.reeve.platform.node.GpuProcesses;
import dev.reeve.platform.node.Member;
import dev.reeve.platform.node.NodeWorkload;
import dev.reeve.spi.Action.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks workloads to save their state, and reads the proof that they did: a file that became newer
 * since. Both times are those of the file's own file system, whatever clock that has. A restart
 * forgets what was asked, and then there is no proof.
 */
final class Checkpoints {
  /** What a contract may name. */
  private static final Map<String, Integer> SIGNALS =
      new TreeMap<>(
          Map.of("HUP", 1, "INT", 2, "USR1", 10, "USR2", 12, "TERM", 15, "CONT", 18, "WINCH", 28));

  private static final FileTime NEVER = FileTime.fromMillis(Long.MIN_VALUE);

  /** When the file was written before the signal, by plan. */
  private final Map<String, FileTime> before = new ConcurrentHashMap<>();

  Outcome ask(Plan plan, Step step, Signals signals, List<Member> listeners) {
    String name = step.arguments().getOrDefault("signal", "");
    Integer signal = SIGNALS.get(name);
    if (signal == null) {
      return new Outcome.Refused("its checkpoint signal is not one of " + SIGNALS.keySet());
    }
    Optional<FileTime> written = written(step);
    if (written.isEmpty()) {
      return new Outcome.Refused(file(step) + " cannot be read, so it could not prove anything");
    }
    before.put(plan.id(), written.get());
    return signals.only(listeners, signal, "SIG" + name);
  }

  /**
   * Whom the signal is for: the members on a GPU that have a handler, else the root if it has one.
   * Nobody else: it would end a process without a handler, and a data loader is not asked to save.
   */
  static List<Member> listeners(NodeWorkload workload, GpuProcesses gpus, Step step) {
    Integer signal = SIGNALS.get(step.arguments().getOrDefault("signal", ""));
    if (signal == null) {
      return List.of();
    }
    List<Member> catching =
        workload.members().stream().filter(member -> member.details().catches(signal)).toList();
    List<Member> onGpu =
        catching.stream().filter(member -> gpus.lists(member.process().pid())).toList();
    return onGpu.isEmpty() ? catching.stream().filter(workload.root()::equals).toList() : onGpu;
  }

  Progress acknowledged(Plan plan, Step step) {
    FileTime then = before.get(plan.id());
    if (then == null) {
      return new Progress.Unreadable("when it was asked is not known: Reeve was restarted");
    }
    Optional<FileTime> now = written(step);
    if (now.isEmpty()) {
      return new Progress.Unreadable(file(step) + " cannot be read");
    }
    return now.get().compareTo(then) > 0
        ? new Progress.Reached(file(step) + " was written after the signal")
        : new Progress.NotYet(file(step) + " was not written since the signal");
  }

  private static Path file(Step step) {
    return Path.of(step.arguments().getOrDefault("acknowledgement", "/"));
  }

  /** Empty when it cannot be told; never written when it is not there. */
  private static Optional<FileTime> written(Step step) {
    try {
      return Optional.of(Files.getLastModifiedTime(file(step), LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException absent) {
      return Optional.of(NEVER);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
