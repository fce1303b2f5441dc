package dev.reeve.rules.yaml;

import dev.reeve.model.SubjectKind;
import dev.reeve.model.Unit;
import dev.reeve.rules.drl.DrlCode;
import dev.reeve.rules.drl.Field;
import dev.reeve.rules.drl.Refused;
import dev.reeve.rules.drl.Stretch;
import dev.reeve.rules.drl.Term;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Turns constraints into what the YAML tier reads, so that both are checked by the same code: each
 * plain number gets the base unit of what it is compared with, or added to.
 */
final class DrlNodes {
  private final SubjectKind subject;
  private final Parameters parameters;
  private final Consumer<Refused> refusals;

  DrlNodes(SubjectKind subject, Parameters parameters, Consumer<Refused> refusals) {
    this.subject = subject;
    this.parameters = parameters;
    this.refusals = refusals;
  }

  /** Empty where something was wrong, which was reported then. */
  Optional<Node> node(Term term) {
    return switch (term) {
      case Term.Logic logic -> {
        List<Node> parts = new ArrayList<>();
        logic.of().forEach(part -> node(part).ifPresent(parts::add));
        yield parts.size() == logic.of().size()
            ? Optional.of(new Node.Logic(logic.and(), parts))
            : Optional.empty();
      }
      case Term.Compare compare -> compare(compare);
      default -> {
        refuse(DrlCode.SYNTAX, term.at(), "a comparison such as x < 0.01");
        yield Optional.empty();
      }
    };
  }

  private Optional<Node> compare(Term.Compare compare) {
    Term left = compare.left();
    Term right = compare.right();
    if (kind(left) && right instanceof Term.Text text) {
      Node word = new Node.Name(text.text(), inside(text.at()));
      return Optional.of(
          new Node.Compare(
              new Node.Name(Conditioner.KIND, span(left.at())), token(compare.symbol()), word));
    }
    SortedSet<String> currencies = new TreeSet<>();
    if (!number(left, currencies) || !number(right, currencies)) {
      return Optional.empty();
    }
    if (currencies.size() > 1) {
      refuse(DrlCode.FIELD, compare.at(), "one currency");
      return Optional.empty();
    }
    String money = currencies.stream().findFirst().orElse("");
    Optional<Unit> unit = unit(left, money).or(() -> unit(right, money));
    return Optional.of(
        new Node.Compare(
            written(left, unit, money), token(compare.symbol()), written(right, unit, money)));
  }

  private static boolean kind(Term term) {
    return term instanceof Term.Asked(Field field, _) && field instanceof Field.Kind;
  }

  /** Whether it is made of numbers; collects the currencies in it. */
  private boolean number(Term term, SortedSet<String> currencies) {
    return switch (term) {
      case Term.Plain _, Term.Parameter _ -> true;
      case Term.Asked asked -> {
        if (asked.field() instanceof Field.Cost(String code)) {
          currencies.add(code);
          yield currency(code, asked.at());
        }
        if (asked.field() instanceof Field.Kind) {
          refuse(DrlCode.SYNTAX, asked.at(), "workload_kind == \"training\"");
          yield false;
        }
        yield true;
      }
      case Term.Negative negative -> number(negative.of(), currencies);
      case Term.Arithmetic of -> number(of.left(), currencies) && number(of.right(), currencies);
      case Term.Text text -> {
        refuse(DrlCode.SYNTAX, text.at(), "a number");
        yield false;
      }
      case Term.Name name -> {
        refuse(DrlCode.JOIN, name.at(), "a join as a constraint of its own");
        yield false;
      }
      case Term.Compare _, Term.Logic _ -> {
        refuse(DrlCode.SYNTAX, term.at(), "a number");
        yield false;
      }
    };
  }

  private boolean currency(String code, Stretch at) {
    Optional<Currency> known = Units.currency(code);
    if (known.isEmpty()) {
      refuse(DrlCode.FIELD, at, "a currency, such as cost_rate_usd");
    }
    return known.isPresent();
  }

