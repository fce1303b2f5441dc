package dev.reeve.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Currency;

/** What something costs in an hour. */
public record MoneyPerHour(Money perHour) {
  private static final BigDecimal NANOS_PER_HOUR = BigDecimal.valueOf(3_600_000_000_000L);

  public static MoneyPerHour of(String amount, String currency) {
    return new MoneyPerHour(Money.of(amount, currency));
  }

  public static MoneyPerHour zero(Currency currency) {
    return new MoneyPerHour(Money.zero(currency));
  }

  public Currency currency() {
    return perHour.currency();
  }

  /** Throws {@link IllegalArgumentException} for another currency. */
  public MoneyPerHour plus(MoneyPerHour other) {
    return new MoneyPerHour(perHour.plus(other.perHour));
  }

  public MoneyPerHour times(BigDecimal factor) {
    return new MoneyPerHour(new Money(perHour.amount().multiply(factor), currency()));
  }

  /** What it comes to over a time. */
  public Money over(Duration time) {
    BigDecimal hours =
        BigDecimal.valueOf(time.toNanos()).divide(NANOS_PER_HOUR, MathContext.DECIMAL64);
    return new Money(perHour.amount().multiply(hours), currency());
  }

  @Override
  public String toString() {
    return perHour + "/h";
  }
}
