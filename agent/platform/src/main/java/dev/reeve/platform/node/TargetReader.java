package dev.reeve.platform.node;

import dev.reeve.model.Incarnation;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadSighting;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Looks again at a workload that was judged: what is left of it, and what has joined it. */
public final class TargetReader {
  /** What is left of a workload. */
  public sealed interface Reading {
    /**
     * Some of it lives.
     *
     * @param workload as it is now, under the name and uid that were judged
     * @param born members that were not judged and descend from one that was
     * @param strangers members that were not judged and do not
     */
    record Present(
        NodeWorkload workload, SortedSet<ProcessKey> born, SortedSet<ProcessKey> strangers)
        implements Reading {
      public Present {
        born = Collections.unmodifiableSortedSet(new TreeSet<>(born));
        strangers = Collections.unmodifiableSortedSet(new TreeSet<>(strangers));
      }
    }

    /** No process of it lives. */
    record Gone() implements Reading {}

    /**
     * It cannot be told what is left, or it has become something that is never touched.
     *
     * @param reason in words, for people
     */
    record Unclear(String reason) implements Reading {}
  }

  private final ThisNode node;
  private final Environment.Kept kept;

  public TargetReader(ThisNode node, Environment.Kept kept) {
    this.node = node;
    this.kept = kept;
  }

  /** Takes a snapshot of the processes and finds the workload in it. */
  public Reading read(WorkloadId id, Incarnation judged, GpuProcesses gpus) {
    ProcessTable table;
    try {
      table = ProcessTable.read(node.proc(), kept);
    } catch (IOException e) {
      return new Reading.Unclear("the processes cannot be listed: " + e.getMessage());
    }
    WorkloadResolver resolver = new WorkloadResolver(node, table, gpus);
    Survivors survivors = new Survivors(node, table, judged);
    return switch (survivors.find()) {
      case Survivors.Found.None() -> new Reading.Gone();
      case Survivors.Found.Unclear(String reason) -> new Reading.Unclear(reason);
      case Survivors.Found.Some some ->
          present(named(id, judged, resolver.workload(some.members())), judged, some);
    };
  }

  private static NodeWorkload named(WorkloadId id, Incarnation judged, NodeWorkload now) {
    WorkloadSighting seen = now.sighting();
    WorkloadSighting sighting =
        new WorkloadSighting(
            id,
            new Incarnation(judged.uid(), judged.generation(), seen.incarnation().members()),
            seen.kind(),
            seen.owner(),
            seen.group(),
            seen.extent(),
            seen.protection(),
            seen.checkpoint(),
            seen.foreignTo());
    return new NodeWorkload(sighting, now.members(), now.unit(), now.run());
  }

  private static Reading present(NodeWorkload now, Incarnation judged, Survivors.Found.Some some) {
    SortedSet<ProcessKey> born = new TreeSet<>();
    for (Member member : now.members()) {
      boolean covered = judged.members().contains(member.key().toString());
      if (!covered && !some.strangers().contains(member.key())) {
        born.add(member.key());
      }
    }
    return new Reading.Present(
        new NodeWorkload(now.sighting(), now.members(), some.unit(), now.run()),
        born,
        some.strangers());
  }
}
