package dev.reeve.model;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** All GPUs that a workload has according to its platform. "Idle" means idle on all of it. */
public sealed interface Extent {

  /** These devices, and no others anywhere. */
  record Known(SortedSet<SubjectId> devices) implements Extent {
    public Known {
      devices = Collections.unmodifiableSortedSet(new TreeSet<>(devices));
    }
  }

  /**
   * It may reach beyond what is seen: notify only.
   *
   * @param reason in words, for people
   */
  record Unknown(String reason) implements Extent {}

  static Extent of(Collection<SubjectId> devices) {
    return new Known(new TreeSet<>(devices));
  }
}
