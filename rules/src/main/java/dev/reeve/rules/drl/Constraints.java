package dev.reeve.rules.drl;

import dev.reeve.config.Nearest;
import dev.reeve.model.Join;
import dev.reeve.rules.drl.Cursor.Stop;
import dev.reeve.rules.drl.DrlToken.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what stands in the brackets of a pattern, by recursive descent; each word once. */
final class Constraints {
  static final int DEEPEST = 16;
  static final int LONGEST_NUMBER = 8;

  private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "==");
  private static final List<String> KEYS =
      Arrays.stream(Join.Key.values()).map(Join.Key::text).toList();

  private final Cursor at;
  private final Consumer<Refused> refusals;
  private int depth;

  /**
   * @param refusals is told of each constraint that is left out
   */
  Constraints(Cursor at, Consumer<Refused> refusals) {
    this.at = at;
    this.refusals = refusals;
  }

  /** All that must hold: commas and {@code &&} of the outermost level say the same. */
  List<Term> all() throws Stop {
    List<Term> all = new ArrayList<>();
    do {
      int beginning = at.mark();
      try {
        Term term = whole();
        if (term instanceof Term.Logic(boolean and, List<Term> of) && and) {
          all.addAll(of);
        } else {
          all.add(term);
        }
      } catch (Stop stop) {
        if (!at.toConstraintsEnd(beginning)) {
          throw stop;
        }
        refusals.accept(stop.refused());
      }
    } while (at.skip(","));
    return all;
  }

  private Term whole() throws Stop {
    Term term = either();
    if (!at.now().is(",") && !at.now().is(")")) {
      throw at.wrong(DrlCode.SYNTAX, "')'");
    }
    return term;
  }

  private Term either() throws Stop {
    return logic(false);
  }

  private Term logic(boolean and) throws Stop {
    List<Term> parts = new ArrayList<>();
    parts.add(and ? comparison() : logic(true));
    while (at.skip(and ? "&&" : "||")) {
      parts.add(and ? comparison() : logic(true));
    }
    return parts.size() == 1 ? parts.getFirst() : new Term.Logic(and, parts);
  }

  private Term comparison() throws Stop {
    Term left = sum();
    DrlToken symbol = at.now();
    if (symbol.is("!=")) {
      throw at.wrong(DrlCode.NOT_EQUAL, "< and >, or == with each word that is meant");
    }
    if (symbol.kind() == Kind.WORD) {
      throw word(symbol);
    }
    if (!COMPARISONS.contains(symbol.text())) {
      return left;
    }
    at.step();
    Term right = sum();
    if (at.now().kind() == Kind.WORD) {
      throw word(at.now());
    }
    if (COMPARISONS.contains(at.now().text()) && at.now().kind() == Kind.SYMBOL) {
      throw at.wrong(DrlCode.SYNTAX, "'&&' between two comparisons");
    }
    return new Term.Compare(left, new Term.Operator(symbol.text(), symbol.at()), right);
  }

  private Stop word(DrlToken word) {
    if (Words.OF_RULES.contains(word.text())) {
      return at.wrong(DrlCode.SYNTAX, "')'");
    }
    if (Words.CODE.contains(word.text())) {
      return at.wrong(DrlCode.CODE, "fields, numbers and + - * /");
    }
    if (Words.BETWEEN.contains(word.text())) {
      String right = word.is("or") ? "||" : "&&";
      return at.wrong(DrlCode.SYNTAX, "'" + right + "'", right);
    }
    return at.wrong(DrlCode.OPERATOR, "< <= > >= or ==");
  }

  private Term sum() throws Stop {
    Term left = product();
    while (at.now().is("+") || at.now().is("-")) {
      left = counted(left, at.step(), product());
    }
    return left;
  }

  private Term product() throws Stop {
    Term left = factor();
    while (at.now().is("*") || at.now().is("/")) {
      left = counted(left, at.step(), factor());
    }
    return left;
  }

  /** The engine's own parser doubles its time with every operation within another, or more. */
  private static Term counted(Term left, DrlToken symbol, Term right) throws Stop {
    Term of = new Term.Arithmetic(left, new Term.Operator(symbol.text(), symbol.at()), right);
    if (operations(of) > LONGEST_NUMBER) {
      throw new Stop(
          new Refused(
              DrlCode.TOO_LARGE,
              symbol.at(),
              "at most 8 operations in a number",
              symbol.found(),
              ""));
    }
    return of;
  }

  private static int operations(Term term) {
    return switch (term) {
      case Term.Arithmetic of -> 1 + operations(of.left()) + operations(of.right());
      case Term.Negative negative -> operations(negative.of());
      default -> 0;
    };
  }

  private Term factor() throws Stop {
    if (depth >= DEEPEST) {
      throw at.wrong(DrlCode.TOO_LARGE, "at most 16 levels of brackets");
    }
    depth++;
    try {
      DrlToken token = at.now();
      return switch (token.kind()) {
        case NUMBER -> {
          if (!token.text().chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
            throw at.wrong(DrlCode.NUMBER, "a plain number in the base unit");
          }
          at.step();
          yield new Term.Plain(token.text(), token.at());
        }
        case TEXT -> {
          at.step();
          yield new Term.Text(token.text(), token.at());
        }
        case WORD -> named(token);
        case SYMBOL -> symbol(token);
        case END -> throw at.wrong(DrlCode.SYNTAX, "a field or a number");
      };
    } finally {
      depth--;
    }
  }

  private Term symbol(DrlToken token) throws Stop {
    if (token.is("(")) {
      at.step();
      Term inner = either();
      at.take(")");
      boolean cast = at.now().kind() != Kind.SYMBOL && at.now().kind() != Kind.END;
      if ((cast && !operator(at.now())) || at.now().is("(") || at.now().is(".")) {
        throw at.wrong(DrlCode.CODE, "an operator behind the bracket");
      }
      return inner;
    }
    if (token.is("-")) {
      at.step();
      Term of = factor();
      return new Term.Negative(of, token.at().until(of.at()));
    }
    if (token.is("!")) {
      throw at.wrong(DrlCode.ABSENCE, "the opposite comparison");
    }
    throw at.wrong(DrlCode.SYNTAX, "a field or a number");
  }

  /** A word that is known to stand between two numbers, which gets its own message. */
  private static boolean operator(DrlToken token) {
    return token.kind() == Kind.WORD && token.text().chars().allMatch(c -> c >= 'a' && c <= 'z');
  }

  private Term named(DrlToken word) throws Stop {
    if (Words.ABSENCE.contains(word.text())) {
      throw at.wrong(DrlCode.ABSENCE, "the opposite comparison");
    }
    if (Words.COUNTING.contains(word.text())) {
      throw at.wrong(DrlCode.COUNTING, "a window or an attribute");
    }
    if (word.is("exists")) {
      throw at.wrong(DrlCode.EXISTS, "a comparison; 'exists' stands before a whole pattern");
    }
    if (Words.CODE.contains(word.text())) {
      throw at.wrong(DrlCode.CODE, "a field or a number");
    }
    Term term = word.text().startsWith("$") ? variable(word) : field(word);
    for (String symbol : List.of("(", ".", "[", "#", ":", "{")) {
      if (at.now().is(symbol)) {
        throw symbol.equals(":")
            ? at.wrong(DrlCode.SYNTAX, "a constraint; only whole patterns have a name")
            : at.wrong(DrlCode.CODE, "an operator, ',' or ')'");
      }
    }
    return term;
  }

  private Term variable(DrlToken word) throws Stop {
    at.step();
    String name = word.text().substring(1);
    if (!at.now().is(".")) {
      return new Term.Parameter(name, word.at());
    }
    at.step();
    Optional<Join.Key> key = key(at.now().text());
    if (key.isEmpty()) {
      String nearest = Nearest.to(at.now().text(), KEYS);
      boolean code = at.after().is("(") || nearest.isEmpty();
      throw code
          ? at.wrong(DrlCode.CODE, "subject, owner or group")
          : at.wrong(DrlCode.JOIN, "subject, owner or group", nearest);
    }
    return new Term.Name(name, key.get(), word.at().until(at.step().at()));
  }

  private Term field(DrlToken word) throws Stop {
    Optional<Join.Key> key = key(word.text());
    if (key.isPresent()) {
      at.step();
      return new Term.Name("", key.get(), word.at());
    }
    Optional<Field> field = Field.named(word.text());
    if (field.isEmpty()) {
      boolean code = List.of("(", ".", "[", "#", "{").contains(at.after().text());
      code |= Character.isUpperCase(word.text().charAt(0));
      throw code
          ? at.wrong(DrlCode.CODE, "a field or a number")
          : at.wrong(DrlCode.FIELD, "a field", Field.nearest(word.text()));
    }
    at.step();
    return new Term.Asked(field.get(), word.at());
  }

  private static Optional<Join.Key> key(String text) {
    return Arrays.stream(Join.Key.values()).filter(of -> of.text().equals(text)).findFirst();
  }
}
