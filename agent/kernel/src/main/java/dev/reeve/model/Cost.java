package dev.reeve.model;

/** A cost rate, or why there is none. */
public sealed interface Cost {

  /**
   * @param source where the price comes from, with its date and market
   */
  record Known(MoneyPerHour rate, String source) implements Cost {}

  /**
   * @param reason what is missing, in words, with what to configure
   */
  record Unknown(String reason) implements Cost {}

  default String text() {
    return switch (this) {
      case Known known -> known.rate().toString();
      case Unknown _ -> "unknown";
    };
  }
}
