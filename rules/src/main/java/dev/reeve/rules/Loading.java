package dev.reeve.rules;

import dev.reeve.replay.RuleTests;
import dev.reeve.rules.yaml.RuleFolder;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleEngine.RuleEngineException;
import dev.reeve.spi.RuleLoader.Good;
import dev.reeve.spi.RuleLoader.Loaded;
import dev.reeve.spi.RuleLoader.Past;
import dev.reeve.spi.RuleLoader.Tests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.drools.base.util.Drools;

/** One load: what was tried, and with what it ended. */
final class Loading {
  /**
   * Where it works, and within which bounds.
   *
   * @param rules the operator's files
   * @param state what was compiled
   */
  record Folders(Path rules, Path state, Limits limits, CompilerProcess.Bounds bounds) {}

  private static final int KEPT = 4;
  private static final String ALL_THE_SAME = Tests.ALL_THE_SAME + "\n";

  private final Folders folders;
  private final Past past;
  private final KnownSets known;
  private final StringBuilder problem = new StringBuilder();
  private String compiler = "";
  private String hung = "";

  /** What may forbid what the set does, and could not be read. */
  private String unheard = "";

  private Optional<CompiledSet> good = Optional.empty();

  /** What stands in the files now, as far as that could be read. */
  private SortedMap<String, String> written = new TreeMap<>();

  private Tests tests = Tests.NONE;

  /** Tests that could not be read: nobody can say that they hold. */
  private final List<Tests.Failed> unread = new ArrayList<>();

  /** The set that is there now, where it is right but for its tests. */
  private Optional<CompiledSet> untested = Optional.empty();

  Loading(Folders folders, Past past) {
    this.folders = folders;
    this.past = past;
    this.known = new KnownSets(folders.state(), past);
  }

  Loaded of(RuleFolder now) throws RuleEngineException {
    good = known.newest();
    written = now.texts();
    SortedMap<String, String> broken = new TreeMap<>(now.refused());
    now.refused().keySet().stream()
        .filter(RuleTests::named)
        .forEach(name -> unread.add(unread(name, String.valueOf(broken.remove(name)))));
    boolean gone =
        !now.there() && good.isPresent() && !good.get().compiled().sources().texts().isEmpty();
    if (gone) {
      broken.put(
          "",
          folders.rules() + " is not there any more; an empty folder would say that no rules are");
    }
    if (broken.containsKey("")) {
      problem.append(broken.get("")).append('\n');
      if (good.isEmpty()) {
        unheard = broken.get("") + ", and what its files forbid is not known";
      }
      return lastGood(now.texts());
    }
    broken.values().forEach(problem::append);
    alike(now.texts(), broken);
    SortedMap<String, String> texts = new TreeMap<>(now.texts());
    Optional<CompiledSet> made = broken.isEmpty() ? attempt(texts, broken) : Optional.empty();
    // what broke is known now: all else may take effect
    if (made.isEmpty() && !broken.isEmpty() && hung.isEmpty()) {
      problem.append(known.refused());
      alike(texts, broken);
      texts = repaired(texts, broken.keySet());
      made = attempt(texts, new TreeMap<>());
    }
    if (made.isEmpty() && untested.isPresent()) {
      return onlyStricter(untested.get(), texts, broken.keySet());
    }
    if (made.isEmpty()) {
      return lastGood(now.texts());
    }
    unheard(made.get(), broken.keySet());
    unread(now, broken.keySet());
    if (!broken.isEmpty()) {
      fellBack();
    }
    return loaded(made.get(), HeldRules.of(made.get(), broken.keySet(), written));
  }

  /** A condition in DRL and its YAML file are taken back together, or they would not fit. */
  private static void alike(SortedMap<String, String> texts, SortedMap<String, String> broken) {
    for (String name : List.copyOf(broken.keySet())) {
      texts.keySet().stream()
          .filter(of -> RuleFolder.paired(of, name))
          .forEach(of -> broken.putIfAbsent(of, broken.getOrDefault(name, "")));
    }
  }

  /** The same with each broken file as it was when it last loaded, or without it. */
  private SortedMap<String, String> repaired(SortedMap<String, String> texts, Set<String> broken) {
    SortedMap<String, String> repaired = new TreeMap<>(texts);
    for (String name : broken) {
      Optional<String> before =
          good.flatMap(set -> Optional.ofNullable(set.compiled().sources().texts().get(name)));
      before.ifPresentOrElse(text -> repaired.put(name, text), () -> repaired.remove(name));
    }
    return repaired;
  }

