package dev.reeve.rules.diff;

import dev.reeve.model.Condition;
import dev.reeve.model.ConditionText;
import dev.reeve.model.Conditions;
import dev.reeve.model.Expression;
import dev.reeve.model.Feature;
import dev.reeve.model.Spans;
import dev.reeve.model.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * Sets two condition trees side by side: what is equal in both is left out, what speaks of the same
 * value is one edit of it, and the rest came or went.
 */
final class ConditionDiff {
  private final List<ConditionEdit> edits = new ArrayList<>();

  /** Which parts belong together, the surest first. */
  private static final List<BiPredicate<Condition, Condition>> ALIKE =
      List.of(
          ConditionDiff::sameValue,
          ConditionDiff::sameSignal,
          ConditionDiff::sameName,
          (one, other) -> one instanceof Condition.KindIn && other instanceof Condition.KindIn,
          (one, other) -> one instanceof Condition.All && other instanceof Condition.All,
          (one, other) -> one instanceof Condition.Any && other instanceof Condition.Any,
          (one, other) -> one instanceof Condition.Any any && any.of().contains(other),
          (one, other) -> other instanceof Condition.Any any && any.of().contains(one));

  private ConditionDiff() {}

  /** Every edit that leads from the one to the other; none where only brackets differ. */
  static List<ConditionEdit> between(Condition before, Condition after) {
    ConditionDiff diff = new ConditionDiff();
    Condition from = flat(before);
    Condition to = flat(after);
    if (to instanceof Condition.All && !(from instanceof Condition.All)) {
      from = new Condition.All(List.of(from));
    } else if (from instanceof Condition.All && !(to instanceof Condition.All)) {
      to = new Condition.All(List.of(to));
    }
    diff.compare(from, to, UnaryOperator.identity());
    return diff.edits;
  }

  /** Without brackets in brackets of the same kind. */
  private static Condition flat(Condition condition) {
    return switch (condition) {
      case Condition.All all -> {
        List<Condition> parts = new ArrayList<>();
        for (Condition part : all.of()) {
          Condition flat = flat(part);
          parts.addAll(flat instanceof Condition.All inner ? inner.of() : List.of(flat));
        }
        yield parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
      }
      case Condition.Any any -> {
        List<Condition> parts = new ArrayList<>();
        for (Condition part : any.of()) {
          Condition flat = flat(part);
          parts.addAll(flat instanceof Condition.Any inner ? inner.of() : List.of(flat));
        }
        yield parts.size() == 1 ? parts.getFirst() : new Condition.Any(parts);
      }
      default -> condition;
    };
  }

  private void compare(Condition before, Condition after, UnaryOperator<Condition> within) {
    if (before.equals(after)) {
      return;
    }
    if (before instanceof Condition.Any any && any.of().contains(after)) {
      compare(before, new Condition.Any(List.of(after)), within);
    } else if (after instanceof Condition.Any any && any.of().contains(before)) {
      compare(new Condition.Any(List.of(before)), after, within);
    } else if (before instanceof Condition.All was && after instanceof Condition.All is) {
      parts(was.of(), is.of(), parts -> within.apply(new Condition.All(parts)), true);
    } else if (before instanceof Condition.Any was && after instanceof Condition.Any is) {
      parts(was.of(), is.of(), parts -> within.apply(new Condition.Any(parts)), false);
    } else {
      edits.add(
          new ConditionEdit(
              LeafWords.changed(before, after),
              ConditionText.of(before),
              ConditionText.of(after),
              within.apply(after)));
    }
  }

  /** Makes the whole old condition of the parts of one bracket in it. */
  @FunctionalInterface
  private interface Whole {
    Condition of(List<Condition> parts);
  }

  private void parts(List<Condition> before, List<Condition> after, Whole whole, boolean all) {
    List<Condition> gone = new ArrayList<>(before);
    List<Condition> come = new ArrayList<>(after);
    after.forEach(
        part -> {
          if (gone.remove(part)) {
            come.remove(part);
          }
        });
    for (BiPredicate<Condition, Condition> alike : ALIKE) {
      for (Condition was : List.copyOf(gone)) {
        Optional<Condition> is = come.stream().filter(part -> alike.test(was, part)).findFirst();
        if (is.isPresent()) {
          gone.remove(was);
          come.remove(is.get());
          compare(was, is.get(), part -> whole.of(replaced(before, was, part)));
        }
      }
    }
    for (Condition was : gone) {
      List<Condition> without = new ArrayList<>(before);
      without.remove(was);
      // an empty 'any' cannot be said; nothing of it is left then
      List<Condition> left = without.isEmpty() && !all ? after : without;
      String text = ConditionText.of(was);
      edits.add(new ConditionEdit(LeafWords.gone(was, all), text, "", whole.of(left)));
    }
    for (Condition is : come) {
      List<Condition> with = new ArrayList<>(before);
      with.add(is);
      String text = ConditionText.of(is);
      edits.add(new ConditionEdit(LeafWords.come(is, all), "", text, whole.of(with)));
    }
  }

