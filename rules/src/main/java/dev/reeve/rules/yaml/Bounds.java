package dev.reeve.rules.yaml;

import dev.reeve.model.Attribute;
import dev.reeve.model.Condition;
import dev.reeve.model.Expression;
import dev.reeve.model.Feature;
import dev.reeve.model.Signal;
import dev.reeve.model.Unit;
import java.util.Optional;

/** Finds thresholds that no measured value can cross. */
final class Bounds {
  private Bounds() {}

  /** In words why the answer is known beforehand; empty where it is not. */
  static Optional<String> answered(Condition.Compare compare) {
    if (!(compare.left() instanceof Expression.Ask(Feature feature))
        || !(compare.right() instanceof Expression.Constant constant)
        || signed(feature)) {
      return Optional.empty();
    }
    double limit = constant.value();
    boolean share = share(feature);
    return switch (compare.comparison()) {
      case LESS -> limit <= 0 ? never() : share && limit > 1 ? always() : Optional.empty();
      case AT_MOST -> limit < 0 ? never() : share && limit >= 1 ? always() : Optional.empty();
      case GREATER -> limit < 0 ? always() : share && limit >= 1 ? never() : Optional.empty();
      case AT_LEAST -> limit <= 0 ? always() : share && limit > 1 ? never() : Optional.empty();
    };
  }

  private static Optional<String> always() {
    return Optional.of("one that is always true where the value is known");
  }

  private static Optional<String> never() {
    return Optional.of("one that is never true");
  }

  /** Whether it may be below zero. */
  static boolean signed(Feature feature) {
    return switch (feature) {
      case Feature.OfWindow window -> window.signal().unit() == Unit.CELSIUS;
      case Feature.OfAttribute of ->
          of.attribute() == Attribute.RUN_LAST_LOSS || of.attribute() == Attribute.RUN_BEST_LOSS;
      case Feature.OfQuantile _, Feature.OfCost _, Feature.OfTimes _ -> false;
    };
  }

  private static boolean share(Feature feature) {
    if (feature instanceof Feature.OfAttribute(Attribute of)) {
      return of == Attribute.RUN_PROGRESS;
    }
    return feature instanceof Feature.OfWindow window
        && window.signal().unit() == Unit.RATIO
        && window.signal() != Signal.GPU_POWER_OVER_IDLE;
  }
}
