package dev.reeve.rules.diff;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.RuleChange;

/**
 * One thing in which a rule is not what it was.
 *
 * @param what the part of the rule: condition, ladder, acts_on, min_notice, mode, or a word of its
 *     card
 * @param before as rule files write it; empty where nothing was
 * @param after the same; empty where nothing is any more
 * @param text all of it in words
 * @param change what a rule would be that differs in this alone, by the daemon's own judgement
 * @param proved whether it is known to find or do more, where it counts as looser
 */
record Difference(
    String what, String before, String after, String text, RuleChange change, boolean proved) {

  static String word(RuleChange change) {
    return switch (change) {
      case TIGHTER -> "tighter";
      case LOOSER -> "looser";
      case SAME -> "other";
    };
  }

  /** What the class means here, for people; empty where it is only words. */
  String meaning() {
    boolean finds = what.equals("condition");
    return switch (change) {
      case TIGHTER -> finds ? "tighter: finds less" : "tighter: does less, or later";
      case LOOSER ->
          !proved
              ? "counts as looser: it cannot be shown to find no more"
              : finds ? "looser: finds more" : "looser: does more, or sooner";
      case SAME -> "";
    };
  }

  JsonObject json() {
    return Json.object()
        .put("what", what)
        .put("before", before)
        .put("after", after)
        .put("class", word(change))
        .put("text", text)
        .build();
  }
}
