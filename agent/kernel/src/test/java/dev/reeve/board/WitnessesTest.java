package dev.reeve.board;

import static dev.reeve.board.Readings.known;
import static dev.reeve.board.Readings.unknown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Signal;
import dev.reeve.model.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class WitnessesTest {
  private static final Duration SHORT = Duration.ofMinutes(10);
  private static final Duration MIDDLE = Duration.ofMinutes(30);
  private static final Duration LONG = Duration.ofHours(2);

  /** Utilization reaches back half an hour, power the whole time; nothing else was seen. */
  private final Witnesses witnesses =
      Witnesses.over(
          new TreeSet<>(List.of(SHORT, MIDDLE, LONG)),
          signal -> signal == Signal.GPU_UTILIZATION || signal == Signal.GPU_POWER_OVER_IDLE,
          (signal, span) ->
              signal == Signal.GPU_UTILIZATION && span.compareTo(MIDDLE) > 0
                  ? new Window.Unknown(Window.Reason.TOO_YOUNG, "young over " + span)
                  : new Window.Known(span, 0, 1, 0, 0, 0, 1, Duration.ZERO));

  private static Duration span(Map<Signal, Window> windows, Signal signal) {
    return known(windows.get(signal)).span();
  }

  @Test
  void areTakenOverTheSpanThatIsAskedFor() {
    assertEquals(SHORT, span(witnesses.over(SHORT), Signal.GPU_UTILIZATION));
    assertEquals(MIDDLE, span(witnesses.over(MIDDLE), Signal.GPU_UTILIZATION));
    assertEquals(LONG, span(witnesses.over(LONG), Signal.GPU_POWER_OVER_IDLE));
  }

  @Test
  void areTakenOverTheNextLongerSpanThatIsKept() {
    assertEquals(MIDDLE, span(witnesses.over(SHORT.plusNanos(1)), Signal.GPU_POWER_OVER_IDLE));
    assertEquals(LONG, span(witnesses.over(LONG.plusDays(1)), Signal.GPU_POWER_OVER_IDLE));
  }

  @Test
  void aYoungWitnessBearsWitnessOfWhatItHasSeen() {
    assertEquals(MIDDLE, span(witnesses.over(LONG), Signal.GPU_UTILIZATION));
  }

  @Test
  void aWitnessThatKnowsNothingIsUnknownOverTheLongestSpan() {
    Witnesses none =
        Witnesses.over(
            new TreeSet<>(List.of(SHORT, LONG)),
            signal -> signal == Signal.GPU_UTILIZATION,
            (_, span) -> new Window.Unknown(Window.Reason.STALE, "over " + span));
    Window.Unknown stale =
        unknown(Window.Reason.STALE, none.over(LONG).get(Signal.GPU_UTILIZATION));
    assertEquals("over " + LONG, stale.detail());
  }

  @Test
  void holdOnlyWhatWasSeen() {
    assertEquals(2, witnesses.over(LONG).size());
    assertTrue(Witnesses.none().over(LONG).isEmpty());
  }
}
