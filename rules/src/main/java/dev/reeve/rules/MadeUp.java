package dev.reeve.rules;

import dev.reeve.model.Condition;
import dev.reeve.model.Conditions;
import dev.reeve.model.Expression;
import dev.reeve.model.Fact;
import dev.reeve.model.Feature;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Slots;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Facts that are likely to make rules hold: values on both sides of every threshold that a rule
 * compares them with, owners and groups that many share. The same each time.
 */
final class MadeUp {
  private static final int MIXES = 4_000;
  private static final int GROUPS = 20;
  private static final int GPUS_PER_WORKLOAD = 4;

  private final SlotTable table;
  private final SortedMap<Feature, SortedSet<Double>> values = new TreeMap<>();
  private final Map<Feature, List<Double>> choices = new TreeMap<>();

  MadeUp(Collection<Rule> rules, SlotTable table) {
    this.table = table;
    for (Rule rule : rules) {
      for (Pattern pattern : rule.patterns()) {
        Conditions.comparisons(pattern.condition()).forEach(this::note);
      }
    }
    values.forEach((feature, of) -> choices.put(feature, List.copyOf(of)));
  }

  private void note(Condition.Compare compare) {
    SortedSet<Double> limits = new TreeSet<>();
    constants(compare.left(), limits);
    constants(compare.right(), limits);
    for (Feature feature : Conditions.features(compare)) {
      SortedSet<Double> of = values.computeIfAbsent(feature, _ -> new TreeSet<>(List.of(0.0, 1.0)));
      for (double limit : limits) {
        of.addAll(List.of(limit, limit / 2, limit * 2 + 1));
      }
    }
  }

  private static void constants(Expression expression, SortedSet<Double> into) {
    switch (expression) {
      case Expression.Constant constant -> into.add(constant.value());
      case Expression.Ask _ -> {}
      case Expression.Choice choice -> {
        into.add(choice.then().value());
        constants(choice.otherwise(), into);
      }
      case Expression.Arithmetic arithmetic -> {
        constants(arithmetic.left(), into);
        constants(arithmetic.right(), into);
      }
    }
  }

  List<Fact> facts(SubjectKind kind, int count) {
    Random random = new Random(kind.ordinal());
    List<Slots> mixes = new ArrayList<>();
    for (int i = 0; i < MIXES; i++) {
      mixes.add(mix(kind, random));
    }
    List<Fact> facts = new ArrayList<>();
    WorkloadKind[] kinds = WorkloadKind.values();
    for (int i = 0; i < count; i++) {
      String word = kind == SubjectKind.WORKLOAD ? kinds[i % kinds.length].text() : "";
      facts.add(
          Fact.of(
              kind,
              subject(kind, i),
              owner(kind, i),
              "group" + i % GROUPS,
              word,
              mixes.get(random.nextInt(MIXES))));
    }
    return facts;
  }

  private static String subject(SubjectKind kind, int number) {
    return kind == SubjectKind.WORKLOAD
        ? "node/m/team" + number % GROUPS + "/unit/w" + number + "#1"
        : kind.text() + number;
  }

  private static String owner(SubjectKind kind, int number) {
    return kind == SubjectKind.WORKLOAD
        ? "owner" + number % GROUPS
        : subject(SubjectKind.WORKLOAD, number / GPUS_PER_WORKLOAD);
  }

  private Slots mix(SubjectKind kind, Random random) {
    Slots.Builder slots = Slots.builder(table, kind);
    List<Feature> features = table.features(kind);
    for (int slot = 0; slot < features.size(); slot++) {
      List<Double> of = choices.getOrDefault(features.get(slot), List.of(0.0, 1.0));
      if (random.nextInt(8) > 0) {
        slots.set(slot, of.get(random.nextInt(of.size())));
      }
    }
    return slots.gpuModel("NVIDIA H100 80GB HBM3").build();
  }
}
