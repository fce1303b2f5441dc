package dev.reeve.collectors.run;

import dev.reeve.model.RunReport;
import dev.reeve.model.SubjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reports that wait for the next collection, and what was not taken. Bounded: a daemon that does
 * not collect for a while must not grow.
 *
 * <p>Threads: any.
 */
final class Inbox {
  private static final int MOST = 20_000;
  private static final int MOST_OF_ONE_USER = 4_000;

  private List<RunReport> reports = new ArrayList<>();
  private SortedMap<Long, Integer> byUser = new TreeMap<>();
  private SortedMap<String, Long> drops = new TreeMap<>();

  /** What came since the last time. */
  record Content(List<RunReport> reports, SortedMap<String, Long> drops) {}

  /** Takes a report of each workload of the speaker; false when there are too many. */
  synchronized boolean add(Speaker speaker, Line.Report said, long atNanos) {
    int waiting = byUser.getOrDefault(speaker.uid(), 0);
    if (reports.size() >= MOST || waiting >= MOST_OF_ONE_USER) {
      drop("too_many");
      return false;
    }
    for (SubjectId workload : speaker.subjects()) {
      SubjectId run = SubjectId.run(workload.key() + "/" + said.run());
      reports.add(
          new RunReport(
              run, workload, atNanos, said.step(), said.total(), said.loss(), said.ended()));
    }
    byUser.put(speaker.uid(), waiting + 1);
    return true;
  }

  synchronized void drop(String reason) {
    drops.merge(reason, 1L, Long::sum);
  }

  synchronized Content take() {
    Content content = new Content(reports, drops);
    reports = new ArrayList<>();
    byUser = new TreeMap<>();
    drops = new TreeMap<>();
    return content;
  }
}
