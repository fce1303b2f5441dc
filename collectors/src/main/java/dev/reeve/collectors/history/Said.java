package dev.reeve.collectors.history;

import dev.reeve.model.Declaration;
import dev.reeve.model.Device;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadSighting;
import java.util.Optional;

/// What a series of a recording says, found out once when it first appears.
sealed interface Said {
  /// The head of a recording's file.
  record Head(String version) implements Said {}

  record Up(String source) implements Said {}

  record Interval() implements Said {}

  record Failed(String reason, String detail) implements Said {}

  record Dropped(String reason) implements Said {}

  record Listed(Device device) implements Said {}

  record Held(SubjectId gpu, Whom by) implements Said {}

  record Unheld(SubjectId gpu, String proof) implements Said {}

  record HolderUnknown(SubjectId gpu, String reason) implements Said {}

  /// @param extentUnknown empty where lines of its own say which GPUs it has
  record Seen(WorkloadSighting sighting, String extentUnknown) implements Said {}

  record Member(SubjectId workload, String member) implements Said {}

  record InExtent(SubjectId workload, SubjectId gpu) implements Said {}

  record Declared(Declaration declaration) implements Said {}

  /// @param holder the workload that the labels of a GPU's reading name besides
  record Reading(SubjectId subject, Signal signal, Optional<Whom> holder) implements Said {}

  record RunPart(SubjectId run, SubjectId workload, Part part) implements Said {}

  /// A part of what one replica of an endpoint shows.
  record Serving(SubjectId workload, String endpoint, String replica, Shown shown)
      implements Said {}

  /// Which part it is.
  sealed interface Shown {
    record Objective() implements Shown {}

    record Gauge(Signal signal) implements Shown {}

    /// @param bound infinite for the bucket `+Inf`
    record Bucket(Signal signal, double bound) implements Shown {}
  }

  /// A name that no recording has.
  record Other(String name) implements Said {}

  /// A name that a recording has, with labels that do not fit it.
  record Misread(String problem) implements Said {}

  enum Part {
    ENDED,
    STEP,
    TOTAL,
    LOSS
  }

  /// A workload's incarnation, as a label names it.
  record Whom(WorkloadId id, String uid) {
    /// What stands for the incarnation where a file names none.
    private static final String ONLY = "only";

    SubjectId subject() {
      return new SubjectId(dev.reeve.model.SubjectKind.WORKLOAD, id + "#" + uid);
    }

    /// Reads `platform/cluster/namespace/kind/name#uid`; cluster and uid may be missing.
    static Optional<Whom> read(String label) {
      int hash = label.indexOf('#');
      String id = hash < 0 ? label : label.substring(0, hash);
      String uid = hash < 0 || hash + 1 == label.length() ? ONLY : label.substring(hash + 1);
      int first = id.indexOf('/');
      boolean short_ = id.chars().filter(c -> c == '/').count() == 3;
      try {
        return Optional.of(
            new Whom(
                WorkloadId.parse(short_ ? id.substring(0, first) + "/" + id.substring(first) : id),
                uid));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }
  }
}
