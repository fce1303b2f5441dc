package dev.reeve.collectors.run;

import dev.reeve.platform.node.Environment;
import dev.reeve.platform.node.GpuProcesses;
import dev.reeve.platform.node.NodeWorkload;
import dev.reeve.platform.node.ProcessEntry;
import dev.reeve.platform.node.ProcessKey;
import dev.reeve.platform.node.ProcessTable;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.platform.node.WorkloadResolver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches whether workloads that declared something have ended. A process must be missing several
 * times in a row: one that cannot be read for a moment must not lose its protection.
 *
 * <p>Threads: one.
 */
final class Endings {
  private static final int MISSING_AT_LEAST = 3;
  private static final GpuProcesses NOT_ASKED =
      GpuProcesses.unknown("whether a process lives is seen without asking for its GPUs");

  private final ThisNode node;
  private final Ledger ledger;
  private final Map<ProcessKey, Integer> missing = new HashMap<>();

  Endings(ThisNode node, Ledger ledger) {
    this.node = node;
    this.ledger = ledger;
  }

  /** One look. What declared after the look began is left alone. */
  void look() throws IOException {
    List<Ledger.Entry> before = ledger.entries();
    missing.keySet().retainAll(before.stream().map(entry -> entry.own().root()).toList());
    if (before.isEmpty()) {
      return;
    }
    ProcessTable processes = ProcessTable.read(node.proc(), new Environment.Kept(Set.of()));
    for (Ledger.Entry entry : before) {
      ProcessKey root = entry.own().root();
      if (lives(processes, root)) {
        missing.remove(root);
      } else if (missing.merge(root, 1, Integer::sum) >= MISSING_AT_LEAST) {
        ledger.ended(entry, heirs(processes, entry));
      }
    }
  }

  private static boolean lives(ProcessTable processes, ProcessKey key) {
    return processes.find(key).filter(process -> !process.ended()).isPresent();
  }

  private List<Speaker> heirs(ProcessTable processes, Ledger.Entry entry) {
    WorkloadResolver resolver = new WorkloadResolver(node, processes, NOT_ASKED);
    List<Speaker> heirs = new ArrayList<>();
    for (ProcessKey member : entry.own().members()) {
      if (lives(processes, member)
          && processes.find(member).map(ProcessEntry::pid).map(resolver::ofGpuProcess).orElseThrow()
              instanceof WorkloadResolver.Resolution.Found(NodeWorkload workload)) {
        heirs.add(Speaker.of(member, entry.uid(), List.of(workload)));
      }
    }
    return heirs;
  }
}
