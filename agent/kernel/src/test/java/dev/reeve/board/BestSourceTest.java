package dev.reeve.board;

import static dev.reeve.board.Readings.known;
import static dev.reeve.board.Readings.unknown;
import static dev.reeve.board.Readings.window;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.reeve.model.Signal;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BestSourceTest {
  private static final Window STALE = new Window.Unknown(Reason.STALE, "old");

  private static Window of(Signal signal, Window... windows) {
    List<BestSource.Word> words =
        java.util.stream.IntStream.range(0, windows.length)
            .mapToObj(i -> new BestSource.Word("s" + i, windows[i]))
            .toList();
    return BestSource.of(signal, words, BoardSettings.defaults());
  }

  private static Window util(Window... windows) {
    return of(Signal.GPU_UTILIZATION, windows);
  }

  @Test
  void takesTheMostTrustedSource() {
    Window.Known best = known(util(window(0, 0.5, 0.2), window(0, 0.5, 0.21)));
    assertEquals(0.2, best.mean());
    assertEquals(0.2, best.last());
  }

  @Test
  void takesTheNextWhereTheMostTrustedDoesNotKnow() {
    assertEquals(0.2, known(util(STALE, window(0, 0.5, 0.2))).mean());
  }

  @Test
  void saysWhyTheMostTrustedDoesNotKnowWhereNoneDoes() {
    Window young = new Window.Unknown(Reason.TOO_YOUNG, "young");
    assertSame(STALE, util(STALE, young));
    assertSame(young, util(young, STALE));
  }

  @Test
  void countsWhatAnyOfThemSaw() {
    Window.Known widened = known(util(window(0.1, 0.5, 0.3), window(0.05, 0.58, 0.3)));
    assertEquals(0.05, widened.min());
    assertEquals(0.58, widened.max());
    assertEquals(0.3, widened.mean());
  }

  @Test
  void isUnknownWhereRatiosDifferByMoreThanATenth() {
    known(util(window(0, 0.5, 0.2), window(0, 0.6, 0.2)));
    Window.Unknown max =
        unknown(
            Reason.DISAGREEMENT,
            of(Signal.GPU_UTILIZATION, window(0, 0.5, 0.2), window(0, 0.61, 0.2)));
    assertEquals(
        "s0 says 0.000 to 0.5000, in the mean 0.2000, s1 says 0.000 to 0.6100, in the mean 0.2000",
        max.detail());
    unknown(Reason.DISAGREEMENT, util(window(0, 0.5, 0.2), window(0, 0.5, 0.31)));
    unknown(Reason.DISAGREEMENT, util(window(0, 0.5, 0.3), window(0.11, 0.5, 0.3)));
  }

  @Test
  void isUnknownWhereOtherReadingsDifferByMoreThanAQuarter() {
    known(of(Signal.GPU_POWER, window(100, 400, 300), window(80, 310, 240)));
    unknown(
        Reason.DISAGREEMENT, of(Signal.GPU_POWER, window(100, 400, 300), window(100, 299, 250)));
    known(of(Signal.GPU_POWER_OVER_IDLE, window(1, 4, 3), window(0.8, 3.1, 2.4)));
    unknown(
        Reason.DISAGREEMENT, of(Signal.GPU_POWER_OVER_IDLE, window(1, 4, 3), window(1, 2.9, 2.5)));
  }

  @Test
  void doesNotCallNoiseADisagreement() {
    known(of(Signal.GPU_MEMORY_USED, window(0, 6e6, 6e6), window(0, 5e8, 5e8)));
    known(of(Signal.GPU_PCIE_RATE, window(0, 100, 50), window(0, 9e5, 0)));
    known(of(Signal.GPU_POWER, window(5, 9, 8), window(8, 12, 12)));
    known(of(Signal.GPU_TEMPERATURE, window(10, 15, 12), window(14, 20, 16)));
  }

  @Test
  void comparesCountersByTheirIncrease() {
    unknown(Reason.DISAGREEMENT, of(Signal.GPU_ENERGY, rise(100), rise(74)));
    assertEquals(100, known(of(Signal.GPU_ENERGY, rise(100), rise(76))).increase());
    Window.Unknown why = unknown(Reason.DISAGREEMENT, of(Signal.GPU_ENERGY, rise(100), rise(0)));
    assertEquals("s0 says an increase of 100.0, s1 says an increase of 0.000", why.detail());
  }

  @Test
  void asksEverySourceThatKnows() {
    unknown(
        Reason.DISAGREEMENT,
        util(window(0, 0, 0), STALE, window(0, 0.05, 0), window(0.9, 1, 0.95)));
  }

  private static Window.Known rise(double increase) {
    return new Window.Known(
        Duration.ofMinutes(30), Double.NaN, Double.NaN, Double.NaN, 5, increase, 1, Duration.ZERO);
  }
}
