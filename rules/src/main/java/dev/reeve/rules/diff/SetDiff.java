package dev.reeve.rules.diff;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Rule;
import dev.reeve.rules.diff.RuleEntry.Fate;
import dev.reeve.rules.yaml.RuleSources;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What changed between two sets of rules. It compares what the files mean: one that was moved,
 * renamed or laid out anew is no change.
 *
 * @param packs packs whose version changed, came or went, in words
 * @param rules in the order of their ids; those that are the same are left out
 * @param same how many rules are the same
 */
record SetDiff(List<Pack> packs, List<RuleEntry> rules, int same) {
  SetDiff {
    packs = List.copyOf(packs);
    rules = List.copyOf(rules);
  }

  /**
   * One pack by its name.
   *
   * @param before its version; empty where it is new
   * @param after its version; empty where it is gone
   */
  record Pack(String name, String before, String after) {
    String text() {
      if (before.isEmpty()) {
        return "pack " + name + " " + after + " is new";
      }
      return after.isEmpty()
          ? "pack " + name + " is gone"
          : "pack " + name + " from version " + before + " to " + after;
    }

    JsonObject json() {
      return Json.object().put("pack", name).put("before", before).put("after", after).build();
    }
  }

  static SetDiff between(RuleSources.Loaded before, RuleSources.Loaded after) {
    SortedMap<String, Rule> was = byId(before.rules());
    SortedMap<String, Rule> is = byId(after.rules());
    SortedSet<String> ids = new TreeSet<>(was.keySet());
    ids.addAll(is.keySet());
    ids.addAll(before.off());
    ids.addAll(after.off());
    List<RuleEntry> entries = new ArrayList<>();
    int same = 0;
    for (String id : ids) {
      List<RuleEntry> entry = entry(id, new Side(was, before.off()), new Side(is, after.off()));
      entries.addAll(entry);
      same += entry.isEmpty() ? 1 : 0;
    }
    return new SetDiff(packs(before.rules(), after.rules()), entries, same);
  }

  /** Rules of one side: those that judge, and those that are off. */
  private record Side(SortedMap<String, Rule> on, List<String> off) {
    boolean knows(String id) {
      return on.containsKey(id) || off.contains(id);
    }
  }

  private static List<RuleEntry> entry(String id, Side before, Side after) {
    Rule was = before.on().get(id);
    Rule is = after.on().get(id);
    if (was != null && is != null) {
      List<Difference> differences = RuleDiff.between(was, is);
      return differences.isEmpty() ? List.of() : List.of(RuleEntry.changed(was, is, differences));
    }
    if (was != null) {
      return List.of(RuleEntry.gone(after.knows(id) ? Fate.TURNED_OFF : Fate.REMOVED, was));
    }
    if (is != null) {
      return List.of(RuleEntry.come(before.knows(id) ? Fate.TURNED_ON : Fate.ADDED, is));
    }
    if (before.knows(id) && after.knows(id)) {
      return List.of();
    }
    return List.of(RuleEntry.idle(before.knows(id) ? Fate.REMOVED : Fate.ADDED, id));
  }

  private static SortedMap<String, Rule> byId(List<Rule> rules) {
    SortedMap<String, Rule> byId = new TreeMap<>();
    rules.forEach(rule -> byId.put(rule.id(), rule));
    return byId;
  }

  private static List<Pack> packs(List<Rule> before, List<Rule> after) {
    SortedMap<String, String> was = versions(before);
    SortedMap<String, String> is = versions(after);
    SortedSet<String> names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    List<Pack> packs = new ArrayList<>();
    for (String name : names) {
      Pack pack = new Pack(name, was.getOrDefault(name, ""), is.getOrDefault(name, ""));
      if (!pack.before().equals(pack.after())) {
        packs.add(pack);
      }
    }
    return packs;
  }

  private static SortedMap<String, String> versions(List<Rule> rules) {
    SortedMap<String, String> versions = new TreeMap<>();
    for (Rule rule : rules) {
      String name = RuleDiff.pack(rule);
      versions.put(name, rule.card().pack().substring(name.length()).strip());
    }
    return versions;
  }

  boolean isEmpty() {
    return packs.isEmpty() && rules.isEmpty();
  }

  JsonObject json() {
    return Json.object()
        .put("v", 1)
        .put("same", isEmpty())
        .put("packs", Json.array(packs.stream().map(Pack::json).toList()))
        .put("rules", Json.array(rules.stream().map(RuleEntry::json).toList()))
        .put("unchanged", same)
        .build();
  }

  /** For people. */
  String text() {
    if (isEmpty()) {
      return "no difference: " + same + " rules are the same\n";
    }
    StringBuilder text = new StringBuilder();
    for (RuleEntry entry : rules) {
      text.append("rule ").append(entry.id()).append(' ').append(headline(entry)).append('\n');
      for (Difference difference : entry.differences()) {
        String meaning = difference.meaning();
        text.append("  - ").append(difference.text());
        text.append(meaning.isEmpty() ? "" : " (" + meaning + ")").append('\n');
      }
      text.append("  a reload: ").append(entry.reload()).append("\n\n");
    }
    packs.forEach(pack -> text.append(pack.text()).append('\n'));
    return text.append(rules.size())
        .append(rules.size() == 1 ? " rule differs, " : " rules differ, ")
        .append(same)
        .append(same == 1 ? " is the same\n" : " are the same\n")
        .toString();
  }

  private static String headline(RuleEntry entry) {
    return switch (entry.fate()) {
      case ADDED -> "is new";
      case REMOVED -> "is gone";
      case TURNED_ON -> "is turned on";
      case TURNED_OFF -> "is turned off";
      case CHANGED ->
          switch (entry.change()) {
            case TIGHTER -> "is tighter";
            case LOOSER -> "is looser";
            case SAME -> "judges and does the same";
          };
    };
  }
}
