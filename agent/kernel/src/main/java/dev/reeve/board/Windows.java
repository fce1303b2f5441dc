package dev.reeve.board;

import dev.reeve.model.Signal;
import dev.reeve.model.Window;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The windows of one subject at one instant. Rules and guards ask for the same; each is made once.
 */
final class Windows {
  private final Map<Asked, Window> made = new HashMap<>();
  private final BiFunction<Signal, Duration, Window> make;

  Windows(BiFunction<Signal, Duration, Window> make) {
    this.make = make;
  }

  private record Asked(Signal signal, Duration span) {}

  Window of(Signal signal, Duration span) {
    return made.computeIfAbsent(
        new Asked(signal, span), asked -> make.apply(asked.signal(), asked.span()));
  }
}
