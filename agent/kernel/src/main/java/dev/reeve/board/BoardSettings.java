package dev.reeve.board;

import java.time.Duration;
import java.util.List;

/**
 * Limits and tolerances of a board.
 *
 * @param subjects at most so many of each kind are kept; more are dropped and counted
 * @param samples at most so many are kept of one signal of one subject from one source
 * @param leastSpan witnesses are kept for so long at least, whatever the rules ask for
 * @param runRetention a run whose workload is gone is shown for so long after its newest report
 * @param ratioTolerance two sources agree on a ratio that differs by no more than this
 * @param relativeTolerance two sources agree on anything else that differs by no more than this
 *     share of the larger one
 * @param sourceOrder first words of source names, the most trusted first; all others follow
 */
public record BoardSettings(
    int subjects,
    int samples,
    Duration leastSpan,
    Duration runRetention,
    double ratioTolerance,
    double relativeTolerance,
    List<String> sourceOrder) {
  public BoardSettings {
    if (subjects < 1 || samples < 16) {
      throw new IllegalArgumentException("a board keeps at least 1 subject and 16 samples");
    }
    sourceOrder = List.copyOf(sourceOrder);
  }

  public static BoardSettings defaults() {
    return new BoardSettings(
        20_000,
        32_768,
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        0.1,
        0.25,
        List.of("dcgm", "nvml", "nvidia_smi"));
  }

  /** Smaller is trusted more. */
  int rank(String source) {
    int colon = source.indexOf(':');
    String first = colon < 0 ? source : source.substring(0, colon);
    int place = sourceOrder.indexOf(first);
    return place < 0 ? sourceOrder.size() : place;
  }
}
