package dev.reeve.rules.drl;

import dev.reeve.rules.drl.DrlToken.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a file into words, in one pass. Comments are dropped. */
final class DrlLexer {
  private static final int MOST = 50;

  private final int[] points;
  private final List<DrlToken> tokens = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private int at;

  private DrlLexer(String text) {
    this.points = text.codePoints().toArray();
  }

  static DrlFile read(String text) {
    DrlLexer lexer = new DrlLexer(text);
    if (text.getBytes(StandardCharsets.UTF_8).length > DrlFile.LARGEST) {
      lexer.refuse(DrlCode.TOO_LARGE, 0, "at most 64 KiB", "more");
    } else if (lexer.shortLines()) {
      lexer.run();
    }
    if (!lexer.refused.isEmpty()) {
      return new DrlFile(List.of(), List.of(), lexer.refused);
    }
    return new DrlParser(lexer.tokens).file();
  }

  private boolean shortLines() {
    int start = 0;
    for (int i = 0; i < points.length; i++) {
      if (points[i] == '\n') {
        start = i + 1;
      } else if (i - start >= DrlFile.LONGEST_LINE) {
        at = i + 1;
        refuse(DrlCode.TOO_LARGE, i, "lines of at most 1,000 characters", "a longer one");
        return false;
      }
    }
    return true;
  }

  private void run() {
    while (at < points.length && refused.size() < MOST) {
      int point = points[at];
      if (point == ' ' || point == '\n' || point == '\t' || point == '\r') {
        at++;
      } else if (point == '/' && next() == '/') {
        line();
      } else if (point == '/' && next() == '*') {
        block();
      } else if (digit(point)) {
        number();
      } else if (letter(point)) {
        int from = at;
        while (at < points.length && (letter(points[at]) || digit(points[at]))) {
          at++;
        }
        add(Kind.WORD, from, slice(from, at));
      } else if (point == '"' || point == '\'') {
        text(point);
      } else {
        symbol();
      }
    }
    add(Kind.END, Math.max(0, points.length - 1), "");
  }

  private int next() {
    return at + 1 < points.length ? points[at + 1] : 0;
  }

  private void line() {
    while (at < points.length && points[at] != '\n') {
      at++;
    }
  }

  private void block() {
    int from = at;
    at += 2;
    while (at < points.length && !(points[at] == '*' && next() == '/')) {
      at++;
    }
    if (at >= points.length) {
      at = from + 2;
      refuse(DrlCode.SYNTAX, from, "*/ at the end of the comment", "the end of the file");
      at = points.length;
    }
    at = Math.min(points.length, at + 2);
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
    // a suffix or an exponent belongs to it, and is refused where it stands
    while (at < points.length && (letter(points[at]) || digit(points[at]))) {
      at++;
    }
    add(Kind.NUMBER, from, slice(from, at));
  }

  private void text(int quote) {
    int from = at++;
    while (at < points.length && points[at] != quote && points[at] != '\n') {
      if (points[at] == '\\') {
        int escape = at++;
        refuse(DrlCode.CHARACTER, escape, "a string without escapes", "a backslash");
      } else {
        at++;
      }
    }
    if (at >= points.length || points[at] != quote) {
      refuse(DrlCode.SYNTAX, from, "the closing quote on the same line", "none");
      return;
    }
    at++;
    add(Kind.TEXT, from, slice(from + 1, at - 1));
  }

  private void symbol() {
    int from = at;
    int one = points[at];
    int two = next();
    boolean doubled =
        (two == '=' && "<>=!".indexOf(one) >= 0) || (one == two && (one == '&' || one == '|'));
    at += doubled ? 2 : 1;
    if (one == '\\' || one <= ' ' || one > '~') {
      String found = one == '\\' ? "a backslash" : "U+%04X".formatted(one);
      refuse(DrlCode.CHARACTER, from, "names, numbers and operators in ASCII", found);
    }
    add(Kind.SYMBOL, from, slice(from, at));
  }

  private String slice(int from, int to) {
    return new String(points, from, to - from);
  }

  private void refuse(DrlCode code, int from, String expected, String found) {
    Stretch stretch = new Stretch(from, Math.max(at, from + 1));
    refused.add(new Refused(code, stretch, expected, found, ""));
  }

  private void add(Kind kind, int from, String text) {
    tokens.add(new DrlToken(kind, text, new Stretch(from, Math.max(at, from + 1))));
  }

  private static boolean digit(int point) {
    return point >= '0' && point <= '9';
  }

  private static boolean letter(int point) {
    return (point >= 'a' && point <= 'z')
        || (point >= 'A' && point <= 'Z')
        || point == '_'
        || point == '$';
  }
}
