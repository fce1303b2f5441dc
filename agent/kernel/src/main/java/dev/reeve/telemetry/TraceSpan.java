package dev.reeve.telemetry;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something of an episode that took a while: a notice, a verdict, a step.
 *
 * @param name in the words of the house, such as {@code verdict}
 * @param failed whether it did not come out as wished
 * @param attributes what people look for, such as the guard's reason
 */
public record TraceSpan(
    String name, Instant from, Instant to, boolean failed, SortedMap<String, String> attributes) {
  public TraceSpan {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }
}
