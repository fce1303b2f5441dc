package dev.reeve.rules.yaml;

import dev.reeve.model.Condition;
import dev.reeve.model.Expression;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.WitnessGroup;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Which groups of witnesses can carry a rule. Sets of groups are bits, so there are few. */
final class Witnessed {
  private static final int SETS = 1 << WitnessGroup.values().length;

  private Witnessed() {}

  /** The one group, or none, that can make the rule hold alone; empty where two always do. */
  static Optional<String> alone(Rule rule) {
    BitSet ways = one(0);
    for (Pattern pattern : rule.patterns()) {
      ways = both(ways, ways(pattern.condition()));
    }
    List<String> groups = new ArrayList<>();
    for (int set = ways.nextSetBit(0); set >= 0; set = ways.nextSetBit(set + 1)) {
      if (Integer.bitCount(set) < 2) {
        groups.add(
            set == 0
                ? "no group of witnesses at all"
                : WitnessGroup.values()[Integer.numberOfTrailingZeros(set)].text() + " alone");
      }
    }
    return groups.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", groups));
  }

  private static BitSet ways(Condition condition) {
    return switch (condition) {
      case Condition.All all -> {
        BitSet ways = one(0);
        for (Condition part : all.of()) {
          ways = both(ways, ways(part));
        }
        yield ways;
      }
      case Condition.Any any -> {
        BitSet ways = new BitSet(SETS);
        any.of().forEach(part -> ways.or(ways(part)));
        yield ways;
      }
      case Condition.KindIn _, Condition.Named _ -> one(0);
      case Condition.Compare compare -> {
        WitnessGroup group = group(compare.left());
        yield one(group == WitnessGroup.NONE ? 0 : 1 << group.ordinal());
      }
    };
  }

  /** As the guard sees it: the group of the first measured part on the left. */
  private static WitnessGroup group(Expression expression) {
    return switch (expression) {
      case Expression.Ask ask -> ask.feature().group();
      case Expression.Constant _, Expression.Choice _ -> WitnessGroup.NONE;
      case Expression.Arithmetic arithmetic -> {
        WitnessGroup left = group(arithmetic.left());
        yield left == WitnessGroup.NONE ? group(arithmetic.right()) : left;
      }
    };
  }

  private static BitSet one(int set) {
    BitSet sets = new BitSet(SETS);
    sets.set(set);
    return sets;
  }

  private static BitSet both(BitSet left, BitSet right) {
    BitSet both = new BitSet(SETS);
    for (int a = left.nextSetBit(0); a >= 0; a = left.nextSetBit(a + 1)) {
      for (int b = right.nextSetBit(0); b >= 0; b = right.nextSetBit(b + 1)) {
        both.set(a | b);
      }
    }
    return both;
  }
}
