package dev.reeve.rules;

import dev.reeve.model.Attribute;
import dev.reeve.model.Bound;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Expression;
import dev.reeve.model.Fact;
import dev.reeve.model.Feature;
import dev.reeve.model.Join;
import dev.reeve.model.Limit;
import dev.reeve.model.Pattern;
import dev.reeve.model.Quantile;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Rung;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Slots;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.TimesOfWeek;
import dev.reeve.model.Trait;
import dev.reeve.model.Unit;
import dev.reeve.model.WorkloadKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Rules and facts by seed, with a taste for what breaks comparisons. */
final class RandomRules {
  private static final double[] NUMBERS = {
    0, -0.0, 0.01, 1, 2, -1, 0.5, 3, 1e-320, -1e-7, 1e308, -1e308, Double.MAX_VALUE, 1e15
  };
  private static final List<String> WORDS =
      List.of("training", "serving", "notebook", "batch", "interactive", "unknown", "", "Training");
  private static final List<String> NAMES =
      List.of("", "a", "b", "c", "node/m/team-a/unit/train#1", "node/m/team-b/unit/a%2Fb#2");
  private static final List<List<String>> PATTERNS =
      List.of(
          List.of("a"),
          List.of("team-*"),
          List.of("team-b", "?"),
          List.of("*"),
          List.of("train", "a/b"),
          List.of("NVIDIA ?100*"));

  private static final List<TimesOfWeek> TIMES =
      List.of(times(1, 5, ZoneId.of("Europe/Berlin")), times(6, 1, ZoneId.of("UTC")));

  private final Random random;

  RandomRules(long seed) {
    this.random = new Random(seed);
  }

  private static TimesOfWeek times(int first, int last, ZoneId zone) {
    return new TimesOfWeek(
        List.of(
            new TimesOfWeek.Range(DayOfWeek.of(first), DayOfWeek.of(last), 1320, 360, zone),
            new TimesOfWeek.Range(DayOfWeek.of(last), DayOfWeek.of(last), 480, 1440, zone)));
  }

