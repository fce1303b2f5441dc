package dev.reeve.rules;

import dev.reeve.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Replays a busy little world and prints all that would have been. */
final class ReplayOnce {
  private ReplayOnce() {}

  public static void main(String[] arguments) throws Exception {
    System.out.print(text(Path.of(arguments[0])));
    System.out.flush();
  }

  static String text(Path folder) throws Exception {
    StringBuilder text = new StringBuilder();
    Past past =
        new Past(
            24,
            Duration.ofHours(12),
            (gpu, minute) ->
                gpu % 5 == 4 && minute > 200
                    ? Optional.empty()
                    : Optional.of((minute + gpu / 6 * 37) % (200 + gpu / 6) < 90));
    BacktestTest.run(past, "guard: {budget: {actions: 3, per: 1h}}", folder)
        .forEach(action -> text.append(Json.write(action)).append('\n'));
    return text.toString();
  }
}
