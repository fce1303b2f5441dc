package dev.reeve.platform.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The processes of this node at one instant. Details are read when they are first asked for, and
 * only believed if the process is still the same afterwards. For one thread.
 */
public final class ProcessTable {
  private final ProcFiles files;
  private final SortedMap<Long, ProcessEntry> entries;
  private final Map<Long, List<ProcessEntry>> children = new HashMap<>();
  private final Map<ProcessKey, Optional<ProcessDetails>> details = new HashMap<>();

  private ProcessTable(ProcFiles files, SortedMap<Long, ProcessEntry> entries) {
    this.files = files;
    this.entries = entries;
    for (ProcessEntry entry : entries.values()) {
      children.computeIfAbsent(entry.parent(), _ -> new ArrayList<>()).add(entry);
    }
  }

  /**
   * Reads all processes of a proc file system.
   *
   * @throws IOException when the folder itself cannot be read; a process that ends meanwhile is
   *     left out
   */
  public static ProcessTable read(Proc proc, Environment.Kept kept) throws IOException {
    ProcFiles files = new ProcFiles(proc, kept);
    SortedMap<Long, ProcessEntry> entries = new TreeMap<>();
    for (long pid : files.pids()) {
      files.entry(pid).ifPresent(entry -> entries.put(pid, entry));
    }
    return new ProcessTable(files, entries);
  }

  /** Who has a pid right now, without a look at the others. */
  public static Optional<ProcessKey> keyOf(Proc proc, long pid) {
    return new ProcFiles(proc, new Environment.Kept(Set.of())).entry(pid).map(ProcessEntry::key);
  }

  public Optional<ProcessEntry> find(long pid) {
    return Optional.ofNullable(entries.get(pid));
  }

  /** The process, unless its pid means another one by now. */
  public Optional<ProcessEntry> find(ProcessKey key) {
    return find(key.pid()).filter(entry -> entry.key().equals(key));
  }

  /** In the order of their pids. */
  public Collection<ProcessEntry> all() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** In the order of their pids. */
  public List<ProcessEntry> children(ProcessEntry of) {
    return Collections.unmodifiableList(children.getOrDefault(of.pid(), List.of()));
  }

  /** Empty when the process has ended since. */
  public Optional<ProcessDetails> details(ProcessEntry of) {
    return details.computeIfAbsent(of.key(), files::details);
  }

  /** The pids from a process up to the first one, itself included. */
  List<Long> ancestry(long pid) {
    List<Long> pids = new ArrayList<>();
    Optional<ProcessEntry> next = find(pid);
    while (next.isPresent() && !pids.contains(next.get().pid())) {
      pids.add(next.get().pid());
      next = find(next.get().parent());
    }
    return pids;
  }

  /** Names of the namespaces of a process; empty where they cannot be read. */
  SortedMap<String, String> namespaces(long pid) {
    return files.namespaces(pid);
  }
}
