package dev.reeve.rules.yaml;

import dev.reeve.config.Masking;
import dev.reeve.config.Nearest;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Unit;
import dev.reeve.model.WorkloadKind;
import dev.reeve.rules.yaml.SyntaxException.Said;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeSet;

/** Gives a parsed condition its meaning for one kind of subject, and finds all that is wrong. */
final class Conditioner {
  static final String KIND = "workload.kind";

  private static final List<String> KINDS =
      Arrays.stream(WorkloadKind.values())
          .filter(kind -> kind != WorkloadKind.UNKNOWN)
          .map(WorkloadKind::text)
          .toList();

  private final SubjectKind subject;
  private final Parameters parameters;
  private final Reporter reporter;

  Conditioner(SubjectKind subject, Parameters parameters, Reporter reporter) {
    this.subject = subject;
    this.parameters = parameters;
    this.reporter = reporter;
  }

  /** Empty where something was wrong, which was reported then. */
  Optional<Condition> condition(Node node) {
    return switch (node) {
      case Node.Logic logic -> logic(logic);
      case Node.Compare compare when isKind(compare.left()) -> kind(compare);
      case Node.Compare compare -> compare(compare);
      case Node.OneOf oneOf -> oneOf(oneOf);
      case Node.Quantity _,
          Node.Name _,
          Node.Parameter _,
          Node.Call _,
          Node.Negative _,
          Node.Arithmetic _ -> {
        reporter.problem(
            RuleCode.NOT_A_NUMBER, node.span(), "a comparison such as x < 1%", "a number alone");
        yield Optional.empty();
      }
    };
  }

  private Optional<Condition> logic(Node.Logic logic) {
    List<Condition> parts = new ArrayList<>();
    logic.of().forEach(part -> condition(part).ifPresent(parts::add));
    if (parts.size() < logic.of().size()) {
      return Optional.empty();
    }
    return Optional.of(logic.and() ? new Condition.All(parts) : new Condition.Any(parts));
  }

  private static boolean isKind(Node node) {
    return node instanceof Node.Name name && name.text().equals(KIND);
  }

  private Optional<Condition> kind(Node.Compare compare) {
    if (compare.symbol().is("!=")) {
      reporter.problem(
          RuleCode.NOT_EQUAL,
          span(compare.symbol()),
          KIND + " in [" + others(compare) + "]",
          "'!='");
      return Optional.empty();
    }
    if (!compare.symbol().is("==") || !(compare.right() instanceof Node.Name word)) {
      reporter.problem(
          RuleCode.BAD_KIND, compare.span(), KIND + " == training", compare.symbol().found());
      return Optional.empty();
    }
    return kinds(List.of(word), compare.left());
  }

  private static String others(Node.Compare compare) {
    String word = compare.right() instanceof Node.Name name ? name.text() : "";
    return String.join(", ", KINDS.stream().filter(kind -> !kind.equals(word)).toList());
  }

  private Optional<Condition> oneOf(Node.OneOf oneOf) {
    if (!isKind(oneOf.left())) {
      reporter.problem(
          RuleCode.BAD_KIND, oneOf.span(), "workload.kind in [...]", "'in' behind something else");
      return Optional.empty();
    }
    return kinds(oneOf.words(), oneOf.left());
  }

  private Optional<Condition> kinds(List<Node.Name> words, Node left) {
    boolean right = true;
    if (subject != SubjectKind.WORKLOAD) {
      reporter.problem(
          RuleCode.FOREIGN_NAME, left.span(), "a name that a " + subject.text() + " has", KIND);
      right = false;
    }
    SortedSet<WorkloadKind> kinds = new TreeSet<>();
    for (Node.Name word : words) {
      if (KINDS.contains(word.text())) {
        kinds.add(WorkloadKind.of(word.text()));
      } else {
        String nearest = Nearest.to(word.text(), KINDS);
        Said said =
            new Said("one of " + String.join(", ", KINDS), Masking.quoted(word.text()), nearest);
        reporter.problem(RuleCode.BAD_KIND, word.span(), said);
        right = false;
      }
    }
    return right ? Optional.of(new Condition.KindIn(kinds)) : Optional.empty();
  }

  private Optional<Condition> compare(Node.Compare compare) {
    Optional<Comparison> comparison = comparison(compare);
    Numbers numbers = new Numbers(subject, parameters, reporter);
    SequencedSet<Currency> currencies = numbers.currencies(compare);
    if (currencies.size() > 1) {
      reporter.problem(RuleCode.CURRENCY, compare.span(), "one currency", currencies.toString());
      return Optional.empty();
    }
    Optional<Currency> currency = currencies.stream().findFirst();
    Optional<Numbers.Typed> left = numbers.typed(compare.left(), currency);
    Optional<Numbers.Typed> right = numbers.typed(compare.right(), currency);
    if (comparison.isEmpty() || left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    if (left.get().unit() != right.get().unit()) {
      Span wrong = left.get().asks() ? compare.right().span() : compare.left().span();
      Unit expected = left.get().asks() ? left.get().unit() : right.get().unit();
      Unit found = left.get().asks() ? right.get().unit() : left.get().unit();
      reporter.problem(RuleCode.MIXED_UNITS, wrong, Units.words(expected), Units.words(found));
      return Optional.empty();
    }
    if (!left.get().asks() && !right.get().asks()) {
      reporter.problem(
          RuleCode.ASKS_NOTHING, compare.span(), "a window or an attribute", "constants alone");
      return Optional.empty();
    }
    Condition.Compare written =
        left.get().asks()
            ? new Condition.Compare(
                left.get().expression(), comparison.get(), right.get().expression())
            : new Condition.Compare(
                right.get().expression(), flipped(comparison.get()), left.get().expression());
    Optional<Condition.Compare> asked = Sides.against(written);
    if (asked.isEmpty()) {
      reporter.problem(
          RuleCode.WRONG_STATISTIC,
          compare.span(),
          "a quantile times or by what is never negative",
          "one whose harder bound is not clear");
      return Optional.empty();
    }
    Optional<String> idle = Bounds.answered(asked.get());
    idle.ifPresent(
        found ->
            reporter.problem(
                RuleCode.ALWAYS_OR_NEVER,
                compare.span(),
                "a threshold that can be crossed",
                found));
    return idle.isPresent() ? Optional.empty() : Optional.of(asked.get());
  }

  private Optional<Comparison> comparison(Node.Compare compare) {
    Token symbol = compare.symbol();
    for (Comparison comparison : Comparison.values()) {
      if (symbol.is(comparison.text())) {
        return Optional.of(comparison);
      }
    }
    boolean equal = symbol.is("==");
    reporter.problem(
        equal ? RuleCode.EQUAL : RuleCode.NOT_EQUAL,
        span(symbol),
        equal ? "<= or >=" : "< or >, with 'or' between them",
        symbol.found());
    return Optional.empty();
  }

  /** What is measured stands on the left: witnesses are counted there. */
  private static Comparison flipped(Comparison comparison) {
    return switch (comparison) {
      case LESS -> Comparison.GREATER;
      case AT_MOST -> Comparison.AT_LEAST;
      case GREATER -> Comparison.LESS;
      case AT_LEAST -> Comparison.AT_MOST;
    };
  }

  private static Span span(Token token) {
    return new Span(token.from(), token.to());
  }
}
