package dev.reeve.platform.node;

import dev.reeve.model.SubjectId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The pids in the process list of each GPU.
 *
 * @param pids of GPUs whose list has an entry
 * @param incomplete why a process may stand on a GPU without being listed, in words; empty if not
 */
public record GpuProcesses(
    SortedMap<SubjectId, SortedSet<Long>> pids, Optional<String> incomplete) {
  public GpuProcesses {
    pids = Collections.unmodifiableSortedMap(new TreeMap<>(pids));
  }

  /** Nothing is known. */
  public static GpuProcesses unknown(String reason) {
    return new GpuProcesses(new TreeMap<>(), Optional.of(reason));
  }

  /** Whether a process stands on any GPU. */
  boolean lists(long pid) {
    return pids.values().stream().anyMatch(listed -> listed.contains(pid));
  }

  static GpuProcesses of(Map<SubjectId, SortedSet<Long>> pids) {
    return new GpuProcesses(new TreeMap<>(pids), Optional.empty());
  }
}
