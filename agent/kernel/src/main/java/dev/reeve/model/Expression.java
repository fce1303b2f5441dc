package dev.reeve.model;

import java.util.List;

/** A number that a condition compares: a feature, a constant, or arithmetic over both. */
public sealed interface Expression {

  /** A feature of the pattern's own subject. */
  record Ask(Feature feature) implements Expression {}

  /** A constant in a canonical unit. */
  record Constant(double value, Unit unit) implements Expression {
    public Constant {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a constant is finite");
      }
    }
  }

  record Arithmetic(Expression left, Operator operator, Expression right) implements Expression {}

  /**
   * A constant that depends on a name; unknown where the name is.
   *
   * @param then what holds where the name is like one of the patterns
   * @param otherwise a constant, or the next choice
   */
  record Choice(Trait trait, List<String> patterns, Constant then, Expression otherwise)
      implements Expression {
    public Choice {
      patterns = Trait.checked(patterns);
      if (!(otherwise instanceof Constant) && !(otherwise instanceof Choice)) {
        throw new IllegalArgumentException("a choice is between constants");
      }
    }
  }

  /** The four operations; a division by zero is unknown. */
  enum Operator {
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    OVER("/");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    /** NaN where it cannot be told: a division by zero. */
    public double apply(double left, double right) {
      return switch (this) {
        case PLUS -> left + right;
        case MINUS -> left - right;
        case TIMES -> left * right;
        case OVER -> right == 0 ? Double.NaN : left / right;
      };
    }
  }
}
