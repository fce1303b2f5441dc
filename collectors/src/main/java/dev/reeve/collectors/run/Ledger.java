package dev.reeve.collectors.run;

import dev.reeve.model.Declaration;
import dev.reeve.model.SubjectId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What living workloads have declared. It is on disk before it is acknowledged, because a program
 * that asked once for protection does not ask again when this daemon is restarted.
 *
 * <p>Threads: any.
 */
final class Ledger {
  private static final int MOST = 4_096;
  private static final int MOST_OF_ONE_USER = 256;

  /**
   * @param own the processes of the workload when it declared
   */
  record Entry(Declaration declaration, Speaker.Own own, long uid) {}

  private final LedgerFile file;
  private final SortedMap<SubjectId, Entry> entries;

  private Ledger(LedgerFile file, SortedMap<SubjectId, Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /** With what was declared before a restart. */
  static Ledger open(LedgerFile file) throws IOException {
    SortedMap<SubjectId, Entry> entries = new TreeMap<>();
    file.read().forEach(entry -> entries.put(entry.declaration().workload(), entry));
    return new Ledger(file, entries);
  }

  /**
   * Keeps what a speaker declares of its workloads.
   *
   * @throws IOException when it is not durable; then it was not declared
   */
  synchronized void declare(Speaker speaker, Line.Declared said) throws IOException {
    SortedMap<SubjectId, Entry> next = new TreeMap<>(entries);
    speaker
        .workloads()
        .forEach((id, own) -> put(next, new Entry(declaration(id, said), own, speaker.uid())));
    if (next.equals(entries)) {
      return;
    }
    long ofUser = next.values().stream().filter(entry -> entry.uid() == speaker.uid()).count();
    if (next.size() > entries.size() && (next.size() > MOST || ofUser > MOST_OF_ONE_USER)) {
      throw new IOException("too many workloads have declared something already");
    }
    replace(next);
  }

  /** Also keeps what was known before of the same workload. */
  private static void put(SortedMap<SubjectId, Entry> into, Entry entry) {
    into.merge(
        entry.declaration().workload(),
        entry,
        (before, now) ->
            new Entry(merge(before.declaration(), now.declaration()), now.own(), now.uid()));
  }

  private void replace(SortedMap<SubjectId, Entry> next) throws IOException {
    file.write(next.values());
    entries.clear();
    entries.putAll(next);
  }

  private static Declaration declaration(SubjectId workload, Line.Declared said) {
    return new Declaration(
        workload,
        said.kind(),
        said.owner(),
        said.group(),
        said.checkpoint(),
        said.budget(),
        said.protect(),
        said.singleNode());
  }

  private static Declaration merge(Declaration before, Declaration more) {
    return new Declaration(
        more.workload(),
        more.kind().or(before::kind),
        more.owner().or(before::owner),
        more.group().or(before::group),
        more.checkpoint().or(before::checkpoint),
        more.budget().or(before::budget),
        before.protect() || more.protect(),
        before.singleNode() || more.singleNode());
  }

  synchronized List<Declaration> all() {
    return new ArrayList<>(entries.values().stream().map(Entry::declaration).toList());
  }

  /** Whether a workload asked for protection. */
  synchronized boolean protects(SubjectId workload) {
    Entry entry = entries.get(workload);
    return entry != null && entry.declaration().protect();
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /**
   * Takes note of the end of a workload. When the process that named it ended before the others,
   * those are another incarnation now, and what they declared holds for it.
   *
   * @param heirs the workloads that its remaining processes belong to; empty where none remain
   */
  synchronized void ended(Entry entry, Collection<Speaker> heirs) throws IOException {
    SortedMap<SubjectId, Entry> next = new TreeMap<>(entries);
    next.remove(entry.declaration().workload());
    for (Speaker heir : heirs) {
      heir.workloads()
          .forEach(
              (id, own) -> put(next, new Entry(of(id, entry.declaration()), own, entry.uid())));
    }
    replace(next);
  }

  private static Declaration of(SubjectId workload, Declaration said) {
    return new Declaration(
        workload,
        said.kind(),
        said.owner(),
        said.group(),
        said.checkpoint(),
        said.budget(),
        said.protect(),
        said.singleNode());
  }
}
