package dev.reeve.collectors.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What could not be used, counted by what it is. Bounded.
final class Notes {
  private static final int KINDS = 100;

  private final Map<String, Long> counts = new TreeMap<>();
  private long more;

  void count(String what) {
    if (counts.containsKey(what) || counts.size() < KINDS) {
      counts.merge(what, 1L, Long::sum);
    } else {
      more++;
    }
  }

  List<String> list() {
    List<String> list = new ArrayList<>();
    counts.forEach((what, count) -> list.add(count == 1 ? what : what + " (" + count + " times)"));
    if (more > 0) {
      list.add(more + " more of other kinds");
    }
    return list;
  }
}