  /** What stands in a file that is refused as a file is not known, whatever it was. */
  private void unread(RuleFolder now, Set<String> broken) {
    for (String name : now.refused().keySet()) {
      if (broken.contains(name)) {
        unheard = name + " cannot be read, and what it forbids is not known";
      }
    }
  }

  /** The set as it is, with all rules held whose file is not what it was. */
  private Loaded lastGood(SortedMap<String, String> now) throws RuleEngineException {
    problem.append(known.refused());
    CompiledSet set = base();
    unheard(set, now.keySet());
    fellBack();
    return loaded(set, HeldRules.of(set, changed(now), written));
  }

  /** What judged last, or would if nothing else did. */
  private CompiledSet base() throws RuleEngineException {
    return good.isPresent() ? good.get() : KnownSets.shipped();
  }

  private static Tests.Failed unread(String file, String why) {
    return new Tests.Failed(file, "the file can be read", new TreeSet<>(), why);
  }

  /**
   * The set that is wanted fails its tests, and some of it is new or looser. Files of rules that
   * fail, else all that changed, are what they were; rules that are gone are off; and whatever is
   * to be another may warn and not act.
   */
  private Loaded onlyStricter(
      CompiledSet wanted, SortedMap<String, String> texts, Set<String> broken)
      throws RuleEngineException {
    Optional<CompiledSet> set = Optional.empty();
    int said = problem.length();
    Tests failed = tests;
    for (SortedSet<String> names : List.of(blamed(wanted, failed), changed(texts))) {
      if (set.isEmpty() && !names.isEmpty() && hung.isEmpty()) {
        set = withoutGone(repaired(texts, names), wanted);
      }
    }
    // what the files as they were came to is no news
    problem.setLength(said);
    tests = failed;
    CompiledSet judges = set.isPresent() ? set.get() : base();
    unheard(judges, broken);
    fellBack();
    SortedMap<String, String> held =
        Stricter.held(judges.compiled().rules(), wanted.compiled().rules());
    held.putAll(HeldRules.of(judges, broken, written));
    return loaded(judges, held);
  }

  private Optional<CompiledSet> withoutGone(SortedMap<String, String> texts, CompiledSet wanted)
      throws RuleEngineException {
    Optional<CompiledSet> made = attempt(texts, new TreeMap<>());
    if (made.isEmpty()) {
      return made;
    }
    SortedSet<String> gone =
        Stricter.gone(made.get().compiled().rules(), wanted.compiled().rules());
    Optional<String> off = Stricter.off(gone);
    if (off.isEmpty()) {
      return made;
    }
    SortedMap<String, String> without = new TreeMap<>(texts);
    without.put(Stricter.OFF, off.get());
    return attempt(without, new TreeMap<>()).or(() -> made);
  }

  /** Files of the tests that fail, and of the rules that they are about. */
  private static SortedSet<String> blamed(CompiledSet wanted, Tests failed) {
    SortedSet<String> files = new TreeSet<>();
    for (Tests.Failed one : failed.failed()) {
      files.add(one.file());
      if (one.rules().isEmpty()) {
        return new TreeSet<>();
      }
      one.rules()
          .forEach(
              rule ->
                  files.addAll(
                      wanted.compiled().sources().files().getOrDefault(rule, new TreeSet<>())));
    }
    return files;
  }

