package dev.reeve.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Writes a condition as rule files do; what the language can say reads as the same again. */
public final class ConditionText {
  private static final String KIND = "workload.kind";

  private ConditionText() {}

  /** The condition as a whole. */
  public static String of(Condition condition) {
    return switch (condition) {
      case Condition.All all -> joined(all.of(), " and ");
      case Condition.Any any -> joined(any.of(), " or ");
      case Condition.KindIn in ->
          KIND
              + " in ["
              + String.join(", ", in.kinds().stream().map(WorkloadKind::text).toList())
              + "]";
      case Condition.Named named ->
          named.trait().text()
              + (named.among() ? " like " : " not like ")
              + String.join(" or ", named.patterns());
      case Condition.Compare compare -> compare(compare);
    };
  }

  private static String joined(List<Condition> parts, String between) {
    return String.join(between, parts.stream().map(ConditionText::part).toList());
  }

  private static String part(Condition part) {
    boolean bracket = part instanceof Condition.All || part instanceof Condition.Any;
    return bracket ? "(" + of(part) + ")" : of(part);
  }

  /** One side of a comparison. */
  public static String of(Expression expression, Condition.Compare within) {
    return text(expression, currency(within));
  }

  /** A value by itself, in a currency where it is money. */
  public static String of(Expression expression, String currency) {
    return text(expression, currency);
  }

  private static String compare(Condition.Compare compare) {
    String currency = currency(compare);
    return text(compare.left(), currency)
        + " "
        + compare.comparison().text()
        + " "
        + text(compare.right(), currency);
  }

  private static String currency(Condition.Compare compare) {
    return Conditions.features(compare).stream()
        .flatMap(
            feature ->
                feature instanceof Feature.OfCost of
                    ? Optional.of(of.currency().getCurrencyCode()).stream()
                    : Optional.<String>empty().stream())
        .findFirst()
        .orElse("");
  }

  private static String text(Expression expression, String currency) {
    return switch (expression) {
      case Expression.Constant constant -> constant(constant, currency);
      case Expression.Ask(Feature feature) ->
          switch (feature) {
            case Feature.OfCost _ -> "cost.rate";
            case Feature.OfQuantile of -> of.written();
            case Feature.OfWindow _, Feature.OfAttribute _, Feature.OfTimes _ -> feature.text();
          };
      case Expression.Choice choice ->
          "("
              + text(choice.then(), currency)
              + " where "
              + choice.trait().text()
              + " like "
              + String.join(" or ", choice.patterns())
              + ", else "
              + text(choice.otherwise(), currency)
              + ")";
      case Expression.Arithmetic arithmetic ->
          inner(arithmetic.left(), currency)
              + " "
              + arithmetic.operator().text()
              + " "
              + inner(arithmetic.right(), currency);
    };
  }

  private static String inner(Expression expression, String currency) {
    String text = text(expression, currency);
    return expression instanceof Expression.Arithmetic ? "(" + text + ")" : text;
  }

  private static String constant(Expression.Constant constant, String currency) {
    BigDecimal value = new BigDecimal(Double.toString(constant.value()));
    if (constant.unit() == Unit.RATIO) {
      value = value.movePointRight(2);
    }
    String number = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    return constant.unit() == Unit.MONEY_PER_HOUR
        ? number + " " + currency + "/h"
        : number + symbol(constant.unit());
  }

  /** The unit that a number of that kind is printed with: the number itself is not changed. */
  private static String symbol(Unit unit) {
    return switch (unit) {
      case RATIO -> "%";
      case COUNT -> "";
      case CELSIUS -> " C";
      case PER_SECOND -> "/s";
      case SECONDS -> "s";
      case BYTES, WATTS, JOULES, HERTZ, BYTES_PER_SECOND, CORES -> " " + unit.symbol();
      case MONEY_PER_HOUR -> "/h";
    };
  }
}
