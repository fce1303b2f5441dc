package dev.reeve.json;

import java.math.BigDecimal;

/// A JSON number, or one of the three values that Python and others write although JSON has none of
/// them. Use [#of(BigDecimal)] where it is not known which kind a number is.
public sealed interface JsonNumber extends JsonValue {
  /// Digits that a number may have.
  int MAX_DIGITS = 1_000;

  /// The largest exponent, up or down: beyond it a harmless looking `1e999999999` would fill the
  /// heap as soon as somebody adds one to it.
  int MAX_EXPONENT = 9_999;

  /// The nearest double; infinite where the number is too large for one.
  double real();

  /// A number without fraction or exponent that fits into a long.
  record Whole(long value) implements JsonNumber {
    @Override
    public double real() {
      return value;
    }
  }

  /// Any other finite number, with the digits as they were written.
  record Decimal(BigDecimal value) implements JsonNumber {
    public Decimal {
      if (isWhole(value)) {
        throw new IllegalArgumentException(value + " is whole: build it by JsonNumber.of");
      }
      if (value.precision() > MAX_DIGITS) {
        throw new IllegalArgumentException("a number of more than " + MAX_DIGITS + " digits");
      }
      if (Math.abs((long) value.precision() - value.scale()) > MAX_EXPONENT
          || Math.abs((long) value.scale()) > MAX_EXPONENT) {
        throw new IllegalArgumentException("an exponent of more than " + MAX_EXPONENT);
      }
    }

    @Override
    public double real() {
      return value.doubleValue();
    }
  }

  /// What is not JSON: only a lenient reader makes these, and a writer refuses them unless told to
  /// write them as strings.
  enum NonFinite implements JsonNumber {
    NAN("NaN", Double.NaN),
    POSITIVE_INFINITY("Infinity", Double.POSITIVE_INFINITY),
    NEGATIVE_INFINITY("-Infinity", Double.NEGATIVE_INFINITY);

    private final String text;
    private final double real;

    NonFinite(String text, double real) {
      this.text = text;
      this.real = real;
    }

    /// As JavaScript and Python spell it.
    public String text() {
      return text;
    }

    @Override
    public double real() {
      return real;
    }
  }

  static JsonNumber of(long value) {
    return new Whole(value);
  }

  static JsonNumber of(BigDecimal value) {
    return isWhole(value) ? new Whole(value.longValueExact()) : new Decimal(value);
  }

  static JsonNumber of(double value) {
    if (Double.isNaN(value)) {
      return NonFinite.NAN;
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? NonFinite.POSITIVE_INFINITY : NonFinite.NEGATIVE_INFINITY;
    }
    return of(BigDecimal.valueOf(value));
  }

  private static boolean isWhole(BigDecimal value) {
    return value.scale() == 0 && value.unscaledValue().bitLength() < Long.SIZE;
  }
}
