package dev.reeve.rules.drl;

import dev.reeve.rules.drl.DrlToken.Kind;
import java.util.List;

/** Where a parser is among the words of a file. */
final class Cursor {
  private final List<DrlToken> tokens;
  private int at;

  /** Ends the reading of one rule; never leaves this package. */
  static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refused refused;

    Stop(Refused refused) {
      super(refused.code().text(), null, false, false);
      this.refused = refused;
    }

    Refused refused() {
      return refused;
    }
  }

  Cursor(List<DrlToken> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  DrlToken now() {
    return tokens.get(at);
  }

  DrlToken after() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  /** The last word is the end, and stays. */
  DrlToken step() {
    DrlToken token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean atEnd() {
    return now().kind() == Kind.END;
  }

  boolean skip(String symbol) {
    boolean there = now().is(symbol);
    if (there) {
      step();
    }
    return there;
  }

  DrlToken take(String symbol) throws Stop {
    if (!now().is(symbol)) {
      throw wrong(DrlCode.SYNTAX, "'" + symbol + "'");
    }
    return step();
  }

  /** Where it is, to come back to. */
  int mark() {
    return at;
  }

  /**
   * From the beginning of a constraint to its end, by its brackets. Says whether it has one; else
   * it stays.
   */
  boolean toConstraintsEnd(int beginning) {
    int depth = 0;
    for (int i = beginning; i < tokens.size(); i++) {
      DrlToken token = tokens.get(i);
      if (token.is("then") || token.is("when") || token.is("end")) {
        return false;
      }
      if (depth == 0 && (token.is(",") || token.is(")"))) {
        at = i;
        return true;
      }
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
    return false;
  }

  /** To where a next rule seems to begin. */
  void toNextRule() {
    while (!atEnd() && !(now().is("rule") && after().kind() == Kind.TEXT)) {
      step();
    }
  }

  Stop wrong(DrlCode code, String expected) {
    return wrong(code, expected, "");
  }

  Stop wrong(DrlCode code, String expected, String nearest) {
    return new Stop(new Refused(code, now().at(), expected, now().found(), nearest));
  }
}
