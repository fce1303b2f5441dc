package dev.reeve.board;

import dev.reeve.model.Signal;
import dev.reeve.model.Window;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The windows of one subject at one instant. Rules and guards ask for the same; each is made once.
 */
final class Windows {
  /** Up to here looking at each is cheaper than hashing. */
  private static final int FEW = 12;

  private final BiFunction<Signal, Duration, Window> make;
  private final Map<Asked, Window> more = new HashMap<>(0);
  private Asked[] asked = new Asked[4];
  private Window[] made = new Window[4];
  private int size;

  Windows(BiFunction<Signal, Duration, Window> make) {
    this.make = make;
  }

  private record Asked(Signal signal, Duration span) {
    boolean is(Signal of, Duration over) {
      return signal == of && span.equals(over);
    }
  }

  Window of(Signal signal, Duration span) {
    for (int i = 0; i < size; i++) {
      if (asked[i].is(signal, span)) {
        return made[i];
      }
    }
    Asked now = new Asked(signal, span);
    if (size == FEW) {
      return more.computeIfAbsent(now, of -> make.apply(of.signal(), of.span()));
    }
    Window window = make.apply(signal, span);
    if (size == asked.length) {
      asked = Arrays.copyOf(asked, Math.min(FEW, 2 * size));
      made = Arrays.copyOf(made, asked.length);
    }
    asked[size] = now;
    made[size++] = window;
    return window;
  }
}
