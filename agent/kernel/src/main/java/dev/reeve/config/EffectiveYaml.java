package dev.reeve.config;

import dev.reeve.config.Asked.Leaf;
import dev.reeve.config.Asked.Many;
import java.util.List;
import java.util.Map;

/** Writes what was read, defaults included, as a file that reads as the same again. */
final class EffectiveYaml {
  private final boolean origins;
  private final StringBuilder out = new StringBuilder();

  EffectiveYaml(boolean origins) {
    this.origins = origins;
  }

  String print(Branch root) {
    branch(root, "", "");
    return out.toString();
  }

  /**
   * @param first what stands before the first key instead of the indent, for items of a list
   */
  private void branch(Branch branch, String indent, String first) {
    String before = first.isEmpty() ? indent : first;
    for (Map.Entry<String, Asked> pair : branch.asked().entrySet()) {
      String key = Plain.text(pair.getKey());
      switch (pair.getValue()) {
        case Leaf(Setting setting) -> leaf(before, key, setting);
        case Many(List<Branch> branches) -> many(before, key, branches);
        case Branch inner -> section(before, key, inner);
      }
      before = indent;
    }
  }

  private void leaf(String before, String key, Setting setting) {
    if (setting.value().isEmpty()) {
      // a comment keeps the key in sight and the file the same
      out.append(before).append("# ").append(key).append(": ").append(setting.origin());
      out.append('\n');
      return;
    }
    out.append(before).append(key).append(": ");
    out.append(setting.secret() ? Plain.text(setting.value()) : setting.value());
    out.append(origins ? "  # " + setting.origin() : "").append('\n');
  }

  private void many(String before, String key, List<Branch> branches) {
    out.append(before).append(key).append(branches.isEmpty() ? ": []\n" : ":\n");
    String indent = " ".repeat(before.length() + 2);
    for (Branch branch : branches) {
      branch(branch, indent + "  ", indent + "- ");
    }
  }

  private void section(String before, String key, Branch branch) {
    boolean hollow = branch.settings().stream().allMatch(setting -> setting.value().isEmpty());
    String comment = hollow && !branch.written() ? "# " : "";
    out.append(before).append(comment).append(key).append(":\n");
    branch(branch, " ".repeat(before.length() + 2), "");
  }
}
