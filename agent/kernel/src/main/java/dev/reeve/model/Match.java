package dev.reeve.model;

import java.util.List;

/** What the engine fired: a rule and the facts of its {@link Rule#named()}, in their order. */
public record Match(String rule, List<Fact> facts) {
  public Match {
    facts = List.copyOf(facts);
  }
}
