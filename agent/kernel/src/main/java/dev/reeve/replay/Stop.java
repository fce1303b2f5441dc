package dev.reeve.replay;

import dev.reeve.model.Cost;
import dev.reeve.model.Money;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a workload that would have been ended.
 *
 * @param activeAgain when it worked again within the horizon: then ending it was wrong
 * @param held how long it would still have held its GPUs until it ended, worked again, or the
 *     horizon was over
 * @param wholeHorizon whether the recording reaches to the horizon, or to its own end
 */
record Stop(
    String plan,
    long atNanos,
    int gpus,
    Cost rate,
    OptionalLong activeAgain,
    Duration held,
    boolean wholeHorizon) {

  /** What it would have cost in that time; empty where no price is known. */
  Optional<Money> saved() {
    return rate instanceof Cost.Known known ? Optional.of(money(known)) : Optional.empty();
  }

  private Money money(Cost.Known known) {
    Money exact = known.rate().over(held);
    return new Money(exact.amount().setScale(4, RoundingMode.HALF_UP), exact.currency());
  }

  double gpuHours() {
    return gpus * (held.toNanos() / 3.6e12);
  }
}
