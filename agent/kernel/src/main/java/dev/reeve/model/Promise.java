package dev.reeve.model;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an owner was told by a notice that was delivered. A rule or a configuration that asks for
 * less, or may do more, from then on does not break it.
 *
 * @param notice least confirmed time between the delivery and a step that acts
 * @param remedies {@link Remedy#verb}s that may follow; nothing else does
 */
public record Promise(Duration notice, SortedSet<String> remedies) {
  /** Of whom nobody told anything. */
  public static final Promise NONE = of(Duration.ZERO, List.of());

  public Promise {
    remedies = Collections.unmodifiableSortedSet(new TreeSet<>(remedies));
  }

  public static Promise of(Duration notice, List<String> remedies) {
    return new Promise(notice, new TreeSet<>(remedies));
  }
}
