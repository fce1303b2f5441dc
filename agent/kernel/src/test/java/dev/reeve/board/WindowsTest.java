package dev.reeve.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.reeve.model.Signal;
import dev.reeve.model.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowsTest {
  @Test
  void makesEachWindowOnceHoweverManyAreAskedFor() {
    List<String> made = new ArrayList<>();
    Windows windows =
        new Windows(
            (signal, span) -> {
              made.add(signal + " over " + span);
              return new Window.Unknown(Window.Reason.STALE, signal + " over " + span);
            });
    Random random = new Random(3);
    Map<String, Window> first = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      Signal signal = Signal.values()[random.nextInt(5)];
      // a new object each time: spans are the same where they are as long
      Duration span = Duration.ofMinutes(random.nextInt(8));
      Window window = windows.of(signal, span);
      String name = signal + " over " + span;
      assertEquals(new Window.Unknown(Window.Reason.STALE, name), window);
      Window before = first.putIfAbsent(name, window);
      if (before != null) {
        assertSame(before, window);
      }
    }
    assertEquals(40, made.size());
    assertEquals(40, first.size());
  }
}
