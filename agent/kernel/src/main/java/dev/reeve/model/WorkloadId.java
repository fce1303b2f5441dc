package dev.reeve.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What people call a workload. Cooldown, snooze, protection and budgets are keyed by it, so that a
 * re-created object does not start afresh; several incarnations may hold one id at once.
 *
 * <p>On a bare node {@code cluster} is the machine id, {@code namespace} the user, {@code kind}
 * {@code unit} or {@code process}, and {@code name} the unit, else the declared name, else program,
 * script and folder; never a pid.
 */
public record WorkloadId(
    String platform, String cluster, String namespace, String kind, String name)
    implements Comparable<WorkloadId> {
  private static final Comparator<WorkloadId> ORDER =
      Comparator.comparing(WorkloadId::platform)
          .thenComparing(WorkloadId::cluster)
          .thenComparing(WorkloadId::namespace)
          .thenComparing(WorkloadId::kind)
          .thenComparing(WorkloadId::name);

  public WorkloadId {
    if (platform.isEmpty() || kind.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("a workload needs a platform, a kind and a name");
    }
  }

  /** Reads what {@link #toString()} writes. Throws {@link IllegalArgumentException} otherwise. */
  public static WorkloadId parse(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      parts.add(part.replace("%2F", "/").replace("%23", "#").replace("%25", "%"));
    }
    if (parts.size() != 5) {
      throw new IllegalArgumentException(
          "a workload is written platform/cluster/namespace/kind/name, not '" + text + "'");
    }
    return new WorkloadId(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4));
  }

  /** The short form for people: without the cluster, which is the same for all on one node. */
  public String display() {
    return platform + "/" + namespace + "/" + kind + "/" + name;
  }

  @Override
  public int compareTo(WorkloadId other) {
    return ORDER.compare(this, other);
  }

  /** The whole id on one line, with {@code /}, {@code #} and {@code %} of the parts escaped. */
  @Override
  public String toString() {
    return escape(platform)
        + "/"
        + escape(cluster)
        + "/"
        + escape(namespace)
        + "/"
        + escape(kind)
        + "/"
        + escape(name);
  }

  private static String escape(String part) {
    boolean plain = part.indexOf('%') < 0 && part.indexOf('/') < 0 && part.indexOf('#') < 0;
    return plain ? part : part.replace("%", "%25").replace("/", "%2F").replace("#", "%23");
  }
}
