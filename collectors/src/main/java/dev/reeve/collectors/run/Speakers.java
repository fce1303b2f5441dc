package dev.reeve.collectors.run;

import dev.reeve.linux.PeerCredentials;
import dev.reeve.linux.Pidfd;
import dev.reeve.platform.node.Environment;
import dev.reeve.platform.node.GpuProcesses;
import dev.reeve.platform.node.Member;
import dev.reeve.platform.node.NodeWorkload;
import dev.reeve.platform.node.ProcessDetails;
import dev.reeve.platform.node.ProcessEntry;
import dev.reeve.platform.node.ProcessKey;
import dev.reeve.platform.node.ProcessTable;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.platform.node.WorkloadResolver;
import dev.reeve.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who speaks. Processes are read after the question, since a pid means another process
 * later; but not more often than some times a second, however many ask.
 *
 * <p>Threads: any.
 */
final class Speakers {
  private static final Duration BETWEEN_READS = Duration.ofMillis(250);
  private static final int MOST_ANCESTORS = 32;
  private static final GpuProcesses NOT_ASKED =
      GpuProcesses.unknown("the run socket does not ask which GPUs a process is on");

  /** A peer that may not speak; the sentence says why. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    RefusedException(String sentence) {
      super(sentence);
      this.sentence = sentence;
    }

    String sentence() {
      return sentence;
    }
  }

  private final ThisNode node;
  private final Ticker world;
  private Optional<ProcessTable> table = Optional.empty();
  private long readNanos;

  Speakers(ThisNode node, Ticker world) {
    this.node = node;
    this.world = world;
  }

  /**
   * Who the peer is. What is read of it is believed only if its handle, opened when it connected,
   * says afterwards that it still lives.
   */
  Speaker of(PeerCredentials peer, Optional<Pidfd> handle) throws RefusedException {
    long asked = world.nanos();
    if (peer.pid() == 0) {
      throw new RefusedException(
          "your process is in a pid namespace that cannot be seen from here, so nobody can tell"
              + " whose it is: share the host's, or report through a file named by REEVE_RUN");
    }
    Pidfd alive =
        handle.orElseThrow(
            () -> new RefusedException("your process had ended before it could be recognized"));
    Speaker speaker = find(peer, asked);
    if (!alive.alive()) {
      throw new RefusedException("your process ended while it was being recognized");
    }
    return speaker;
  }

  /** A table of processes is for one thread at a time. */
  private synchronized Speaker find(PeerCredentials peer, long asked) throws RefusedException {
    ProcessTable processes = after(asked);
    ProcessEntry process =
        processes
            .find(peer.pid())
            .orElseThrow(() -> new RefusedException("your process cannot be seen in /proc"));
    long uid = processes.details(process).map(ProcessDetails::effectiveUid).orElse(-1L);
    if (uid != peer.uid()) {
      throw new RefusedException("your process runs as another user than the one that connected");
    }
    List<NodeWorkload> workloads = workloads(processes, process);
    if (workloads.isEmpty()) {
      throw new RefusedException("your process belongs to no workload");
    }
    return Speaker.of(process.key(), uid, workloads);
  }

  /** The processes as they are after an instant; those who ask meanwhile share one reading. */
  private ProcessTable after(long askedNanos) throws RefusedException {
    if (table.isPresent() && readNanos - askedNanos > 0) {
      return table.get();
    }
    long wait = readNanos + BETWEEN_READS.toNanos() - world.nanos();
    if (table.isPresent() && wait > 0) {
      try {
        world.sleep(Duration.ofNanos(wait));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RefusedException("the daemon stops");
      }
    }
    return read();
  }

  private ProcessTable read() throws RefusedException {
    try {
      long began = world.nanos();
      ProcessTable now = ProcessTable.read(node.proc(), new Environment.Kept(Set.of()));
      table = Optional.of(now);
      readNanos = began;
      return now;
    } catch (IOException e) {
      throw new RefusedException("the daemon cannot read the processes of this machine: " + e);
    }
  }

  /** The workloads of the process and of those above it, as far as it is a member of them. */
  private List<NodeWorkload> workloads(ProcessTable processes, ProcessEntry speaker) {
    WorkloadResolver resolver = new WorkloadResolver(node, processes, NOT_ASKED);
    List<NodeWorkload> found = new ArrayList<>();
    Optional<ProcessEntry> next = Optional.of(speaker);
    for (int i = 0; i < MOST_ANCESTORS && next.isPresent(); i++) {
      ProcessEntry process = next.get();
      if (found.stream().noneMatch(each -> has(each, process.key()))) {
        if (resolver.ofGpuProcess(process.pid())
                instanceof WorkloadResolver.Resolution.Found(NodeWorkload workload)
            && has(workload, speaker.key())) {
          found.add(workload);
        } else {
          break;
        }
      }
      next = processes.find(process.parent());
    }
    return found;
  }

  private static boolean has(NodeWorkload workload, ProcessKey process) {
    return workload.members().stream().map(Member::key).anyMatch(process::equals);
  }
}
