package dev.reeve.collectors.dcgm;

import java.util.Comparator;

/// Whom the exporter's own labels name as the user of a device. Only a hint: the mapping behind it
/// has been wrong, late and missing, and says nothing of which incarnation it means.
///
/// @param job a Slurm job's number; the other parts are then mostly empty
record Hint(String namespace, String pod, String container, String job)
    implements Comparable<Hint> {
  private static final Comparator<Hint> ORDER =
      Comparator.comparing(Hint::namespace)
          .thenComparing(Hint::pod)
          .thenComparing(Hint::container)
          .thenComparing(Hint::job);

  boolean isEmpty() {
    return pod.isEmpty() && job.isEmpty();
  }

  @Override
  public int compareTo(Hint other) {
    return ORDER.compare(this, other);
  }
}
