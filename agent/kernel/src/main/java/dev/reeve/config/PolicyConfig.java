package dev.reeve.config;

import dev.reeve.guard.Freeze;
import dev.reeve.guard.GuardPolicy;
import dev.reeve.guard.Mode;
import dev.reeve.guard.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Reads the lists below {@code guard} whose items concern some workloads and not others. */
final class PolicyConfig {
  private PolicyConfig() {}

  static GuardPolicy read(Section guard) {
    return new GuardPolicy(freezes(guard), modes(guard), protects(guard));
  }

  /** Whatever either holds back. */
  static GuardPolicy strictest(GuardPolicy one, GuardPolicy other) {
    return new GuardPolicy(
        both(one.freezes(), other.freezes()),
        both(one.modes(), other.modes()),
        both(one.protects(), other.protects()));
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

  private static List<Scope> protects(Section guard) {
    return guard.sections("protected").stream().map(PolicyConfig::named).toList();
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
