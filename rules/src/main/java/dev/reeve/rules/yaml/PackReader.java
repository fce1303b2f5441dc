package dev.reeve.rules.yaml;

import dev.reeve.config.Place;
import dev.reeve.config.Problem;
import dev.reeve.config.Value;
import dev.reeve.config.Value.Mapping;
import dev.reeve.config.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads files as packs: their rules as drafts, and their overrides, to be applied last. */
final class PackReader {
  private static final int RULES = 200;

  private final RuleProblems problems;
  private final SequencedMap<String, Draft> drafts = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<String> packs = new ArrayList<>();
  private final DrlTier drl;

  private record Change(Mapping mapping, String path) {}

  PackReader(RuleProblems problems) {
    this.problems = problems;
    this.drl = new DrlTier(problems);
  }

  void read(SourceText source, String text) {
    if (DrlTier.isDrl(source.file())) {
      drl.read(source, text);
      return;
    }
    drl.beside(source.file());
    problems.source(source);
    Optional<Value> value = YamlTree.read(source.file(), text, this::hazard);
    Place start = new Place(source.file(), 1, 1);
    if (value.isPresent() && value.get() instanceof Mapping mapping) {
      file(new Fields(mapping, "", RuleKeys.FILE, problems));
    } else if (problems.list().stream().noneMatch(of -> of.place().file().equals(source.file()))) {
      String found = value.map(Value::found).orElse("an empty file");
      problems.add(new RuleProblem(RuleCode.WRONG_TYPE, start, 1, "", "pack, rules", found, ""));
    }
  }

  private void hazard(YamlTree.Hazard hazard, Problem problem) {
    RuleCode code =
        switch (hazard) {
          case NOT_YAML -> RuleCode.NOT_YAML;
          case TAB -> RuleCode.TAB;
          case ANCHOR -> RuleCode.ANCHOR;
          case ALIAS -> RuleCode.ALIAS;
          case TAG -> RuleCode.TAG;
          case KEY -> RuleCode.KEY_NAME;
          case DUPLICATE_KEY -> RuleCode.DUPLICATE_KEY;
          case TOO_DEEP -> RuleCode.TOO_DEEP;
          case TOO_MANY -> RuleCode.TOO_MANY;
          case SECOND_DOCUMENT -> RuleCode.SECOND_DOCUMENT;
        };
    problems.add(
        new RuleProblem(
            code, problem.place(), 1, problem.key(), problem.expected(), problem.found(), ""));
  }

  private void file(Fields file) {
    Optional<Fields> pack = file.one("pack", RuleKeys.PACK);
    String name = pack.map(of -> of.text("name")).orElse("");
    String owner = pack.map(of -> of.text("owner")).orElse("");
    String shown = name + " " + pack.map(of -> of.whole("version")).orElse(1);
    pack.filter(of -> of.has("name") && !RuleBuilder.isName(of.text("name"), 64))
        .ifPresent(
            of ->
                of.wrong(
                    RuleCode.BAD_ID,
                    "name",
                    of.value("name").orElseThrow(),
                    "1 to 64 letters, digits and dashes"));
    packs.add(name);
    List<Mapping> rules = file.mappings("rules", RULES);
    for (int i = 0; i < rules.size(); i++) {
      draft(new Draft("", "rules[" + i + "]", shown, owner, rules.get(i)));
    }
    List<Mapping> overrides = file.mappings("overrides", RULES);
    for (int i = 0; i < overrides.size(); i++) {
      changes.add(new Change(overrides.get(i), "overrides[" + i + "]"));
    }
    if (!file.has("rules") && !file.has("overrides")) {
      file.report(RuleCode.MISSING_KEY, file.place(), "rules or overrides", "neither");
    }
  }

  private void draft(Draft draft) {
    Optional<Value> id =
        Optional.ofNullable(draft.mapping().entries().get("id")).map(Value.Entry::value);
    String text = id.isPresent() && id.get() instanceof Value.Scalar of ? of.text() : "";
    if (!RuleBuilder.isName(text, 64)) {
      problem(RuleCode.BAD_ID, draft, id, "1 to 64 letters, digits and dashes");
      text = "?" + drafts.size();
    } else if (drafts.containsKey(text)) {
      problem(RuleCode.SAME_ID, draft, id, "an id of its own");
      text = "?" + drafts.size();
    }
    drafts.put(text, new Draft(text, draft.path(), draft.pack(), draft.owner(), draft.mapping()));
  }

  private void problem(RuleCode code, Draft draft, Optional<Value> id, String expected) {
    if (id.isEmpty() || id.get().nothing()) {
      return;
    }
    int width = id.get() instanceof Value.Scalar of ? Fields.width(of.text()) : 1;
    problems.add(
        new RuleProblem(
            code, id.get().place(), width, draft.path() + ".id", expected, id.get().found(), ""));
  }

  /** A file that is there and was not read: what belongs to it is not to blame. */
  void refused(String file) {
    drl.beside(file);
  }

  DrlTier drl() {
    return drl;
  }

  /** The names of the packs that were read. */
  List<String> packs() {
    return packs;
  }

  /** All rules as written, with all overrides in them. */
  List<Draft> drafts() {
    Overrides overrides = new Overrides(problems, drafts);
    changes.forEach(change -> overrides.apply(change.mapping(), change.path()));
    return List.copyOf(drafts.values());
  }
}
