package dev.reeve.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which numbered slot of a fact holds which feature, per kind of subject. It belongs to one rule
 * set; the board fills facts by it and keeps nothing else.
 */
public final class SlotTable {
  private final Map<SubjectKind, List<Feature>> features;
  private final Map<SubjectKind, Map<Feature, Integer>> slots = new EnumMap<>(SubjectKind.class);

  private SlotTable(Map<SubjectKind, List<Feature>> features) {
    this.features = features;
    for (SubjectKind kind : SubjectKind.values()) {
      Map<Feature, Integer> numbers = new java.util.HashMap<>();
      for (Feature feature : features(kind)) {
        numbers.put(feature, numbers.size());
      }
      slots.put(kind, numbers);
    }
  }

  /** Slots in the order of the features' texts: equal rules give equal tables. */
  public static SlotTable of(Collection<Rule> rules) {
    Map<SubjectKind, SortedSet<Feature>> asked = new EnumMap<>(SubjectKind.class);
    for (Rule rule : rules) {
      for (Pattern pattern : rule.patterns()) {
        asked
            .computeIfAbsent(pattern.kind(), _ -> new TreeSet<>())
            .addAll(Conditions.features(pattern.condition()));
      }
    }
    return ofFeatures(asked);
  }

  /** A table of exactly these features. */
  public static SlotTable ofFeatures(Map<SubjectKind, ? extends Collection<Feature>> asked) {
    Map<SubjectKind, List<Feature>> sorted = new EnumMap<>(SubjectKind.class);
    asked.forEach((kind, of) -> sorted.put(kind, new ArrayList<>(new TreeSet<>(of))));
    return new SlotTable(sorted);
  }

  /** The features of a kind of subject, by slot. */
  public List<Feature> features(SubjectKind kind) {
    return features.getOrDefault(kind, List.of());
  }

  /** Throws {@link IllegalArgumentException} where the set does not ask for it. */
  public int slot(SubjectKind kind, Feature feature) {
    Integer slot = slots.getOrDefault(kind, Map.of()).get(feature);
    if (slot == null) {
      throw new IllegalArgumentException("no rule asks for " + feature.text() + " of " + kind);
    }
    return slot;
  }

  public int size(SubjectKind kind) {
    return features(kind).size();
  }
}
