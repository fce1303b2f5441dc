package dev.reeve.platform.node;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the kernel keeps a process.
 *
 * @param cgroups its path in each hierarchy, that of systemd first; empty where unreadable
 * @param namespaces by type, such as {@code pid} and {@code mnt}, as the kernel names them; empty
 *     where unreadable
 */
public record Confinement(List<String> cgroups, SortedMap<String, String> namespaces) {
  public Confinement {
    cgroups = List.copyOf(cgroups);
    namespaces = Collections.unmodifiableSortedMap(new TreeMap<>(namespaces));
  }

  boolean readable() {
    return !cgroups.isEmpty() && !namespaces.isEmpty();
  }

  /** The path in the hierarchy in which systemd keeps its units. */
  String unitPath() {
    return cgroups.isEmpty() ? "/" : cgroups.getFirst();
  }
}
