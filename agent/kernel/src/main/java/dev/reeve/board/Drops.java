package dev.reeve.board;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was not used, counted by reason. */
final class Drops {
  static final String OUT_OF_ORDER = "out_of_order";
  static final String DUPLICATE = "duplicate";
  static final String FUTURE = "future";
  static final String IMPLAUSIBLE = "implausible";
  static final String TOO_MANY_SUBJECTS = "too_many_subjects";
  static final String NO_INTERVAL = "no_interval";
  static final String NOT_MEASURED = "not_measured";

  private final SortedMap<String, Long> counts = new TreeMap<>();

  void count(String reason, long number) {
    counts.merge(reason, number, Long::sum);
  }

  void count(Ring.Taken taken) {
    switch (taken) {
      case KEPT -> {}
      case OUT_OF_ORDER -> count(OUT_OF_ORDER, 1);
      case DUPLICATE -> count(DUPLICATE, 1);
      case IMPLAUSIBLE -> count(IMPLAUSIBLE, 1);
    }
  }

  SortedMap<String, Long> copy() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }
}
