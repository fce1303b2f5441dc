package dev.reeve.rules.diff;

import dev.reeve.model.Condition;
import dev.reeve.model.ConditionText;
import dev.reeve.model.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What changed about a number that differs by a name: its cases, and what holds elsewhere. */
final class CaseWords {
  private static final String ELSEWHERE = "elsewhere";

  private CaseWords() {}

  static String between(Condition.Compare before, Condition.Compare after) {
    SequencedMap<String, String> was = cases(before);
    SequencedMap<String, String> is = cases(after);
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, String> one : is.entrySet()) {
      String old = was.get(one.getKey());
      if (old == null) {
        words.add(one.getKey() + " " + one.getValue() + ", a new case");
      } else if (!old.equals(one.getValue())) {
        words.add(one.getKey() + " from " + old + " to " + one.getValue());
      }
    }
    was.forEach(
        (where, value) -> {
          if (!is.containsKey(where)) {
            words.add(where + " no longer " + value);
          }
        });
    return words.isEmpty() ? "its cases stand in another order" : String.join("; ", words);
  }

  private static SequencedMap<String, String> cases(Condition.Compare compare) {
    SequencedMap<String, String> cases = new LinkedHashMap<>();
    Expression rest = compare.right();
    while (rest instanceof Expression.Choice choice) {
      String where = choice.trait().text() + " " + String.join(" or ", choice.patterns());
      // only the first of two equal cases ever counts
      cases.putIfAbsent(where, ConditionText.of(choice.then(), compare));
      rest = choice.otherwise();
    }
    cases.put(ELSEWHERE, ConditionText.of(rest, compare));
    return cases;
  }
}
