package dev.reeve.rules.yaml;

import dev.reeve.config.Place;
import dev.reeve.config.Value;
import dev.reeve.model.Condition;
import dev.reeve.model.ConditionText;
import dev.reeve.model.Rule;
import dev.reeve.model.SubjectKind;
import dev.reeve.rules.Accepted;
import dev.reeve.rules.drl.DrlFile;
import dev.reeve.rules.drl.DrlRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;

/**
 * What must be true of any text, right or wrong: there is an answer, every problem has a place in
 * the file, and what is let through can be rendered, read again and compiled.
 */
final class Oracle {
  private static final int WITH_SHIPPED = 16;

  private final int every;

  /**
   * @param every one of so many accepted renderings is compiled
   */
  Oracle(int every) {
    this.every = every;
  }

  /** Whether it was let through. */
  boolean yaml(String text) {
    return judged(read(Map.of("site.yaml", text)), text, "site.yaml");
  }

  /** The same for a condition in DRL, beside its YAML file. */
  boolean gate(String text) {
    Map<String, String> texts = Map.of("60-special.drl", text, "60-special.yaml", Drl.YAML);
    boolean right = judged(read(texts), text, "60-special.drl");
    if (right) {
      sameAsTheEngine(text);
    }
    return right;
  }

  /** Mostly beside empty packs in the place of the shipped ones, which take long to read. */
  private static RuleSources.Loaded read(Map<String, String> texts) {
    SequencedMap<String, String> all = new LinkedHashMap<>(new TreeMap<>(texts));
    if (Math.floorMod(texts.hashCode(), WITH_SHIPPED) != 0) {
      for (String pack : List.of("gpu", "training", "money", "serving")) {
        if (texts.values().stream().noneMatch(text -> text.contains("name: " + pack))) {
          all.put(pack + "-no.yaml", "pack: {name: " + pack + ", version: 1}\nrules: []\n");
        }
      }
    }
    return RuleSources.parse(all);
  }

  private boolean judged(RuleSources.Loaded loaded, String text, String file) {
    long lines = text.chars().filter(c -> c == '\n').count() + 1;
    for (RuleProblem problem : loaded.problems().list()) {
      int line = problem.place().line();
      if (problem.place().file().equals(file) && (line < 1 || line > lines)) {
        throw new AssertionError(problem + " in " + lines + " lines");
      }
    }
    boolean errors = !loaded.problems().errors().isEmpty();
    if (loaded.ok() == errors || (errors && loaded.report().isBlank())) {
      throw new AssertionError("right and wrong: " + loaded.report());
    }
    if (!loaded.ok()) {
      return false;
    }
    List<Rule> own = new ArrayList<>();
    for (Rule rule : loaded.rules()) {
      if (!loaded.files().getOrDefault(rule.id(), new TreeSet<>()).isEmpty()) {
        own.add(rule);
      }
    }
    Accepted.check(own, every);
    return true;
  }

  /** Two parsers may read one text differently: what one lets through, the other must know. */
  private static void sameAsTheEngine(String text) {
    DrlFile file = DrlFile.read(text);
    DrlParser parser = new DrlParser();
    PackageDescr read;
    try {
      read = parser.parse(false, text);
    } catch (DroolsParserException wrong) {
      throw new AssertionError(text, wrong);
    }
    if (parser.hasErrors() || file.rules().size() != read.getRules().size()) {
      throw new AssertionError(parser.getErrors() + "\n" + text);
    }
    for (int i = 0; i < file.rules().size(); i++) {
      DrlRule mine = file.rules().get(i);
      RuleDescr theirs = read.getRules().get(i);
      int patterns = theirs.getLhs().getDescrs().size();
      if (!mine.id().equals(theirs.getName()) || mine.parts().size() != patterns) {
        throw new AssertionError("the engine reads other patterns: " + text);
      }
    }
  }

  /** Whether it was let through; then it is printed as what reads the same. */
  static boolean condition(String text) {
    RuleProblems problems = new RuleProblems();
    Optional<Condition> read = read(text, problems);
    if (read.isEmpty() == problems.list().isEmpty()) {
      throw new AssertionError("read " + read + " and said " + problems.text());
    }
    if (read.isEmpty()) {
      return false;
    }
    String printed = ConditionText.of(read.get());
    RuleProblems again = new RuleProblems();
    Optional<Condition> same = read(printed, again);
    boolean longer = again.list().stream().anyMatch(of -> of.code() == RuleCode.TOO_LONG);
    if (!longer && !same.equals(read)) {
      throw new AssertionError(
          "'" + text + "' is printed as '" + printed + "', which reads as " + same + again.text());
    }
    return true;
  }

  static Optional<Condition> read(String text, RuleProblems problems) {
    problems.source(new SourceText("f", text));
    Value.Written written =
        new Value.Written(0, text.codePointCount(0, text.length()), Value.Form.PLAIN);
    Value scalar = new Value.Scalar(text, Value.Kind.TEXT, new Place("f", 1, 1), written);
    return new ConditionReader(problems, SubjectKind.WORKLOAD, new Parameters())
        .read(scalar, "when");
  }
}