  /** Of what asks for something; empty for numbers alone. */
  private Optional<Unit> unit(Term term, String money) {
    if (!asks(term)) {
      return Optional.empty();
    }
    Reporter silent = (_, _, _) -> {};
    return new Numbers(subject, parameters, silent)
        .typed(written(term, Optional.empty(), money), Units.currency(money))
        .map(Numbers.Typed::unit);
  }

  private static boolean asks(Term term) {
    return switch (term) {
      case Term.Asked _, Term.Parameter _ -> true;
      case Term.Negative negative -> asks(negative.of());
      case Term.Arithmetic of -> asks(of.left()) || asks(of.right());
      case Term.Plain _, Term.Text _, Term.Name _, Term.Compare _, Term.Logic _ -> false;
    };
  }

  /**
   * The same with units.
   *
   * @param unit of plain numbers in it that are not factors
   */
  private Node written(Term term, Optional<Unit> unit, String money) {
    return switch (term) {
      case Term.Plain number ->
          new Node.Quantity(
              number.digits(), base(unit.orElse(Unit.COUNT), money), span(number.at()));
      case Term.Parameter of -> new Node.Parameter(of.name(), span(of.at()));
      case Term.Asked asked -> asked(asked);
      case Term.Negative negative ->
          new Node.Negative(written(negative.of(), unit, money), span(negative.at()));
      case Term.Arithmetic of -> arithmetic(of, unit, money);
      case Term.Text _, Term.Name _, Term.Compare _, Term.Logic _ ->
          throw new IllegalStateException("no number: " + term);
    };
  }

  private Node arithmetic(Term.Arithmetic of, Optional<Unit> wanted, String money) {
    Optional<Unit> left = unit(of.left(), money);
    Optional<Unit> right = unit(of.right(), money);
    Optional<Unit> none = Optional.empty();
    return switch (of.symbol().text()) {
      case "+", "-" -> {
        Optional<Unit> both = left.or(() -> right).or(() -> wanted);
        yield arithmetic(of, written(of.left(), both, money), written(of.right(), both, money));
      }
      case "*" -> arithmetic(of, written(of.left(), none, money), written(of.right(), none, money));
      default ->
          arithmetic(
              of,
              written(of.left(), left.isEmpty() ? right : none, money),
              written(of.right(), none, money));
    };
  }

  private static Node arithmetic(Term.Arithmetic of, Node left, Node right) {
    return new Node.Arithmetic(left, token(of.symbol()), right);
  }

  private static Node asked(Term.Asked asked) {
    Span span = span(asked.at());
    return switch (asked.field()) {
      case Field.Window window ->
          new Node.Call(
              new Node.Name(window.statistic(), span),
              List.of(new Node.Name(window.signal().text(), span), time(window.span(), span)),
              span);
      case Field.OfAttribute of -> new Node.Name(of.attribute().text(), span);
      case Field.Cost _ -> new Node.Name("cost.rate", span);
      case Field.Kind _ -> new Node.Name(Conditioner.KIND, span);
    };
  }

  private static Node time(String text, Span span) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    return new Node.Quantity(text.substring(0, digits), text.substring(digits), span);
  }

  /** How YAML writes the unit that numbers of that kind are kept in. */
  private static String base(Unit unit, String money) {
    return switch (unit) {
      case RATIO -> "x";
      case COUNT -> "";
      case CELSIUS -> "C";
      case PER_SECOND -> "/s";
      case SECONDS -> "s";
      case BYTES, WATTS, JOULES, HERTZ, BYTES_PER_SECOND, CORES -> unit.symbol();
      case MONEY_PER_HOUR -> money + "/h";
    };
  }

  private void refuse(DrlCode code, Stretch at, String expected) {
    refusals.accept(new Refused(code, at, expected, "something else", ""));
  }

  private static Token token(Term.Operator symbol) {
    return new Token(Token.Kind.SYMBOL, symbol.text(), symbol.at().from(), symbol.at().to());
  }

  private static Span span(Stretch at) {
    return new Span(at.from(), at.to());
  }

  /** Of a string without its quotes. */
  private static Span inside(Stretch at) {
    return new Span(at.from() + 1, Math.max(at.from() + 2, at.to() - 1));
  }
}
