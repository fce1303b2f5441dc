package dev.reeve.rules.yaml;

import java.util.List;

/** A condition as it is written, before anything in it has a meaning. */
sealed interface Node {
  Span span();

  /** A number with the unit behind it, as written. */
  record Quantity(String number, String unit, Span span) implements Node {}

  record Name(String text, Span span) implements Node {}

  record Parameter(String name, Span span) implements Node {}

  /** {@code max(gpu.engine_active, 30m)}. */
  record Call(Name statistic, List<Node> arguments, Span span) implements Node {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  record Negative(Node of, Span span) implements Node {}

  /**
   * @param symbol one of {@code + - * /}
   */
  record Arithmetic(Node left, Token symbol, Node right) implements Node {
    @Override
    public Span span() {
      return left.span().until(right.span());
    }
  }

  record Compare(Node left, Token symbol, Node right) implements Node {
    @Override
    public Span span() {
      return left.span().until(right.span());
    }
  }

  /** {@code workload.kind in [training, batch]}. */
  record OneOf(Node left, List<Name> words, Span span) implements Node {
    public OneOf {
      words = List.copyOf(words);
    }
  }

  /**
   * @param and whether all must hold, or any
   */
  record Logic(boolean and, List<Node> of) implements Node {
    public Logic {
      of = List.copyOf(of);
    }

    @Override
    public Span span() {
      return of.getFirst().span().until(of.getLast().span());
    }
  }
}
