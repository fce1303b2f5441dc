package dev.reeve.board;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a run is on its own way. Nobody can check what it says of the whole, so nothing is taken
 * from a number that proves wrong: neither that a run is nearly done nor that it has just begun.
 */
final class Progress {
  private OptionalLong step = OptionalLong.empty();
  private OptionalLong total = OptionalLong.empty();
  private long largest;

  void report(OptionalLong newStep, OptionalLong newTotal) {
    step = newStep.isPresent() ? newStep : step;
    total = newTotal.isPresent() ? newTotal : total;
    largest = Math.max(largest, newTotal.orElse(0));
  }

  void forget() {
    step = OptionalLong.empty();
    total = OptionalLong.empty();
    largest = 0;
  }

  OptionalLong step() {
    return step;
  }

  /** Empty where {@link #share()} is known. */
  Optional<String> whyNot() {
    if (step.isEmpty()) {
      return Optional.of("it reports no step");
    }
    if (total.isEmpty()) {
      return Optional.of("it does not say how many steps it will take");
    }
    long of = total.getAsLong();
    if (of <= 0) {
      return Optional.of("it says that it will take " + of + " steps");
    }
    if (of < largest) {
      return Optional.of("the steps that it will take shrank from " + largest + " to " + of);
    }
    return step.getAsLong() > of
        ? Optional.of("it is at step " + step.getAsLong() + ", past the " + of + " it will take")
        : Optional.empty();
  }

  /** From 0 to 1. */
  double share() {
    return (double) step.orElseThrow() / total.orElseThrow();
  }
}
