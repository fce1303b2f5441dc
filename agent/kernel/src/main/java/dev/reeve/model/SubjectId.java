package dev.reeve.model;

import static java.util.Objects.requireNonNull;

/**
 * Names one subject. The key is unique within its kind: a GPU's UUID (with {@code /GI} behind it
 * for a MIG instance), a workload's id and the uid of its incarnation, a run's id.
 */
public record SubjectId(SubjectKind kind, String key) implements Comparable<SubjectId> {
  public SubjectId {
    requireNonNull(kind, "kind");
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a subject needs a key");
    }
  }

  public static SubjectId gpu(String uuid) {
    return new SubjectId(SubjectKind.GPU, uuid);
  }

  public static SubjectId node(String name) {
    return new SubjectId(SubjectKind.NODE, name);
  }

  public static SubjectId run(String id) {
    return new SubjectId(SubjectKind.RUN, id);
  }

  /** An endpoint's name is unique within its workload only. */
  public static SubjectId endpoint(SubjectId workload, String name) {
    return new SubjectId(SubjectKind.ENDPOINT, workload.key() + "/" + name);
  }

  /** One incarnation of a workload is one subject: two jobs of one name are judged apart. */
  public static SubjectId workload(WorkloadId id, Incarnation incarnation) {
    return new SubjectId(SubjectKind.WORKLOAD, id + "#" + incarnation.uid());
  }

  @Override
  public int compareTo(SubjectId other) {
    int byKind = kind.compareTo(other.kind);
    return byKind == 0 ? key.compareTo(other.key) : byKind;
  }

  @Override
  public String toString() {
    return kind.text() + ":" + key;
  }
}
