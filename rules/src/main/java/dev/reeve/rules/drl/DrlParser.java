package dev.reeve.rules.drl;

import dev.reeve.config.Nearest;
import dev.reeve.model.SubjectKind;
import dev.reeve.rules.drl.Cursor.Stop;
import dev.reeve.rules.drl.DrlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads rules by recursive descent. Only what it builds is ever compiled; a construct that it does
 * not know is refused, whatever the engine's own parser would make of it.
 */
final class DrlParser {
  private static final int MOST_PARTS = 4;
  private static final List<SubjectKind> KINDS =
      List.of(SubjectKind.WORKLOAD, SubjectKind.GPU, SubjectKind.RUN, SubjectKind.ENDPOINT);
  private static final List<String> TYPES = KINDS.stream().map(DrlParser::type).toList();

  private final Cursor at;
  private final List<DrlRule> rules = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();

  DrlParser(List<DrlToken> tokens) {
    this.at = new Cursor(tokens);
  }

  DrlFile file() {
    while (!at.atEnd()) {
      try {
        int before = refused.size();
        DrlRule rule = rule();
        if (refused.size() == before) {
          rules.add(rule);
        }
      } catch (Stop stop) {
        refused.add(stop.refused());
        at.toNextRule();
      }
    }
    return new DrlFile(rules, names, refused);
  }

  private DrlRule rule() throws Stop {
    if (at.now().is("@")) {
      throw at.wrong(DrlCode.ATTRIBUTE, "rule \"ID\"");
    }
    if (!at.now().is("rule")) {
      boolean word = at.now().kind() == Kind.WORD;
      boolean known = word && Words.STATEMENTS.contains(at.now().text());
      String nearest = word && !known ? Nearest.to(at.now().text(), List.of("rule")) : "";
      throw at.wrong(known ? DrlCode.STATEMENT : DrlCode.SYNTAX, "rule \"ID\"", nearest);
    }
    at.step();
    DrlToken name = at.now();
    if (name.kind() != Kind.TEXT) {
      throw at.wrong(DrlCode.SYNTAX, "the rule's id in quotes");
    }
    at.step();
    if (names.contains(name.text())) {
      throw new Stop(new Refused(DrlCode.TWICE, name.at(), "a rule of its own", name.found(), ""));
    }
    names.add(name.text());
    if (!at.now().is("when")) {
      throw at.now().is("then")
          ? at.wrong(DrlCode.SYNTAX, "'when' and a pattern")
          : at.wrong(DrlCode.ATTRIBUTE, "'when'", "");
    }
    at.step();
    List<DrlRule.Part> parts = new ArrayList<>();
    do {
      parts.add(part(parts));
    } while (!at.now().is("then"));
    at.step();
    DrlRule.Verdict verdict = verdict(parts);
    return new DrlRule(name.text(), name.at(), parts, verdict);
  }

  private DrlRule.Part part(List<DrlRule.Part> earlier) throws Stop {
    foreign();
    DrlToken variable = at.now();
    if (!variable.text().startsWith("$") || variable.kind() != Kind.WORD) {
      throw at.wrong(DrlCode.SYNTAX, "a pattern such as $w : Workload(...)");
    }
    String alias = variable.text().substring(1);
    boolean small = alias.chars().allMatch(c -> c >= 'a' && c <= 'z');
    if (alias.isEmpty() || alias.length() > 16 || !small) {
      throw at.wrong(DrlCode.SYNTAX, "$ and 1 to 16 small letters");
    }
    if (earlier.stream().anyMatch(part -> part.alias().equals(alias))) {
      throw at.wrong(DrlCode.SYNTAX, "a name of its own");
    }
    if (earlier.size() >= MOST_PARTS) {
      throw at.wrong(DrlCode.TOO_LARGE, "at most 4 patterns");
    }
    at.step();
    at.take(":");
    foreign();
    DrlToken type = at.now();
    int kind = type.kind() == Kind.WORD ? TYPES.indexOf(type.text()) : -1;
    if (kind < 0) {
      String nearest = Nearest.to(type.text(), TYPES);
      boolean code = at.after().is(".") || at.after().is("<");
      throw at.wrong(code ? DrlCode.CODE : DrlCode.TYPE, "Workload, Gpu, Run or Endpoint", nearest);
    }
    at.step();
    at.take("(");
    List<Term> constraints = new Constraints(at, refused::add).all();
    DrlToken end = at.take(")");
    foreign();
    return new DrlRule.Part(alias, KINDS.get(kind), type.at().until(end.at()), constraints);
  }

  /** What the full language has around patterns. */
  private void foreign() throws Stop {
    DrlToken token = at.now();
    String word = token.kind() == Kind.WORD ? token.text() : "";
    if (Words.ABSENCE.contains(word) || token.is("!")) {
      throw at.wrong(DrlCode.ABSENCE, "patterns of what was seen");
    }
    if (word.equals("exists")) {
      throw at.wrong(DrlCode.EXISTS, "a pattern of its own");
    }
    if (Words.COUNTING.contains(word)) {
      throw at.wrong(DrlCode.COUNTING, "patterns of single subjects");
    }
    if (Words.CODE.contains(word)) {
      throw at.wrong(DrlCode.CODE, "a pattern such as $w : Workload(...)");
    }
    if (Words.BETWEEN.contains(word) || token.is("(") || token.is("||") || token.is("&&")) {
      throw at.wrong(DrlCode.BETWEEN, "the next pattern, or 'then'");
    }
    if (token.is("@")) {
      throw at.wrong(DrlCode.ATTRIBUTE, "a pattern such as $w : Workload(...)");
    }
  }

  private DrlRule.Verdict verdict(List<DrlRule.Part> parts) throws Stop {
    decided("decide");
    decided(".");
    DrlToken verb = at.now();
    if (verb.kind() != Kind.WORD || !at.after().is("(")) {
      throw at.wrong(DrlCode.CONSEQUENCE, "a remedy: decide.warn($w);");
    }
    at.step();
    decided("(");
    DrlToken subject = at.now();
    List<String> known = parts.stream().map(part -> "$" + part.alias()).toList();
    if (subject.kind() != Kind.WORD || !known.contains(subject.text())) {
      String nearest = Nearest.to(subject.text(), known);
      throw at.wrong(DrlCode.CONSEQUENCE, "one of " + String.join(", ", known), nearest);
    }
    at.step();
    decided(")");
    decided(";");
    decided("end");
    return new DrlRule.Verdict(verb.text(), verb.at(), subject.text().substring(1), subject.at());
  }

  private void decided(String symbol) throws Stop {
    if (!at.skip(symbol)) {
      throw at.wrong(DrlCode.CONSEQUENCE, "'" + symbol + "' of decide.REMEDY($w); end");
    }
  }

  private static String type(SubjectKind kind) {
    String word = kind.text();
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
