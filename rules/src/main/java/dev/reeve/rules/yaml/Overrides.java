package dev.reeve.rules.yaml;

import dev.reeve.config.Masking;
import dev.reeve.config.Nearest;
import dev.reeve.config.Value;
import dev.reeve.config.Value.Entry;
import dev.reeve.config.Value.Items;
import dev.reeve.config.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts the keys of overrides into the rules that they name, before these are read: so what an
 * override says is checked like what a rule says, in the place where it stands.
 */
final class Overrides {
  private final RuleProblems problems;
  private final SequencedMap<String, Draft> drafts;
  private final Set<String> changed = new TreeSet<>();

  Overrides(RuleProblems problems, SequencedMap<String, Draft> drafts) {
    this.problems = problems;
    this.drafts = drafts;
  }

  void apply(Mapping mapping, String path) {
    Fields fields = new Fields(mapping, path, RuleKeys.OVERRIDE, problems);
    String id = fields.text("rule");
    Draft draft = drafts.get(id);
    if (draft == null) {
      if (fields.has("rule")) {
        problems.add(
            new RuleProblem(
                RuleCode.UNKNOWN_RULE,
                fields.place("rule"),
                Fields.width(id),
                fields.below("rule"),
                "the id of a rule",
                Masking.quoted(id),
                Nearest.to(id, drafts.keySet())));
      }
      return;
    }
    SequencedMap<String, Entry> merged = new LinkedHashMap<>(draft.mapping().entries());
    for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
      String key = entry.getKey();
      if (!key.equals("rule") && RuleKeys.OVERRIDE.names().contains(key)) {
        merge(fields, draft, merged, entry);
      }
    }
    drafts.put(id, draft.with(new Mapping(merged, draft.mapping().place())));
  }

  private void merge(
      Fields fields,
      Draft draft,
      SequencedMap<String, Entry> merged,
      Map.Entry<String, Entry> entry) {
    String key = entry.getKey();
    Value value = entry.getValue().value();
    Optional<Value> base = Optional.ofNullable(merged.get(key)).map(Entry::value);
    if (key.equals("except") && value instanceof Items more) {
      List<Value> all = new ArrayList<>();
      if (base.isPresent() && base.get() instanceof Items first) {
        all.addAll(first.items());
      }
      all.addAll(more.items());
      merged.put(key, new Entry(new Items(all, more.place()), entry.getValue().place()));
    } else if (key.equals("params") && value instanceof Mapping of) {
      Mapping known =
          base.isPresent() && base.get() instanceof Mapping first
              ? first
              : new Mapping(new LinkedHashMap<>(), of.place());
      merged.put(
          key, new Entry(parameters(fields, draft.id(), known, of), entry.getValue().place()));
    } else if (once(fields, draft.id() + "." + key, entry.getValue())) {
      merged.put(key, entry.getValue());
    }
  }

  private Mapping parameters(Fields fields, String id, Mapping base, Mapping more) {
    SequencedMap<String, Entry> merged = new LinkedHashMap<>(base.entries());
    for (Map.Entry<String, Entry> entry : more.entries().entrySet()) {
      String name = entry.getKey();
      if (!base.entries().containsKey(name)) {
        problems.add(
            new RuleProblem(
                RuleCode.UNKNOWN_PARAMETER,
                entry.getValue().place(),
                Fields.width(name),
                fields.below("params." + name),
                "a parameter of " + id,
                Masking.quoted(name),
                Nearest.to(name, base.entries().keySet())));
      } else if (once(fields, id + ".params." + name, entry.getValue())) {
        merged.put(name, entry.getValue());
      }
    }
    return new Mapping(merged, base.place());
  }

  private boolean once(Fields fields, String what, Entry entry) {
    if (changed.add(what)) {
      return true;
    }
    fields.report(
        RuleCode.OVERRIDDEN_TWICE, entry.place(), "one override of it", "another one of " + what);
    return false;
  }
}
