package dev.reeve.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one table of transitions, written once more by hand. */
final class EpisodeStateTest {
  private static final Map<String, String> TABLE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("observed", "warned snoozed cleared expired"),
              Map.entry("warned", "observed snoozed due cleared expired"),
              Map.entry("snoozed", "observed warned cleared expired"),
              Map.entry("due", "warned snoozed intent cleared expired"),
              Map.entry("intent", "acted failed unknown verified"),
              Map.entry("acted", "intent verified failed unknown"),
              Map.entry("verified", "undone"),
              Map.entry("failed", "undone"),
              Map.entry("unknown", "verified failed undone"),
              Map.entry("cleared", ""),
              Map.entry("expired", ""),
              Map.entry("undone", "")));

  static Stream<EpisodeState[]> pairs() {
    return Arrays.stream(EpisodeState.values())
        .flatMap(
            from -> Arrays.stream(EpisodeState.values()).map(to -> new EpisodeState[] {from, to}));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyTransitionThatTheTableDoesNotHoldIsRefused(EpisodeState from, EpisodeState to) {
    Set<String> next =
        Arrays.stream(TABLE.getOrDefault(from.text(), "none").split(" "))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        next,
        from.next().stream()
            .map(EpisodeState::text)
            .collect(Collectors.toCollection(TreeSet::new)));
    if (next.contains(to.text())) {
      assertEquals(to, from.to(to));
    } else {
      IllegalStateException refused = assertThrows(IllegalStateException.class, () -> from.to(to));
      assertTrue(
          String.valueOf(refused.getMessage())
              .toLowerCase(Locale.ROOT)
              .contains("from " + from.text() + " to " + to.text()),
          refused.getMessage());
    }
  }
}