  private SortedSet<String> changed(SortedMap<String, String> now) throws RuleEngineException {
    SortedMap<String, String> was = base().compiled().sources().texts();
    SortedSet<String> changed = new TreeSet<>(was.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(
        name -> name.equals(Stricter.OFF) || Objects.equals(was.get(name), now.get(name)));
    return changed;
  }

  private void fellBack() {
    Optional<Good> newest = past.good().stream().findFirst();
    if (newest.isPresent() && !newest.equals(good.map(set -> new Good(set.key(), set.hash())))) {
      unheard = "the newest rules that judged are not there any more, and older ones may do more";
    }
  }

  private void unheard(CompiledSet set, Set<String> files) {
    for (String name : files) {
      if (!RuleTests.named(name) && !set.compiled().sources().texts().containsKey(name)) {
        unheard = name + " does not load, and what it forbids is not known";
      }
    }
  }

  private Loaded loaded(CompiledSet set, SortedMap<String, String> held)
      throws RuleEngineException {
    RuleEngine engine;
    if (past.hung().contains(set.hash())) {
      hung = "the rule set " + set.hash() + " hung, and nothing else is there to judge";
      engine = new NoRules();
    } else {
      engine = DroolsRuleEngine.load(set.compiled(), set.hash(), folders.limits());
    }
    if (!hung.isEmpty()) {
      problem.append(hung).append('\n');
    }
    String nothing = hung.isEmpty() ? unheard : hung;
    String wrong = problem.toString().strip();
    return new Loaded(engine, set.key(), held, wrong, nothing, compiler, tests);
  }

  /** A set of these files, from the store or from a compiler; adds to what is broken. */
  private Optional<CompiledSet> attempt(
      SortedMap<String, String> texts, SortedMap<String, String> broken)
      throws RuleEngineException {
    Optional<CompiledSet> made = texts.isEmpty() ? Optional.of(KnownSets.shipped()) : stored(texts);
    if (made.isEmpty()) {
      made = compiled(texts, broken);
    }
    if (made.isPresent() && past.hung().contains(made.get().hash())) {
      hung = "the rule set " + made.get().hash() + " hung twice and is not used again";
      return Optional.empty();
    }
    return made;
  }

  private Optional<CompiledSet> stored(SortedMap<String, String> texts) throws RuleEngineException {
    String key = RuleTexts.of(texts).key(engineKey());
    for (Good one : past.good()) {
      if (one.key().equals(key)) {
        Optional<CompiledSet> set = known.verified(one).filter(of -> mayComeBack(key, of));
        if (set.isPresent()) {
          remember(key);
        }
        return set;
      }
    }
    return Optional.empty();
  }

  /** It judged once, maybe beside looser ones: its tests may fail, and what judges be stricter. */
  private boolean mayComeBack(String key, CompiledSet set) {
    try {
      boolean hold =
          unread.isEmpty() && new RuleStore(folders.state()).tests(key).failed().isEmpty();
      return hold || Stricter.isAll(base().compiled().rules(), set.compiled().rules());
    } catch (IOException | RuleEngineException unknown) {
      return false;
    }
  }

  /** What its tests came to when it was made. */
  private void remember(String key) {
    try {
      tests = new RuleStore(folders.state()).tests(key);
      tests.failed().forEach(one -> problem.append(one.text()));
      problem.append(tests.failed().isEmpty() ? "" : ALL_THE_SAME);
    } catch (IOException failure) {
      known.refuse("what its tests came to cannot be read: " + failure.getMessage());
    }
  }

  private Optional<CompiledSet> compiled(
      SortedMap<String, String> texts, SortedMap<String, String> broken)
      throws RuleEngineException {
    try {
      RuleStore store = new RuleStore(folders.state());
      CompilerProcess process = new CompilerProcess(store.folder(), folders.bounds());
      compiler = process.isolation();
      return switch (process.compile(texts)) {
        case Compilation.Made made -> {
          String key = RuleTexts.of(texts).key(engineKey());
          CompiledSet set =
              new CompiledSet(
                  key, CompiledRules.hash(made.archive()), KnownSets.read(made.archive()));
          if (!set.compiled().sources().texts().equals(texts)) {
            throw new RuleEngineException("the compiler answered with other files");
          }
          if (!mayTake(set, made.tests())) {
            yield Optional.empty();
          }
          store.write(key, made.archive());
          if (tests.any()) {
            store.write(key, tests);
          }
          List<String> keep = new ArrayList<>(List.of(key));
          past.good().stream().limit(KEPT).forEach(good -> keep.add(good.key()));
          store.keep(keep);
          yield Optional.of(set);
        }
        case Compilation.Refused refused -> {
          problem.append(refused.report());
          refused.files().stream()
              .filter(texts::containsKey)
              .forEach(file -> broken.put(file, refused.report()));
          yield Optional.empty();
        }
      };
    } catch (IOException failure) {
      problem.append("rules cannot be compiled: ").append(failure.getMessage()).append('\n');
      return Optional.empty();
    }
  }

  /** Whether its tests hold, or nothing in it is new or looser. */
  private boolean mayTake(CompiledSet set, Tests own) throws RuleEngineException {
    List<Tests.Failed> failed = new ArrayList<>(own.failed());
    failed.addAll(unread);
    tests = new Tests(own.passed(), failed);
    if (failed.isEmpty()) {
      return true;
    }
    failed.forEach(one -> problem.append(one.text()));
    if (Stricter.isAll(base().compiled().rules(), set.compiled().rules())) {
      problem.append(ALL_THE_SAME);
      return true;
    }
    if (untested.isEmpty()) {
      untested = Optional.of(set);
    }
    return false;
  }

  private static String engineKey() throws RuleEngineException {
    return Drools.getFullVersion()
        + " "
        + RuleWriter.FORMAT
        + " "
        + DroolsRuleEngineProvider.hash();
  }
}
