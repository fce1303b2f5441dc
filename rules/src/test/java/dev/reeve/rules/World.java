package dev.reeve.rules;

import dev.reeve.model.Attribute;
import dev.reeve.model.Fact;
import dev.reeve.model.Feature;
import dev.reeve.model.Match;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Slots;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectKind;
import dev.reeve.spi.RuleEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts as a board would fill them, in words that read like a scene. What is not said is unknown.
 */
final class World {
  /** A board always knows these, and silence is no sign. */
  private static final Feature SICK = new Feature.OfAttribute(Attribute.GPU_SICK);

  private static final Feature SICK_GPUS = new Feature.OfAttribute(Attribute.WORKLOAD_SICK_GPUS);

  private static final Feature SHARED_GPUS =
      new Feature.OfAttribute(Attribute.WORKLOAD_SHARED_GPUS);

  private final SlotTable table;
  private final List<Fact> facts = new ArrayList<>();

  World(SlotTable table) {
    this.table = table;
  }

  World workload(String subject, String kind, Value... values) {
    return add(SubjectKind.WORKLOAD, new Tie(subject, "ann", kind), values);
  }

  World gpu(String subject, String owner, Value... values) {
    return add(SubjectKind.GPU, new Tie(subject, owner, ""), values);
  }

  World run(String subject, String owner, Value... values) {
    return add(SubjectKind.RUN, new Tie(subject, owner, ""), values);
  }

  World endpoint(String subject, String owner, Value... values) {
    return add(SubjectKind.ENDPOINT, new Tie(subject, owner, ""), values);
  }

  List<Fact> facts() {
    return facts;
  }

  /** What the engine finds, as {@code rule:target's subject}. */
  List<String> foundBy(RuleEngine engine) throws RuleEngine.RuleEngineException {
    List<String> found = new ArrayList<>();
    for (Match match : engine.evaluate(facts)) {
      var rule = engine.ruleSet().rule(match.rule()).orElseThrow();
      int target = rule.patterns().indexOf(rule.targetPattern());
      found.add(match.rule() + ":" + match.facts().get(target).subject());
    }
    return found;
  }

  static Value max30(Signal signal, double value) {
    return new Value(new Feature.OfWindow(signal, Statistic.MAX, Duration.ofMinutes(30)), value);
  }

  static Value mean10(Signal signal, double value) {
    return new Value(new Feature.OfWindow(signal, Statistic.MEAN, Duration.ofMinutes(10)), value);
  }

  static Value attribute(Attribute attribute, double value) {
    return new Value(new Feature.OfAttribute(attribute), value);
  }

  private World add(SubjectKind kind, Tie tie, Value... values) {
    Slots.Builder slots = Slots.builder(table, kind);
    for (Feature always : List.of(SICK, SICK_GPUS, SHARED_GPUS)) {
      int slot = table.features(kind).indexOf(always);
      if (slot >= 0) {
        slots.set(slot, 0);
      }
    }
    for (Value value : values) {
      slots.set(table.slot(kind, value.feature()), value.value());
    }
    facts.add(Fact.of(kind, tie.subject(), tie.owner(), "", tie.word(), slots.build()));
    return this;
  }

  record Value(Feature feature, double value) {}

  private record Tie(String subject, String owner, String word) {}
}
