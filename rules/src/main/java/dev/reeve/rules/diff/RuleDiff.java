package dev.reeve.rules.diff;

import dev.reeve.model.Condition;
import dev.reeve.model.ConditionText;
import dev.reeve.model.Limit;
import dev.reeve.model.Pattern;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleChange;
import dev.reeve.model.Rung;
import dev.reeve.model.Spans;
import dev.reeve.model.WorkloadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Everything in which one rule is not what it was, each judged as if it were all that changed. */
final class RuleDiff {
  private final Rule before;
  private final Rule after;
  private final List<Difference> found = new ArrayList<>();

  private RuleDiff(Rule before, Rule after) {
    this.before = before;
    this.after = after;
  }

  /** None where both are the same to an operator. */
  static List<Difference> between(Rule before, Rule after) {
    RuleDiff diff = new RuleDiff(before, after);
    diff.conditions();
    diff.ladder();
    diff.actsOn();
    diff.notice();
    diff.limits();
    diff.words("mode", before.mode().text(), after.mode().text());
    diff.words("severity", before.severity().text(), after.severity().text());
    diff.words("status", before.card().status().text(), after.card().status().text());
    diff.words("version", String.valueOf(before.version()), String.valueOf(after.version()));
    diff.words("title", before.title(), after.title());
    diff.words("why", before.why(), after.why());
    diff.words("risk", before.card().risk(), after.card().risk());
    diff.words("owner", before.card().owner(), after.card().owner());
    diff.words("wastes", before.card().wastes().text(), after.card().wastes().text());
    diff.words("runbook", before.card().runbook(), after.card().runbook());
    diff.words("pack", pack(before), pack(after));
    diff.words(
        "false_positives",
        String.join("; ", before.card().falsePositives()),
        String.join("; ", after.card().falsePositives()));
    return diff.found;
  }

  /** The pack's name; its version is the pack's own affair. */
  static String pack(Rule rule) {
    String pack = rule.card().pack();
    int blank = pack.lastIndexOf(' ');
    return blank < 0 ? pack : pack.substring(0, blank);
  }

  static String step(Rung rung) {
    return verb(rung) + " at " + Spans.text(rung.after());
  }

  private static String verb(Rung rung) {
    return switch (rung.remedy()) {
      case Remedy.Notify _ -> "warn";
      case Remedy.Downsize of -> "downsize to " + of.size();
      case Remedy.Migrate of -> "migrate to " + of.destination();
      case Remedy.Suspend of -> of.verb();
      case Remedy.Drain of -> of.verb();
      case Remedy.Terminate of -> of.verb();
    };
  }

  private void conditions() {
    if (RuleChange.sameCondition(before, after)) {
      return;
    }
    int already = found.size();
    if (sameShape()) {
      for (int i = 0; i < before.patterns().size(); i++) {
        condition(i);
      }
    } else {
      add(
          "subjects",
          subjects(before),
          subjects(after),
          before.withPatterns(after.patterns(), after.target()));
    }
    if (found.size() == already) {
      String text = "its condition is written in another form, and asks the same";
      found.add(
          new Difference("condition", "", "", text, RuleChange.between(before, after), false));
    }
  }

  private boolean sameShape() {
    if (before.patterns().size() != after.patterns().size()
        || !before.target().equals(after.target())) {
      return false;
    }
    for (int i = 0; i < before.patterns().size(); i++) {
      Pattern was = before.patterns().get(i);
      Pattern is = after.patterns().get(i);
      if (!was.alias().equals(is.alias())
          || was.kind() != is.kind()
          || was.exists() != is.exists()
          || !was.join().equals(is.join())) {
        return false;
      }
    }
    return true;
  }

  private void condition(int index) {
    Pattern was = before.patterns().get(index);
    String of = before.patterns().size() == 1 ? "" : was.alias() + ": ";
    Condition to = after.patterns().get(index).condition();
    for (ConditionEdit edit : ConditionDiff.between(was.condition(), to)) {
      List<Pattern> patterns = new ArrayList<>(before.patterns());
      patterns.set(index, was.with(edit.alone()));
      Rule alone = before.withPatterns(patterns, before.target());
      add(new Said("condition", edit.before(), edit.after(), of + edit.text()), alone);
    }
  }

  private static String subjects(Rule rule) {
    List<String> all = new ArrayList<>();
    for (Pattern pattern : rule.patterns()) {
      String found = pattern.alias().equals(rule.target()) ? " (found)" : "";
      all.add(
          (pattern.exists() ? "exists " : "")
              + pattern.kind().text()
              + " "
              + pattern.alias()
              + found
              + ": "
              + ConditionText.of(pattern.condition()));
    }
    return String.join("; ", all);
  }

