package dev.reeve.platform.node;

import dev.reeve.model.SubjectId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The pids in the process list of each GPU.
 *
 * @param pids of GPUs whose list has an entry
 * @param boards those of them that are divided into instances: the list does not say which instance
 * @param incomplete why a process may stand on a GPU without being listed, in words; empty if not
 */
public record GpuProcesses(
    SortedMap<SubjectId, SortedSet<Long>> pids,
    SortedSet<SubjectId> boards,
    Optional<String> incomplete) {
  public GpuProcesses {
    pids = Collections.unmodifiableSortedMap(new TreeMap<>(pids));
    boards = Collections.unmodifiableSortedSet(new TreeSet<>(boards));
  }

  /** Nothing is known. */
  public static GpuProcesses unknown(String reason) {
    return new GpuProcesses(new TreeMap<>(), new TreeSet<>(), Optional.of(reason));
  }

  /** Whether a process stands in the list of any GPU. */
  public boolean lists(long pid) {
    return pids.values().stream().anyMatch(listed -> listed.contains(pid));
  }

  /** Complete lists of undivided GPUs. */
  public static GpuProcesses of(Map<SubjectId, SortedSet<Long>> pids) {
    return new GpuProcesses(new TreeMap<>(pids), new TreeSet<>(), Optional.empty());
  }
}