  private static List<Condition> replaced(List<Condition> all, Condition was, Condition is) {
    List<Condition> parts = new ArrayList<>(all);
    parts.set(parts.indexOf(was), is);
    return parts;
  }

  private static boolean sameValue(Condition one, Condition other) {
    return one instanceof Condition.Compare was
        && other instanceof Condition.Compare is
        && was.left().equals(is.left());
  }

  private static boolean sameSignal(Condition one, Condition other) {
    return one instanceof Condition.Compare was
        && other instanceof Condition.Compare is
        && !signals(was).isEmpty()
        && signals(was).equals(signals(is));
  }

  private static List<String> signals(Condition.Compare compare) {
    return Conditions.features(compare).stream()
        .map(
            feature -> feature instanceof Feature.OfWindow of ? of.signal().text() : feature.text())
        .distinct()
        .toList();
  }

  private static boolean sameName(Condition one, Condition other) {
    return one instanceof Condition.Named was
        && other instanceof Condition.Named is
        && was.trait() == is.trait()
        && was.among() == is.among();
  }

  /** The words for parts that came, went or changed. */
  private static final class LeafWords {
    private LeafWords() {}

    static String gone(Condition was, boolean all) {
      if (all) {
        return exception(was)
            .map(text -> "no longer excepts " + text)
            .orElse("no longer asks that " + ConditionText.of(was));
      }
      return "it is no longer enough that " + ConditionText.of(was);
    }

    static String come(Condition is, boolean all) {
      if (all) {
        return exception(is)
            .map(text -> "excepts " + text)
            .orElse("also asks that " + ConditionText.of(is));
      }
      return "it is now also enough that " + ConditionText.of(is);
    }

    static String changed(Condition before, Condition after) {
      if (before instanceof Condition.Compare was && after instanceof Condition.Compare is) {
        return compared(was, is);
      }
      if (before instanceof Condition.KindIn && after instanceof Condition.KindIn) {
        return "finds " + ConditionText.of(after) + ", not " + ConditionText.of(before);
      }
      if (before instanceof Condition.Named was
          && after instanceof Condition.Named is
          && !was.among()
          && sameName(was, is)) {
        return "excepts " + names(is) + ", not " + names(was);
      }
      return "asks that " + ConditionText.of(after) + ", not that " + ConditionText.of(before);
    }

    private static String compared(Condition.Compare was, Condition.Compare is) {
      String left = ConditionText.of(was.left(), was);
      if (was.left().equals(is.left()) && was.comparison() == is.comparison()) {
        return limit(left, was, is);
      }
      if (was.comparison() == is.comparison()
          && was.right().equals(is.right())
          && was.left() instanceof Expression.Ask(Feature.OfWindow from)
          && is.left() instanceof Expression.Ask(Feature.OfWindow to)
          && from.statistic() == to.statistic()) {
        return "span of "
            + from.statistic().text()
            + "("
            + from.signal().text()
            + ") from "
            + Spans.text(from.span())
            + " to "
            + Spans.text(to.span());
      }
      return "asks that " + ConditionText.of(is) + ", not that " + ConditionText.of(was);
    }

    private static String limit(String left, Condition.Compare was, Condition.Compare is) {
      if (!(was.right() instanceof Expression.Choice)
          && !(is.right() instanceof Expression.Choice)) {
        return "limit of "
            + left
            + " from "
            + ConditionText.of(was.right(), was)
            + " to "
            + ConditionText.of(is.right(), is);
      }
      return "limit of " + left + ": " + CaseWords.between(was, is);
    }

    private static String names(Condition.Named named) {
      return named.trait().text() + " " + String.join(" or ", named.patterns());
    }

    /** An exception of names reads as the negation of each; all of them must fit. */
    private static Optional<String> exception(Condition condition) {
      List<Condition> parts =
          condition instanceof Condition.Any any ? any.of() : List.of(condition);
      List<String> words = new ArrayList<>();
      for (Condition part : parts) {
        if (!(part instanceof Condition.Named named) || named.among()) {
          return Optional.empty();
        }
        boolean everything = named.trait() == Trait.NAME && named.patterns().contains("*");
        words.add(everything ? "everything" : names(named));
      }
      return Optional.of(String.join(" with ", words));
    }
  }
}