  List<Rule> rules(int count) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rules.add(rule("r" + i, random.nextInt(3) == 0 ? 2 + random.nextInt(2) : 1));
    }
    return rules;
  }

  List<Fact> facts(SlotTable table, int count) {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SubjectKind kind = any(SubjectKind.values());
      // some subjects carry a name that others join on
      String subject = random.nextInt(3) == 0 ? kind.text() + i : any(NAMES);
      facts.add(Fact.of(kind, subject, any(NAMES), any(NAMES), any(WORDS), slots(table, kind)));
    }
    return facts;
  }

  private Slots slots(SlotTable table, SubjectKind kind) {
    Slots.Builder slots = Slots.builder(table, kind);
    for (int slot = 0; slot < table.size(kind); slot++) {
      switch (random.nextInt(6)) {
        case 0 -> {}
        case 1 -> slots.unknown(slot, "low coverage");
        case 2 -> slots.set(slot, random.nextBoolean() ? Double.NaN : Double.POSITIVE_INFINITY);
        case 3 -> slots.set(slot, random.nextDouble());
        default -> slots.set(slot, number());
      }
    }
    return slots.gpuModel(any(List.of("", "NVIDIA A100-SXM4-80GB", "Tesla T4"))).build();
  }

  private Rule rule(String id, int patterns) {
    List<Pattern> of = new ArrayList<>();
    for (int i = 0; i < patterns; i++) {
      Optional<Join> join =
          i == 0
              ? Optional.empty()
              : Optional.of(
                  new Join(
                      any(Join.Key.values()), "p" + random.nextInt(i), any(Join.Key.values())));
      // joined patterns are rarely all true: keep their conditions shallow
      of.add(
          new Pattern("p" + i, any(SubjectKind.values()), condition(patterns == 1 ? 3 : 1), join));
    }
    return new Rule(
        id,
        1,
        "random",
        Severity.INFO,
        "",
        of,
        "p" + random.nextInt(patterns),
        List.of(new Rung(Duration.ZERO, new Remedy.Notify())),
        Collections.emptySortedSet(),
        Duration.ZERO,
        RuleMode.ACT,
        RuleCard.NONE,
        limits());
  }

  private List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Limit.Measure measure = any(Limit.Measure.values());
      Optional<Currency> currency =
          measure == Limit.Measure.COST
              ? Optional.of(Currency.getInstance("EUR"))
              : Optional.empty();
      limits.add(
          new Limit(measure, number(2), currency, Duration.ofHours(1), any(Limit.Each.values())));
    }
    return limits;
  }

  private Condition condition(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 4)) {
      case 0, 1 -> compare();
      case 3 -> new Condition.Named(any(Trait.values()), any(PATTERNS), random.nextBoolean());
      case 2 -> new Condition.KindIn(kinds());
      case 4, 5 -> new Condition.All(conditions(random.nextInt(4), depth - 1));
      default -> new Condition.Any(conditions(1 + random.nextInt(3), depth - 1));
    };
  }

  private List<Condition> conditions(int count, int depth) {
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      conditions.add(condition(depth));
    }
    return conditions;
  }

  private Condition compare() {
    Expression asked = random.nextInt(3) == 0 ? arithmetic(ask(), 2) : ask();
    Expression other = random.nextInt(3) == 0 ? arithmetic(ask(), 1) : number(2);
    return random.nextBoolean()
        ? new Condition.Compare(asked, any(Comparison.values()), other)
        : new Condition.Compare(other, any(Comparison.values()), asked);
  }

  private Expression arithmetic(Expression left, int depth) {
    Expression right =
        switch (random.nextInt(depth > 0 ? 3 : 2)) {
          case 0 -> ask();
          case 1 -> number(1);
          default -> arithmetic(ask(), depth - 1);
        };
    return new Expression.Arithmetic(left, any(Expression.Operator.values()), right);
  }

  private Expression ask() {
    if (random.nextInt(8) == 0) {
      return new Expression.Ask(
          new Feature.OfCost(Currency.getInstance(random.nextBoolean() ? "USD" : "EUR")));
    }
    if (random.nextInt(12) == 0) {
      return new Expression.Ask(new Feature.OfTimes(any(TIMES)));
    }
    if (random.nextInt(4) == 0) {
      return new Expression.Ask(new Feature.OfAttribute(any(Attribute.values())));
    }
    if (random.nextInt(6) == 0) {
      return new Expression.Ask(
          new Feature.OfQuantile(
              Signal.ENDPOINT_TTFT,
              any(Quantile.values()),
              Duration.ofMinutes(30),
              any(Bound.values())));
    }
    Signal signal = any(new Signal[] {Signal.GPU_POWER, Signal.GPU_UTILIZATION, Signal.COST_RATE});
    return new Expression.Ask(
        new Feature.OfWindow(signal, any(Statistic.values()), Duration.ofMinutes(30)));
  }

  private Expression number(int depth) {
    return random.nextInt(3) == 0 ? choice(depth) : constant();
  }

  private Expression choice(int depth) {
    Expression otherwise = depth > 0 && random.nextBoolean() ? choice(depth - 1) : constant();
    return new Expression.Choice(any(Trait.values()), any(PATTERNS), constant(), otherwise);
  }

  private Expression.Constant constant() {
    // plus zero: JSON numbers have no signed one, and nothing that is compared can tell them apart
    return new Expression.Constant(number() + 0.0, Unit.COUNT);
  }

  private SortedSet<WorkloadKind> kinds() {
    SortedSet<WorkloadKind> kinds = new TreeSet<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      kinds.add(any(WorkloadKind.values()));
    }
    kinds.remove(WorkloadKind.UNKNOWN);
    return kinds.isEmpty() ? new TreeSet<>(List.of(WorkloadKind.BATCH)) : kinds;
  }

  private double number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private <E> E any(E[] of) {
    return of[random.nextInt(of.length)];
  }

  private <E> E any(List<E> of) {
    return of.get(random.nextInt(of.size()));
  }
}
