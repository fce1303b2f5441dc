package dev.reeve.rules;

import dev.reeve.model.Fact;
import dev.reeve.model.Match;
import java.util.ArrayList;
import java.util.List;

/**
 * The one thing a compiled rule can do: say that it holds, and for which facts. Public only because
 * compiled rules live in a class loader of their own.
 */
public final class Decide {
  private final List<Match> matches = new ArrayList<>();

  Decide() {}

  public void found(String rule, Fact... facts) {
    matches.add(new Match(rule, List.of(facts)));
  }

  List<Match> matches() {
    return matches;
  }
}
