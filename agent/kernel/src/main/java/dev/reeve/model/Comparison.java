package dev.reeve.model;

/** How two numbers are compared. Equality of measured numbers is not offered. */
public enum Comparison {
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">=");

  private final String text;

  Comparison(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  public boolean holds(double left, double right) {
    return switch (this) {
      case LESS -> left < right;
      case AT_MOST -> left <= right;
      case GREATER -> left > right;
      case AT_LEAST -> left >= right;
    };
  }
}
