package dev.reeve.rules.yaml;

import dev.reeve.config.Masking;
import dev.reeve.config.Nearest;
import dev.reeve.model.Condition;
import dev.reeve.model.Join;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rung;
import dev.reeve.rules.drl.DrlCode;
import dev.reeve.rules.drl.DrlRule;
import dev.reeve.rules.drl.Explained;
import dev.reeve.rules.drl.Refused;
import dev.reeve.rules.drl.Stretch;
import dev.reeve.rules.drl.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a rule in DRL says, as the patterns that the same rule in YAML would have. */
final class DrlCondition {
  private final DrlRule rule;
  private final SourceText source;
  private final Parameters parameters;
  private final RuleProblems problems;

  DrlCondition(DrlRule rule, SourceText source, Parameters parameters, RuleProblems problems) {
    this.rule = rule;
    this.source = source;
    this.parameters = parameters;
    this.problems = problems;
  }

  String target() {
    return rule.verdict().alias();
  }

  /** Empty where something was wrong, which was reported then. */
  List<Pattern> patterns() {
    List<Pattern> patterns = new ArrayList<>();
    List<String> earlier = new ArrayList<>();
    for (DrlRule.Part part : rule.parts()) {
      pattern(part, earlier).ifPresent(patterns::add);
      if (!part.exists()) {
        earlier.add(part.alias());
      }
    }
    return patterns.size() == rule.parts().size() ? patterns : List.of();
  }

  private Optional<Pattern> pattern(DrlRule.Part part, List<String> earlier) {
    List<Join> joins = new ArrayList<>();
    List<Condition> conditions = new ArrayList<>();
    DrlNodes nodes = new DrlNodes(part.kind(), parameters, this::refuse);
    Conditioner conditioner = new Conditioner(part.kind(), parameters, this::problem);
    boolean right = true;
    for (Term term : part.constraints()) {
      if (term instanceof Term.Compare compare && names(compare)) {
        Optional<Join> join = join(compare, earlier);
        join.ifPresent(joins::add);
        right &= join.isPresent();
      } else {
        Optional<Condition> condition = nodes.node(term).flatMap(conditioner::condition);
        condition.ifPresent(conditions::add);
        right &= condition.isPresent();
      }
    }
    if (right && joins.size() != (earlier.isEmpty() ? 0 : 1)) {
      String expected =
          earlier.isEmpty()
              ? "no join in the first pattern"
              : "one join, such as owner == $" + earlier.getFirst() + ".subject";
      refuse(new Refused(DrlCode.JOIN, part.at(), expected, joins.size() + "", ""));
      right = false;
    }
    if (right && conditions.isEmpty()) {
      String found = "a join alone";
      refuse(new Refused(DrlCode.SYNTAX, part.at(), "a comparison beside it", found, ""));
      right = false;
    }
    if (!right) {
      return Optional.empty();
    }
    Condition condition =
        conditions.size() == 1 ? conditions.getFirst() : new Condition.All(conditions);
    return Optional.of(
        new Pattern(
            part.alias(), part.kind(), condition, joins.stream().findFirst(), part.exists()));
  }

  private static boolean names(Term.Compare compare) {
    return compare.left() instanceof Term.Name || compare.right() instanceof Term.Name;
  }

  private Optional<Join> join(Term.Compare compare, List<String> earlier) {
    if (!compare.symbol().text().equals("==")
        || !(compare.left() instanceof Term.Name left)
        || !(compare.right() instanceof Term.Name right)
        || left.alias().isEmpty() == right.alias().isEmpty()) {
      String alias = earlier.isEmpty() ? "w" : earlier.getFirst();
      String expected = "a join such as owner == $" + alias + ".subject";
      refuse(new Refused(DrlCode.JOIN, compare.at(), expected, "another comparison", ""));
      return Optional.empty();
    }
    Term.Name mine = left.alias().isEmpty() ? left : right;
    Term.Name theirs = left.alias().isEmpty() ? right : left;
    if (!earlier.contains(theirs.alias())) {
      String expected =
          earlier.isEmpty()
              ? "no join in the first pattern"
              : "one of $" + String.join(", $", earlier);
      String nearest = Nearest.to(theirs.alias(), earlier);
      String meant = nearest.isEmpty() ? "" : "$" + nearest;
      String found = Masking.quoted("$" + theirs.alias());
      refuse(new Refused(DrlCode.JOIN, theirs.at(), expected, found, meant));
      return Optional.empty();
    }
    return Optional.of(new Join(mine.key(), theirs.alias(), theirs.key()));
  }

  /** Both files must mean the same remedy. */
  void remedy(List<Rung> ladder) {
    List<String> verbs =
        ladder.stream()
            .map(rung -> rung.remedy().acts() ? rung.remedy().verb() : "warn")
            .distinct()
            .toList();
    String verb = rule.verdict().verb();
    if (!verbs.contains(verb)) {
      refuse(
          new Refused(
              DrlCode.REMEDY,
              rule.verdict().verbAt(),
              "one of " + String.join(", ", verbs),
              Masking.quoted(verb),
              Nearest.to(verb, verbs)));
    }
  }

  private void refuse(Refused refused) {
    problems.add(DrlTier.problem(source, refused));
  }

  private void problem(Explained code, Span span, SyntaxException.Said said) {
    Stretch at = new Stretch(span.from(), span.to());
    refuse(new Refused(code, at, said.expected(), said.found(), said.nearest()));
  }
}
