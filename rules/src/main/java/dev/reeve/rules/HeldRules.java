package dev.reeve.rules;

import dev.reeve.model.Rule;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which rules may warn and not act, because files do not load that may forbid it. */
final class HeldRules {
  private HeldRules() {}

  /**
   * Rules that a broken file touched when it loaded, and those that it speaks of now.
   *
   * @param written what stands in the files now, as far as that could be read
   */
  static SortedMap<String, String> of(
      CompiledSet set, Set<String> broken, SortedMap<String, String> written) {
    Map<String, String> reasons = new TreeMap<>();
    for (String file : broken) {
      reasons.put(file, file + " changed and does not load");
    }
    SortedMap<String, String> held = set.compiled().sources().rulesOf(reasons);
    for (Rule rule : set.compiled().rules()) {
      for (String file : broken) {
        if (speaksOf(rule, written.getOrDefault(file, ""))) {
          held.putIfAbsent(rule.id(), file + " speaks of it and does not load");
        }
      }
    }
    return held;
  }

  /** By its id, or by the name of its pack, which a pack of that name replaces. */
  private static boolean speaksOf(Rule rule, String text) {
    String pack = rule.card().pack().split(" ", 2)[0];
    return text.contains(rule.id())
        || (!pack.isEmpty()
            && Pattern.compile("\\bname: {0,9}[\"']?" + Pattern.quote(pack) + "\\b")
                .matcher(text)
                .find());
  }
}
