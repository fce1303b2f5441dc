package dev.reeve.rules.yaml;

import dev.reeve.config.Nearest;
import dev.reeve.rules.yaml.SyntaxException.Said;
import dev.reeve.rules.yaml.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a condition by recursive descent: {@code or} binds least, then {@code and}, comparisons,
 * {@code + -} and {@code * /}. Each word is looked at once, and brackets are counted.
 */
final class ConditionParser {
  static final int DEEPEST = 16;
  static final int LONGEST_NUMBER = 8;

  private static final Set<String> RESERVED = Set.of("and", "or", "in", "not");
  private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "==", "!=");

  private final List<Token> tokens;
  private int at;
  private int depth;

  private ConditionParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Node parse(String text) throws SyntaxException {
    ConditionParser parser = new ConditionParser(Lexer.tokens(text));
    Node node = parser.any();
    parser.end();
    return node;
  }

  /** A number alone: the value of a parameter. */
  static Node number(String text) throws SyntaxException {
    ConditionParser parser = new ConditionParser(Lexer.tokens(text));
    Node node = parser.factor();
    parser.end();
    return node;
  }

  private void end() throws SyntaxException {
    Token token = next();
    if (token.kind() != Kind.END) {
      throw astray(token, "'and', 'or' or the end");
    }
  }

  private Node any() throws SyntaxException {
    return logic(false);
  }

  private Node logic(boolean and) throws SyntaxException {
    List<Node> parts = new ArrayList<>();
    parts.add(and ? comparison() : logic(true));
    while (next().is(and ? "and" : "or")) {
      at++;
      parts.add(and ? comparison() : logic(true));
    }
    return parts.size() == 1 ? parts.getFirst() : new Node.Logic(and, parts);
  }

  private Node comparison() throws SyntaxException {
    Token token = next();
    if (token.is("not") || token.is("!")) {
      throw not(token);
    }
    Node left = sum();
    token = next();
    if (token.is("in")) {
      return oneOf(left);
    }
    if (token.is("not")) {
      throw wrong(RuleCode.NOT, token, "the words that are meant: workload.kind in [...]");
    }
    if (!COMPARISONS.contains(token.text())) {
      return left;
    }
    at++;
    Node compare = new Node.Compare(left, token, sum());
    if (COMPARISONS.contains(next().text())) {
      throw wrong(RuleCode.CHAINED, next(), "'and' between two comparisons");
    }
    return compare;
  }

  /** Shows the right form where what follows is one comparison. */
  private SyntaxException not(Token not) {
    String expected = "the opposite comparison";
    int from = at + 1;
    while (from < tokens.size() && tokens.get(from).is("(")) {
      from++;
    }
    StringBuilder right = new StringBuilder();
    for (int i = from; i < tokens.size() && right.length() < 80; i++) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.END || RESERVED.contains(token.text())) {
        break;
      }
      String text =
          switch (token.text()) {
            case "<" -> " >= ";
            case "<=" -> " > ";
            case ">" -> " <= ";
            case ">=" -> " < ";
            case "," -> ", ";
            default -> token.text();
          };
      right.append(text);
    }
    if (right.indexOf(" > ") >= 0 || right.indexOf(" < ") >= 0 || right.indexOf("= ") >= 0) {
      String opposite = right.toString();
      while (from > at + 1 && opposite.endsWith(")") && closes(opposite)) {
        opposite = opposite.substring(0, opposite.length() - 1);
      }
      expected = "`" + opposite.strip() + "`";
    }
    return wrong(RuleCode.NOT, not, expected);
  }

  private static boolean closes(String text) {
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
    }
    return open < 0;
  }

  private Node oneOf(Node left) throws SyntaxException {
    at++;
    take("[");
    List<Node.Name> words = new ArrayList<>();
    do {
      Token word = next();
      if (word.kind() != Kind.WORD) {
        throw astray(word, "a word");
      }
      at++;
      words.add(new Node.Name(word.text(), span(word)));
    } while (skip(","));
    Token end = take("]");
    return new Node.OneOf(left, words, left.span().until(span(end)));
  }

  private Node sum() throws SyntaxException {
    Node left = product();
    while (next().is("+") || next().is("-")) {
      Token symbol = next();
      at++;
      left = counted(new Node.Arithmetic(left, symbol, product()));
    }
    return left;
  }

  private Node product() throws SyntaxException {
    Node left = factor();
    while (next().is("*") || next().is("/")) {
      Token symbol = next();
      at++;
      left = counted(new Node.Arithmetic(left, symbol, factor()));
    }
    return left;
  }

  /** The engine's own parser doubles its time with every operation within another, or more. */
  private static Node counted(Node.Arithmetic number) throws SyntaxException {
    if (operations(number) > LONGEST_NUMBER) {
      throw wrong(RuleCode.TOO_COMPLEX, number.symbol(), "at most 8 operations in a number");
    }
    return number;
  }

  private static int operations(Node node) {
    return switch (node) {
      case Node.Arithmetic of -> 1 + operations(of.left()) + operations(of.right());
      case Node.Negative negative -> operations(negative.of());
      default -> 0;
    };
  }

  private Node factor() throws SyntaxException {
    Token token = next();
    if (depth >= DEEPEST) {
      throw wrong(RuleCode.TOO_COMPLEX, token, "at most 16 levels of brackets");
    }
    depth++;
    try {
      return factor(token);
    } finally {
      depth--;
    }
  }

  private Node factor(Token token) throws SyntaxException {
    if (token.is("(")) {
      at++;
      Node inner = any();
      take(")");
      return inner;
    }
    if (token.is("-")) {
      at++;
      Node of = factor();
      return new Node.Negative(of, span(token).until(of.span()));
    }
    return switch (token.kind()) {
      case NUMBER -> quantity();
      case PARAMETER -> {
        at++;
        yield new Node.Parameter(token.text().substring(1), span(token));
      }
      case WORD -> name(token);
      case SYMBOL, END -> throw astray(token, "a number, a signal or an attribute");
    };
  }

  private Node name(Token token) throws SyntaxException {
    if (token.is("not")) {
      throw not(token);
    }
    if (RESERVED.contains(token.text())) {
      throw astray(token, "a number, a signal or an attribute");
    }
    at++;
    Node.Name name = new Node.Name(token.text(), span(token));
    if (!next().is("(")) {
      return name;
    }
    at++;
    List<Node> arguments = new ArrayList<>();
    do {
      arguments.add(sum());
    } while (arguments.size() < 4 && skip(","));
    Token end = take(")");
    return new Node.Call(name, arguments, name.span().until(span(end)));
  }

  /** A number and its unit: in the same word, or one blank behind it. */
  private Node quantity() {
    Token number = tokens.get(at++);
    StringBuilder unit = new StringBuilder();
    int end = number.to();
    Token next = next();
    if (next.is("%") && next.from() - end <= 1) {
      at++;
      return new Node.Quantity(number.text(), "%", new Span(number.from(), next.to()));
    }
    boolean word =
        next.kind() == Kind.WORD && !RESERVED.contains(next.text().toLowerCase(Locale.ROOT));
    if (word && next.from() - end <= 1) {
      at++;
      unit.append(next.text());
      end = next.to();
    }
    // B/s, USD/h and /s are one word, a division has a blank or a number on a side
    Token slash = next();
    Token per = tokens.get(Math.min(at + 1, tokens.size() - 1));
    if (slash.is("/")
        && slash.from() == end
        && per.from() == slash.to()
        && (per.is("s") || per.is("h"))) {
      at += 2;
      unit.append('/').append(per.text());
      end = per.to();
    }
    return new Node.Quantity(number.text(), unit.toString(), new Span(number.from(), end));
  }

  private Token next() {
    return tokens.get(at);
  }

  private boolean skip(String symbol) {
    boolean there = next().is(symbol);
    at += there ? 1 : 0;
    return there;
  }

  private Token take(String symbol) throws SyntaxException {
    Token token = next();
    if (!skip(symbol)) {
      throw astray(token, "'" + symbol + "'");
    }
    return token;
  }

  private static SyntaxException astray(Token token, String expected) {
    String nearest =
        switch (token.text()) {
          case "&&", "&" -> "and";
          case "||", "|" -> "or";
          case "=" -> "<=";
          case "and", "or", "in" -> ""; // right, and in the wrong place
          default ->
              token.kind() == Kind.WORD ? Nearest.to(token.text(), List.of("and", "or", "in")) : "";
        };
    return new SyntaxException(
        RuleCode.BAD_SYNTAX, span(token), new Said(expected, token.found(), nearest));
  }

  private static SyntaxException wrong(RuleCode code, Token token, String expected) {
    return new SyntaxException(code, span(token), new Said(expected, token.found(), ""));
  }

  private static Span span(Token token) {
    return new Span(token.from(), Math.max(token.to(), token.from() + 1));
  }
}
