package dev.reeve.collectors.run;

import dev.reeve.platform.node.Environment;
import dev.reeve.platform.node.GpuProcesses;
import dev.reeve.platform.node.NodeWorkload;
import dev.reeve.platform.node.OnlyEnvironment;
import dev.reeve.platform.node.ProcessDetails;
import dev.reeve.platform.node.ProcessEntry;
import dev.reeve.platform.node.ProcessKey;
import dev.reeve.platform.node.ProcessTable;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.platform.node.WorkloadResolver;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the files that workloads name by {@code REEVE_RUN}. A file system that hangs holds up only
 * the thread that does this.
 *
 * <p>What stands in a file already when it is first seen is of unknown age: what it declares is
 * taken, its reports are not.
 *
 * <p>Threads: one.
 */
final class RunFiles {
  private static final int MOST = 256;
  private static final int MOST_CHUNKS = 8;
  private static final int LOOKS_WHEN_YOUNG = 8;
  private static final int LOOK_AGAIN_EVERY = 40;
  private static final String VARIABLE = "REEVE_RUN";
  private static final GpuProcesses NOT_ASKED =
      GpuProcesses.unknown("run files are read without asking which GPUs a process is on");

  private record Followed(RunFile file, Speaker speaker) {}

  private final ThisNode node;
  private final OnlyEnvironment whose;
  private final Desk desk;
  private final Map<ProcessKey, Integer> looked = new HashMap<>();
  private final Map<ProcessKey, Boolean> naming = new HashMap<>();
  private final SortedMap<String, Followed> files = new TreeMap<>();

  RunFiles(ThisNode node, OnlyEnvironment whose, Desk desk) {
    this.node = node;
    this.whose = whose;
    this.desk = desk;
  }

  /** Finds files and reads what was added to them. */
  void scan() throws IOException {
    ProcessTable processes = ProcessTable.read(node.proc(), new Environment.Kept(whose.names()));
    looked.keySet().removeIf(key -> processes.find(key).isEmpty());
    naming.keySet().removeIf(key -> processes.find(key).isEmpty());
    files
        .values()
        .removeIf(
            followed ->
                followed.speaker().workloads().values().stream()
                    .allMatch(own -> processes.find(own.root()).isEmpty()));
    find(processes);
    files.values().forEach(followed -> follow(followed, false));
  }

  private void find(ProcessTable processes) {
    WorkloadResolver resolver = new WorkloadResolver(node, processes, NOT_ASKED);
    for (ProcessEntry process : processes.all()) {
      if (files.size() < MOST && names(processes, process)) {
        if (resolver.ofGpuProcess(process.pid())
            instanceof WorkloadResolver.Resolution.Found(NodeWorkload workload)) {
          workload.run().ifPresent(_ -> begin(workload));
        }
      }
    }
  }

  /**
   * Whether a process names a file. A program may be replaced by another within one process, so a
   * young one is looked at often, and an old one now and then.
   */
  private boolean names(ProcessTable processes, ProcessEntry process) {
    int looks = looked.merge(process.key(), 1, Integer::sum);
    if (looks <= LOOKS_WHEN_YOUNG || looks % LOOK_AGAIN_EVERY == 0) {
      Optional<String> value =
          processes
              .details(process)
              .map(ProcessDetails::environment)
              .filter(environment -> whose.lacking(environment).isEmpty())
              .flatMap(environment -> environment.value(VARIABLE));
      naming.put(process.key(), value.isPresent());
    }
    return naming.getOrDefault(process.key(), false);
  }

  private void begin(NodeWorkload workload) {
    long uid = workload.root().details().effectiveUid();
    Speaker speaker = Speaker.of(workload.root().key(), uid, List.of(workload));
    String name = workload.run().orElseThrow() + " " + workload.sighting().subject().key();
    if (!files.containsKey(name)) {
      Followed followed = new Followed(new RunFile(workload.run().orElseThrow(), uid), speaker);
      files.put(name, followed);
      follow(followed, true);
    }
  }

  private void follow(Followed followed, boolean first) {
    try {
      RunFile.Read read = followed.file().read();
      take(followed.speaker(), read, first);
      // at first all of it, since a declaration may stand anywhere
      for (int i = 1; read.more() && (first || i < MOST_CHUNKS); i++) {
        read = followed.file().read();
        take(followed.speaker(), read, first);
      }
    } catch (IOException e) {
      desk.inbox().drop("file_not_read");
    }
  }

  private void take(Speaker speaker, RunFile.Read read, boolean first) {
    for (int i = 0; i < read.tooLong(); i++) {
      desk.inbox().drop("bad_line");
    }
    for (String text : read.lines()) {
      try {
        switch (Lines.parse(text)) {
          case Line.Declare(Line.Declared declared) -> declare(speaker, declared);
          case Line.Report report -> {
            if (!first) {
              desk.inbox().add(speaker, report, desk.clocks().evidence().nanos());
            }
          }
          case Line.Hello _, Line.Subscribe _, Line.Ack _ -> {} // mean nothing in a file
        }
      } catch (Line.BadLineException e) {
        desk.inbox().drop("bad_line");
      }
    }
  }

  private void declare(Speaker speaker, Line.Declared declared) {
    try {
      desk.ledger().declare(speaker, declared);
    } catch (IOException e) {
      desk.inbox().drop("not_declared");
    }
  }
}
