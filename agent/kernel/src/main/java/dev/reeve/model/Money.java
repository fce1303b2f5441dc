package dev.reeve.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** An amount of one currency. Adding amounts of two currencies is an error, never a guess. */
public record Money(BigDecimal amount, Currency currency) {
  public static Money of(String amount, String currency) {
    return new Money(new BigDecimal(amount), Currency.getInstance(currency));
  }

  public static Money zero(Currency currency) {
    return new Money(BigDecimal.ZERO, currency);
  }

  /** Throws {@link IllegalArgumentException} for another currency. */
  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "cannot add " + other.currency + " to " + currency + " without a rate");
    }
    return new Money(amount.add(other.amount), currency);
  }

  /** Rounded to cents for people, such as {@code 12.50 USD}. */
  @Override
  public String toString() {
    return amount.setScale(2, RoundingMode.HALF_UP).toPlainString() + " " + currency;
  }
}
