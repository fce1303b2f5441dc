package dev.reeve.rules.drl;

import dev.reeve.model.Join;
import java.util.List;

/** A constraint as it is written, before it has units. */
public sealed interface Term {
  Stretch at();

  record Literal(String digits, Stretch at) implements Term {}

  record Text(String text, Stretch at) implements Term {}

  /** {@code $idle_below}: a parameter that the YAML file gives. */
  record Parameter(String name, Stretch at) implements Term {}

  record Asked(Field field, Stretch at) implements Term {}

  /**
   * A name that subjects are joined by.
   *
   * @param alias whose it is; empty for the pattern's own
   */
  record Name(String alias, Join.Key key, Stretch at) implements Term {}

  record Negative(Term of, Stretch at) implements Term {}

  /**
   * @param symbol one of {@code + - * /}
   */
  record Arithmetic(Term left, Operator symbol, Term right) implements Term {
    @Override
    public Stretch at() {
      return left.at().until(right.at());
    }
  }

  /**
   * @param symbol one of {@code < <= > >= ==}
   */
  record Compare(Term left, Operator symbol, Term right) implements Term {
    @Override
    public Stretch at() {
      return left.at().until(right.at());
    }
  }

  /**
   * @param and whether all must hold, or any
   */
  record Logic(boolean and, List<Term> of) implements Term {
    public Logic {
      of = List.copyOf(of);
    }

    @Override
    public Stretch at() {
      return of.getFirst().at().until(of.getLast().at());
    }
  }

  /** A symbol and where it stands. */
  record Operator(String text, Stretch at) {}
}
