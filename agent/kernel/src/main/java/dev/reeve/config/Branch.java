package dev.reeve.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What was asked of one mapping, in the order of asking. */
final class Branch implements Asked {
  private final String path;
  private final boolean written;
  private final SequencedMap<String, Asked> asked = new LinkedHashMap<>();
  private final Map<String, String> meanings = new LinkedHashMap<>();

  Branch(String path, boolean written) {
    this.path = path;
    this.written = written;
  }

  boolean written() {
    return written;
  }

  @Nullable Asked known(String key) {
    return asked.get(key);
  }

  List<String> names() {
    return List.copyOf(asked.keySet());
  }

  SequencedMap<String, Asked> asked() {
    return asked;
  }

  void about(String key, String meaning) {
    meanings.put(key, meaning);
  }

  String meaning(String key) {
    return meanings.getOrDefault(key, "");
  }

  void leaf(String key, Setting setting) {
    asked.put(key, new Leaf(setting));
  }

  /**
   * The same branch for the same key, so that two readers of one section know each other's keys.
   */
  Branch branch(String key, String below, boolean present) {
    if (asked.get(key) instanceof Branch branch) {
      return branch;
    }
    var branch = new Branch(below, present);
    asked.put(key, branch);
    return branch;
  }

  List<Branch> branches(String key, String below, int count) {
    if (asked.get(key) instanceof Many many && many.branches().size() == count) {
      return many.branches();
    }
    var branches = new ArrayList<Branch>();
    for (int i = 0; i < count; i++) {
      branches.add(new Branch(below + "[" + i + "]", true));
    }
    asked.put(key, new Many(List.copyOf(branches)));
    return List.copyOf(branches);
  }

  List<Setting> settings() {
    var settings = new ArrayList<Setting>();
    for (Asked one : asked.values()) {
      switch (one) {
        case Leaf(Setting setting) -> settings.add(setting);
        case Many(List<Branch> branches) ->
            branches.forEach(branch -> settings.addAll(branch.settings()));
        case Branch branch -> settings.addAll(branch.settings());
      }
    }
    return List.copyOf(settings);
  }

  String path() {
    return path;
  }
}
