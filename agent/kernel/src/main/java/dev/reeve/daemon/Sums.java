package dev.reeve.daemon;

import dev.reeve.decision.DecisionState;
import dev.reeve.loop.Cycle;
import dev.reeve.loop.Judgement;
import dev.reeve.model.Cost;
import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.SubjectId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Money added up, one sum a currency; what is not known is in none of them. */
final class Sums {
  /**
   * How long a verified plan is counted as saving. What was stopped would have ended some day by
   * itself; a day is what can be claimed without a guess about which.
   */
  static final Duration HORIZON = Duration.ofHours(24);

  private Sums() {}

  /** What the findings of a cycle waste; a subject that two rules found counts once. */
  static List<MoneyPerHour> wasting(Cycle cycle) {
    SortedMap<SubjectId, Cost> bySubject = new TreeMap<>();
    for (Judgement found : cycle.findings()) {
      bySubject.merge(
          found.subject(),
          found.finding().waste(),
          (one, other) -> one instanceof Cost.Known ? one : other);
    }
    return rates(bySubject.values());
  }

  /** What all devices cost. */
  static List<MoneyPerHour> costing(Cycle cycle) {
    return rates(cycle.snapshot().gpus().values().stream().map(gpu -> gpu.cost()).toList());
  }

  /** What verified plans save now. */
  static List<MoneyPerHour> saving(DecisionState state, long evidenceNanos) {
    List<Cost> costs = new ArrayList<>();
    for (DecisionState.Saved saved : state.saved()) {
      if (age(saved, state, evidenceNanos).compareTo(HORIZON) < 0) {
        costs.add(saved.rate());
      }
    }
    return rates(costs);
  }

  /** What they saved until now. */
  static List<Money> saved(DecisionState state, long evidenceNanos) {
    SortedMap<String, Money> sums = new TreeMap<>();
    for (DecisionState.Saved saved : state.saved()) {
      if (saved.rate() instanceof Cost.Known known) {
        Duration age = age(saved, state, evidenceNanos);
        Money money = known.rate().over(age.compareTo(HORIZON) < 0 ? age : HORIZON);
        sums.merge(money.currency().getCurrencyCode(), money, Money::plus);
      }
    }
    return List.copyOf(sums.values());
  }

  private static Duration age(DecisionState.Saved saved, DecisionState state, long evidenceNanos) {
    return Duration.ofNanos(Math.max(0, state.timelineAt(evidenceNanos) - saved.atNanos()));
  }

  private static List<MoneyPerHour> rates(Collection<Cost> costs) {
    SortedMap<String, MoneyPerHour> sums = new TreeMap<>();
    for (Cost cost : costs) {
      if (cost instanceof Cost.Known known) {
        sums.merge(known.rate().currency().getCurrencyCode(), known.rate(), MoneyPerHour::plus);
      }
    }
    return List.copyOf(sums.values());
  }
}