  private void ladder() {
    List<Rung> gone = new ArrayList<>(before.ladder());
    List<Rung> come = new ArrayList<>(after.ladder());
    come.removeIf(gone::remove);
    for (Rung was : List.copyOf(gone)) {
      for (Rung is : List.copyOf(come)) {
        if (gone.contains(was) && was.remedy().equals(is.remedy())) {
          gone.remove(was);
          come.remove(is);
          moved(was, is);
        }
      }
    }
    for (Rung was : gone) {
      List<Rung> ladder = new ArrayList<>(before.ladder());
      ladder.remove(was);
      add(new Said("ladder", step(was), "", "no longer: " + step(was)), with(ladder));
    }
    for (Rung is : come) {
      List<Rung> ladder = new ArrayList<>(before.ladder());
      ladder.add(is);
      add(new Said("ladder", "", step(is), "new step: " + step(is)), with(ladder));
    }
  }

  private void moved(Rung was, Rung is) {
    List<Rung> ladder = new ArrayList<>(before.ladder());
    ladder.set(ladder.indexOf(was), is);
    boolean later = is.after().compareTo(was.after()) > 0;
    Duration by = is.after().minus(was.after()).abs();
    String text = step(is) + ", " + Spans.text(by) + (later ? " later" : " sooner");
    add(new Said("ladder", step(was), step(is), text), with(ladder));
  }

  private Rule with(List<Rung> ladder) {
    return with(ladder.isEmpty() ? after.ladder() : ladder, before.actsOn());
  }

  /** A ladder that acts needs kinds, and one that does not has none: then both come together. */
  private Rule with(List<Rung> ladder, SortedSet<WorkloadKind> kinds) {
    boolean acts = ladder.stream().anyMatch(rung -> rung.remedy().acts());
    SortedSet<WorkloadKind> on = acts ? kinds : new TreeSet<>();
    if (acts && kinds.isEmpty()) {
      on = before.actsOn().isEmpty() ? after.actsOn() : before.actsOn();
    }
    return before.withLadder(ladder, on);
  }

  private void actsOn() {
    if (before.actsOn().equals(after.actsOn())) {
      return;
    }
    boolean ladderToo = before.actsOn().isEmpty() || after.actsOn().isEmpty();
    Rule alone = with(ladderToo ? after.ladder() : before.ladder(), after.actsOn());
    String was = kinds(before);
    String is = kinds(after);
    add(new Said("acts_on", was, is, "acts on " + is + ", not " + was), alone);
  }

  private static String kinds(Rule rule) {
    List<String> kinds = rule.actsOn().stream().map(WorkloadKind::text).toList();
    return kinds.isEmpty() ? "nothing" : String.join(", ", kinds);
  }

  private void notice() {
    String was = Spans.text(before.minNotice());
    String is = Spans.text(after.minNotice());
    if (!was.equals(is)) {
      String text = "acts no sooner than " + is + " after a warning, not " + was;
      add(new Said("min_notice", was, is, text), before.withMinNotice(after.minNotice()));
    }
  }

  private void limits() {
    String was = limits(before);
    String is = limits(after);
    if (!was.equals(is)) {
      String text = "limits itself to " + is + ", not " + was;
      add(new Said("limits", was, is, text), before.withLimits(after.limits()));
    }
  }

  private static String limits(Rule rule) {
    return rule.limits().isEmpty()
        ? "what the configuration allows"
        : String.join("; ", rule.limits().stream().map(RuleDiff::limit).toList());
  }

  /** {@code actions 3 within 1h for each owner}. */
  private static String limit(Limit limit) {
    String currency = limit.currency().map(Currency::getCurrencyCode).orElse("");
    return limit.measure().text()
        + " "
        + ConditionText.of(limit.most(), currency)
        + " within "
        + Spans.text(limit.per())
        + (limit.each() == Limit.Each.RULE ? "" : " for each " + limit.each().text());
  }

  /** What is no condition, ladder, notice or limit; of it only the mode counts for a judgement. */
  private void words(String what, String was, String is) {
    if (!was.equals(is)) {
      String text = what + " from " + quoted(was) + " to " + quoted(is);
      add(
          new Said(what, was, is, text),
          what.equals("mode") ? before.withMode(after.mode()) : before);
    }
  }

  private static String quoted(String word) {
    return word.isEmpty() ? "nothing" : word.contains(" ") ? '"' + word + '"' : word;
  }

  private void add(String what, String was, String is, Rule alone) {
    add(new Said(what, was, is, "judges " + is + ", not " + was), alone);
  }

  private void add(Said said, Rule alone) {
    RuleChange change = RuleChange.between(before, alone);
    boolean proved = RuleChange.between(alone, before) == RuleChange.TIGHTER;
    found.add(
        new Difference(said.what(), said.before(), said.after(), said.text(), change, proved));
  }

  /** A difference before it is judged. */
  private record Said(String what, String before, String after, String text) {}
}
