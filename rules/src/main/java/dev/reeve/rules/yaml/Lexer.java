package dev.reeve.rules.yaml;

import dev.reeve.rules.yaml.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a condition into words, in one pass. */
final class Lexer {
  static final int LONGEST = 4_000;
  static final int MOST = 1_000;

  private final int[] points;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.points = text.codePoints().toArray();
  }

  static List<Token> tokens(String text) throws SyntaxException {
    Lexer lexer = new Lexer(text);
    if (lexer.points.length > LONGEST) {
      throw new SyntaxException(
          RuleCode.TOO_LONG,
          new Span(LONGEST, LONGEST + 1),
          new SyntaxException.Said("at most 4,000 characters", "a longer condition", ""));
    }
    lexer.run();
    return lexer.tokens;
  }

  private void run() throws SyntaxException {
    while (at < points.length) {
      int point = points[at];
      if (point == ' ' || point == '\n') {
        at++;
      } else if (digit(point)) {
        number();
      } else if (letter(point)) {
        int from = at;
        add(Kind.WORD, from, word());
      } else if (point == '$') {
        int from = at++;
        add(Kind.PARAMETER, from, word());
      } else {
        symbol();
      }
      if (tokens.size() > MOST) {
        Token last = tokens.getLast();
        throw new SyntaxException(
            RuleCode.TOO_COMPLEX,
            new Span(last.from(), last.to()),
            new SyntaxException.Said("at most 1,000 words", "one more", ""));
      }
    }
    add(Kind.END, at, at);
  }

  private void number() {
    int from = at;
    while (at < points.length && digit(points[at])) {
      at++;
    }
    if (at + 1 < points.length && points[at] == '.' && digit(points[at + 1])) {
      at++;
      while (at < points.length && digit(points[at])) {
        at++;
      }
    }
    add(Kind.NUMBER, from, at);
  }

  private int word() {
    while (at < points.length && (letter(points[at]) || digit(points[at]) || points[at] == '.')) {
      at++;
    }
    return at;
  }

  private void symbol() throws SyntaxException {
    int from = at;
    int two = at + 1 < points.length ? points[at + 1] : 0;
    int one = points[at];
    boolean doubled =
        (two == '=' && "<>=!".indexOf(one) >= 0) || (one == two && (one == '&' || one == '|'));
    if (!doubled && "+-*/<>=()[],%!&|".indexOf(one) < 0) {
      throw new SyntaxException(
          RuleCode.BAD_CHARACTER,
          new Span(at, at + 1),
          new SyntaxException.Said(
              "names, numbers, + - * / < <= > >= ( ) and $parameters", found(one), ""));
    }
    at += doubled ? 2 : 1;
    add(Kind.SYMBOL, from, at);
  }

  private static String found(int point) {
    String code = "U+%04X".formatted(point);
    return point > ' ' && point < 127 ? "'" + Character.toString(point) + "'" : code;
  }

  private void add(Kind kind, int from, int to) {
    tokens.add(new Token(kind, new String(points, from, to - from), from, to));
  }

  private static boolean digit(int point) {
    return point >= '0' && point <= '9';
  }

  private static boolean letter(int point) {
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || point == '_';
  }
}
