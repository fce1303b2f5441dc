package dev.reeve.rules.yaml;

import dev.reeve.config.Masking;
import dev.reeve.config.Nearest;
import dev.reeve.config.Place;
import dev.reeve.config.Value;
import dev.reeve.config.Value.Scalar;
import dev.reeve.rules.drl.DrlCode;
import dev.reeve.rules.drl.DrlFile;
import dev.reeve.rules.drl.DrlRule;
import dev.reeve.rules.drl.Refused;
import dev.reeve.rules.drl.Stretch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files in DRL, and which rules of which YAML file they give the conditions of. */
final class DrlTier {
  static final String SUFFIX = ".drl";

  private final RuleProblems problems;
  private final SortedMap<String, Read> files = new TreeMap<>();
  private final Set<String> yaml = new TreeSet<>();
  private final Set<String> refused = new TreeSet<>();

  /** One file, and the rules of it that were asked for. */
  private record Read(SourceText source, DrlFile file, Set<String> used) {}

  DrlTier(RuleProblems problems) {
    this.problems = problems;
  }

  static boolean isDrl(String file) {
    return file.endsWith(SUFFIX);
  }

  /** The name without its ending: what a YAML file and its DRL have in common. */
  static String stem(String file) {
    int dot = file.lastIndexOf('.');
    return dot < 0 ? file : file.substring(0, dot);
  }

  void read(SourceText source, String text) {
    problems.source(source);
    DrlFile file = DrlFile.read(text);
    file.refused().forEach(of -> problems.add(problem(source, of)));
    files.put(stem(source.file()), new Read(source, file, new TreeSet<>()));
  }

  /** Takes note of a YAML file, or of a file that was not read. */
  void beside(String file) {
    (isDrl(file) ? refused : yaml).add(stem(file));
  }

  /** What it says of a rule; empty where it does not, which was reported then. */
  Optional<DrlCondition> condition(Draft draft, Fields rule, Parameters parameters) {
    String stem = stem(draft.mapping().place().file());
    Read read = files.get(stem);
    if (read == null && refused.contains(stem)) {
      return Optional.empty();
    }
    if (read == null) {
      lacking(rule, "the file " + stem + SUFFIX + " with it", "none", "");
      return Optional.empty();
    }
    read.used().add(draft.id());
    Optional<DrlRule> found = read.file().rule(draft.id());
    boolean broken = read.file().names().contains(draft.id()) || !read.file().refused().isEmpty();
    if (found.isEmpty() && !broken) {
      List<String> names = read.file().names();
      String nearest = Nearest.to(draft.id(), names);
      lacking(rule, "a rule \"" + draft.id() + "\" in " + stem + SUFFIX, "none", nearest);
    }
    return found.map(of -> new DrlCondition(of, read.source(), parameters, problems));
  }

  /** The file that the condition of a rule stands in. */
  Optional<String> file(Draft draft) {
    Value.Entry condition = draft.mapping().entries().get("condition");
    return condition == null
        ? Optional.empty()
        : Optional.ofNullable(files.get(stem(draft.mapping().place().file())))
            .map(read -> read.source().file());
  }

  private void lacking(Fields rule, String expected, String found, String nearest) {
    int width = rule.value("condition").orElseThrow() instanceof Scalar of ? of.text().length() : 1;
    problems.add(
        new RuleProblem(
            DrlCode.LACKING,
            rule.place("condition"),
            width,
            rule.below("condition"),
            expected,
            found,
            nearest));
  }

  /**
   * Reports what nobody asked for.
   *
   * @param drafts all rules of all files
   */
  void finish(List<Draft> drafts) {
    files.forEach(
        (stem, read) -> {
          if (!yaml.contains(stem)) {
            Place start = new Place(read.source().file(), 1, 1);
            String found = "none";
            problems.add(new RuleProblem(DrlCode.ALONE, start, 1, "", stem + ".yaml", found, ""));
            return;
          }
          List<String> ids =
              drafts.stream()
                  .filter(of -> stem(of.mapping().place().file()).equals(stem))
                  .map(Draft::id)
                  .toList();
          // a YAML file that could not be read has declared nothing, and says so itself
          if (!ids.isEmpty()) {
            read.file().rules().stream()
                .filter(rule -> !read.used().contains(rule.id()))
                .forEach(rule -> undeclared(read.source(), rule, ids));
          }
        });
  }

  private void undeclared(SourceText source, DrlRule rule, List<String> ids) {
    String nearest = ids.contains(rule.id()) ? "" : Nearest.to(rule.id(), ids);
    String expected = "the id of a rule with `condition: drl` in " + stem(source.file()) + ".yaml";
    problems.add(
        problem(
            source,
            new Refused(
                DrlCode.UNDECLARED, rule.at(), expected, Masking.quoted(rule.id()), nearest)));
  }

  static RuleProblem problem(SourceText source, Refused refused) {
    Stretch at = refused.at();
    Place from = source.place(at.from());
    Place to = source.place(Math.max(at.from(), at.to() - 1));
    int width = to.line() == from.line() ? to.column() - from.column() + 1 : 1;
    return new RuleProblem(
        refused.code(), from, width, "", refused.expected(), refused.found(), refused.nearest());
  }
}
