package dev.reeve.config;

import dev.reeve.guard.Approving;
import dev.reeve.guard.Budget;
import dev.reeve.guard.Freeze;
import dev.reeve.guard.GuardPolicy;
import dev.reeve.guard.Mode;
import dev.reeve.guard.Scope;
import dev.reeve.guard.Snoozing;
import dev.reeve.model.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the lists below {@code guard} whose items concern some workloads and not others. */
final class PolicyConfig {
  private static final Duration DAY = Duration.ofDays(1);

  private static final List<String> VERBS =
      List.of("downsize", "migrate", "suspend", "drain", "terminate");

  private enum Baseline {
    ASK,
    ACT
  }

  private PolicyConfig() {}

  static GuardPolicy read(Section guard) {
    guard.about(
        "baseline",
        "`ask`: what the first full window after a start finds waits until somebody looked at it"
            + " (`reeve approve baseline`); `act`: it does not");
    return new GuardPolicy(
        freezes(guard),
        modes(guard),
        protects(guard),
        budgets(guard),
        guard.oneOf("baseline", Baseline.class, Baseline.ASK) == Baseline.ASK,
        approving(guard.section("approvals")),
        snoozing(guard.section("snooze")),
        muteAfter(guard));
  }

  /** Whatever either holds back. */
  static GuardPolicy strictest(GuardPolicy one, GuardPolicy other) {
    return new GuardPolicy(
        both(one.freezes(), other.freezes()),
        both(one.modes(), other.modes()),
        both(one.protects(), other.protects()),
        both(one.budgets(), other.budgets()),
        one.asksBaseline() || other.asksBaseline(),
        strictest(one.approving(), other.approving()),
        // what is snoozed more acts later
        new Snoozing(
            Math.max(one.snoozing().times(), other.snoozing().times()),
            GuardConfig.longer(one.snoozing().longest(), other.snoozing().longest())),
        Math.min(one.muteAfter(), other.muteAfter()));
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    LinkedHashSet<T> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  private static List<Freeze> freezes(Section guard) {
    List<Freeze> freezes = new ArrayList<>();
    for (Section section : guard.sections("freeze")) {
      section.about("when", "times of the week, or days, each with its zone");
      Scope scope = scope(section);
      List<String> texts = section.texts("when");
      for (String text : texts) {
        freezes.add(
            new Freeze(
                scope,
                FreezeText.read(
                    text,
                    (expected, nearest) ->
                        section.problem(
                            "when",
                            expected
                                + (nearest.isEmpty() ? "" : "; perhaps `" + nearest + "`")
                                + ", in '"
                                + text
                                + "'"))));
      }
      if (texts.isEmpty()) {
        section.problem("when", "times such as [mon-fri 08:00-18:00 Europe/Berlin]");
        freezes.add(new Freeze(scope, new Freeze.Unreadable("")));
      }
    }
    return freezes;
  }

  private static List<GuardPolicy.ScopedMode> modes(Section guard) {
    List<GuardPolicy.ScopedMode> modes = new ArrayList<>();
    for (Section section : guard.sections("modes")) {
      section.about("mode", "how far it goes with whom the other keys name");
      if (section.text("mode").isEmpty()) {
        section.problem("mode", "one of off, observe, approve, act");
      }
      Mode mode = section.oneOf("mode", Mode.class, Mode.OFF);
      modes.add(new GuardPolicy.ScopedMode(named(section), mode));
    }
    return modes;
  }

  private static Snoozing snoozing(Section section) {
    section.about("times", "how often somebody may ask for time for one finding");
    int times = (int) section.integer("times", 3, new Section.Range(0, 100));
    section.about("longest", "how much time each time");
    Duration longest =
        section.duration(
            "longest", Duration.ofHours(4), Duration.ofMinutes(1), Duration.ofDays(30));
    return new Snoozing(times, longest);
  }

  private static int muteAfter(Section guard) {
    guard.about(
        "mute_after",
        "how many plans of a rule that fail, or after which it finds the same workload again within"
            + " a day, one after the other, let it only warn until `reeve unmute RULE`");
    return (int) guard.integer("mute_after", 3, new Section.Range(1, 100));
  }

  private static Approving approving(Section section) {
    section.about("last", "how long an approval can be used; another boot of the machine ends it");
    Duration lasts =
        section.duration("last", Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofDays(30));
    section.about("by_others", "whether owners of the rule or the workload may not approve");
    boolean byOthers = section.flag("by_others", false);
    section.about("two_for", "remedies that two different persons must approve, such as terminate");
    SortedSet<String> twoFor = new TreeSet<>(section.texts("two_for"));
    if (!twoFor.stream().allMatch(verb -> VERBS.contains(verb))) {
      section.problem("two_for", "remedies: " + String.join(", ", VERBS));
    }
    return new Approving(lasts, byOthers, twoFor);
  }

  private static Approving strictest(Approving one, Approving other) {
    SortedSet<String> both = new TreeSet<>(one.twoFor());
    both.addAll(other.twoFor());
    Duration shorter = one.lasts().compareTo(other.lasts()) <= 0 ? one.lasts() : other.lasts();
    return new Approving(shorter, one.byOthers() || other.byOthers(), both);
  }

  private static List<Budget> budgets(Section guard) {
    List<Budget> budgets = new ArrayList<>();
    for (Section section : guard.sections("budgets")) {
      OptionalInt actions =
          section.text("actions").isPresent()
              ? OptionalInt.of((int) section.integer("actions", 0, new Section.Range(0, 1_000)))
              : OptionalInt.empty();
      OptionalDouble share =
          section.text("share").isPresent()
              ? OptionalDouble.of(section.ratio("share", 0))
              : OptionalDouble.empty();
      Optional<Money> cost = section.money("cost");
      if (actions.isEmpty() && share.isEmpty() && cost.isEmpty()) {
        section.problem("", "one of the keys actions, share, cost");
      }
      Duration per = section.duration("per", DAY, Duration.ofMinutes(1), Duration.ofDays(30));
      Budget.Each each = section.oneOf("each", Budget.Each.class, Budget.Each.ALL);
      budgets.add(new Budget(scope(section), each, actions, share, cost, per));
    }
    return budgets;
  }

  private static List<Scope> protects(Section guard) {
    return guard.sections("leave_alone").stream().map(PolicyConfig::named).toList();
  }

  /** A scope that must name somebody: everybody is what the other keys are for. */
  private static Scope named(Section section) {
    Scope scope = scope(section);
    if (scope.equals(Scope.ALL)) {
      section.problem("", "one of the keys rules, platforms, namespaces, owners, workloads");
    }
    return scope;
  }

  private static Scope scope(Section section) {
    return new Scope(
        globs(section, "rules"),
        globs(section, "platforms"),
        globs(section, "namespaces"),
        globs(section, "owners"),
        globs(section, "workloads"));
  }

  private static List<Glob> globs(Section section, String key) {
    List<String> texts = section.texts(key);
    if (texts.stream().anyMatch(String::isBlank)) {
      section.problem(key, "patterns that are not empty");
    }
    return texts.stream().map(Glob::new).toList();
  }
}
