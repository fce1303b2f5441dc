package dev.reeve.collectors.run;

import dev.reeve.model.SubjectId;
import dev.reeve.platform.node.NodeWorkload;
import dev.reeve.platform.node.ProcessKey;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who speaks: a process, and the workloads that it belongs to. Mostly that is one; where a session
 * or several names lie between it and the GPU, each process above it may be the root of another.
 *
 * @param workloads those whose members it is one of, by subject, each with its processes
 * @param name what people call the first of them
 */
record Speaker(ProcessKey process, long uid, SortedMap<SubjectId, Own> workloads, String name) {
  private static final int MOST_MEMBERS = 64;

  /**
   * The processes of one workload.
   *
   * @param root the one that names the incarnation
   * @param members with the root, the oldest ones where they are very many
   */
  record Own(ProcessKey root, SortedSet<ProcessKey> members) {
    Own {
      members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
    }

    static Own of(NodeWorkload workload) {
      SortedSet<ProcessKey> members = new TreeSet<>();
      workload.members().stream().limit(MOST_MEMBERS).forEach(each -> members.add(each.key()));
      return new Own(workload.root().key(), members);
    }
  }

  static Speaker of(ProcessKey process, long uid, List<NodeWorkload> found) {
    SortedMap<SubjectId, Own> workloads = new TreeMap<>();
    found.forEach(each -> workloads.put(each.sighting().subject(), Own.of(each)));
    return new Speaker(process, uid, workloads, found.getFirst().sighting().id().display());
  }

  Collection<SubjectId> subjects() {
    return workloads.keySet();
  }

  /**
   * Whether something is said about it.
   *
   * @param workload the id of a workload, with or without its incarnation
   */
  boolean means(SubjectId subject, String workload) {
    return subjects().stream()
        .anyMatch(
            own ->
                own.equals(subject)
                    || own.key().equals(workload)
                    || own.key().startsWith(workload + "#")
                    || subject.key().startsWith(own.key() + "/"));
  }
}
