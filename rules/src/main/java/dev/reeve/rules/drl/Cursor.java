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
