package dev.reeve.rules;

import dev.reeve.rules.yaml.RuleFolder;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleEngine.RuleEngineException;
import dev.reeve.spi.RuleLoader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.drools.base.util.Drools;

/**
 * The rules of one folder beside the shipped ones. Files that do not load are replaced by what they
 * were in the newest good set, so that all others take effect; where that does not load either, the
 * newest good set goes on as it is.
 */
final class FolderRules implements RuleLoader {
  private static final Logger logger = System.getLogger(FolderRules.class.getName());
  private static final int KEPT = 4;

  private final Path folder;
  private final Path state;
  private final Limits limits;
  private final CompilerProcess.Bounds bounds;

  FolderRules(Path folder, Path state, Limits limits, CompilerProcess.Bounds bounds) {
    this.folder = folder;
    this.state = state;
    this.limits = limits;
    this.bounds = bounds;
  }

  @Override
  public List<Path> watched() {
    return List.of(folder);
  }

  @Override
  public String fingerprint() {
    RuleFolder now = RuleFolder.read(folder);
    String all = now.there() + "\n" + now.refused() + "\n" + RuleTexts.of(now.texts()).key("");
    return CompiledRules.hash(all.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Loaded load(Past past) throws RuleEngineException {
    RuleFolder now = RuleFolder.read(folder);
    return new Loading(past).of(now);
  }

  private static String engineKey() throws RuleEngineException {
    return Drools.getFullVersion()
        + " "
        + RuleWriter.FORMAT
        + " "
        + DroolsRuleEngineProvider.hash();
  }

  /** One set, verified. */
  private record Set(String key, String hash, CompiledRules compiled) {}

  /** One load: what was tried, and with what it ended. */
  private final class Loading {
    private final Past past;
    private final StringBuilder problem = new StringBuilder();
    private final StringBuilder refused = new StringBuilder();
    private String compiler = "";
    private String hung = "";

    /** What may forbid what the set does, and could not be read. */
    private String unheard = "";

    Loading(Past past) {
      this.past = past;
    }

    Loaded of(RuleFolder now) throws RuleEngineException {
      Optional<Set> good = newestGood();
      SortedMap<String, String> broken = new TreeMap<>(now.refused());
      boolean gone =
          !now.there() && good.isPresent() && !good.get().compiled().sources().texts().isEmpty();
      if (gone) {
        broken.put(
            "", folder + " is not there any more; an empty folder would say that no rules are");
      }
      if (broken.containsKey("")) {
        problem.append(broken.get("")).append('\n');
        if (good.isEmpty()) {
          unheard = broken.get("") + ", and what its files forbid is not known";
        }
        return lastGood(good, now.texts());
      }
      broken.values().forEach(problem::append);
      alike(now.texts(), broken);
      SortedMap<String, String> texts = new TreeMap<>(now.texts());
      Optional<Set> made = broken.isEmpty() ? attempt(texts, broken) : Optional.empty();
      // what broke is known now: all else may take effect
      if (made.isEmpty() && !broken.isEmpty() && hung.isEmpty()) {
        tellOfRefused();
        alike(texts, broken);
        made = attempt(repaired(texts, broken.keySet(), good), new TreeMap<>());
      }
      if (made.isEmpty()) {
        return lastGood(good, now.texts());
      }
      unheard(made.get(), broken.keySet());
      if (!broken.isEmpty()) {
        fellBack(good);
      }
      return loaded(made.get(), made.get().compiled().sources().rulesOf(reasons(broken.keySet())));
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
    private SortedMap<String, String> repaired(
        SortedMap<String, String> texts, java.util.Set<String> broken, Optional<Set> good) {
      SortedMap<String, String> repaired = new TreeMap<>(texts);
      for (String name : broken) {
        Optional<String> before =
            good.flatMap(set -> Optional.ofNullable(set.compiled().sources().texts().get(name)));
        before.ifPresentOrElse(text -> repaired.put(name, text), () -> repaired.remove(name));
      }
      return repaired;
    }

    private static Map<String, String> reasons(java.util.Set<String> files) {
      Map<String, String> reasons = new TreeMap<>();
      for (String file : files) {
        reasons.put(file, file + " changed and does not load");
      }
      return reasons;
    }

    /** The set as it is, with all rules held whose file is not what it was. */
    private Loaded lastGood(Optional<Set> good, SortedMap<String, String> now)
        throws RuleEngineException {
      tellOfRefused();
      Set set = good.isPresent() ? good.get() : shipped();
      unheard(set, now.keySet());
      fellBack(good);
      Map<String, String> changed = new TreeMap<>();
      set.compiled()
          .sources()
          .texts()
          .forEach(
              (name, text) -> {
                if (!text.equals(now.get(name))) {
                  changed.put(name, name + " changed, and the set with it does not load");
                }
              });
      return loaded(set, set.compiled().sources().rulesOf(changed));
    }

    private void fellBack(Optional<Set> to) {
      Optional<Good> newest = past.good().stream().findFirst();
      if (newest.isPresent() && !newest.equals(to.map(set -> new Good(set.key(), set.hash())))) {
        unheard = "the newest rules that judged are not there any more, and older ones may do more";
      }
    }

    private void unheard(Set set, java.util.Set<String> files) {
      for (String name : files) {
        if (!set.compiled().sources().texts().containsKey(name)) {
          unheard = name + " does not load, and what it forbids is not known";
        }
      }
    }

    private Loaded loaded(Set set, SortedMap<String, String> held) throws RuleEngineException {
      RuleEngine engine;
      if (past.hung().contains(set.hash())) {
        hung = "the rule set " + set.hash() + " hung, and nothing else is there to judge";
        engine = new NoRules();
      } else {
        engine = DroolsRuleEngine.load(set.compiled(), set.hash(), limits);
      }
      if (!hung.isEmpty()) {
        problem.append(hung).append('\n');
      }
      String nothing = hung.isEmpty() ? unheard : hung;
      return new Loaded(engine, set.key(), held, problem.toString().strip(), nothing, compiler);
    }

    /** A set of these files, from the store or from a compiler; adds to what is broken. */
    private Optional<Set> attempt(SortedMap<String, String> texts, SortedMap<String, String> broken)
        throws RuleEngineException {
      Optional<Set> made = texts.isEmpty() ? Optional.of(shipped()) : stored(texts);
      if (made.isEmpty()) {
        made = compiled(texts, broken);
      }
      if (made.isPresent() && past.hung().contains(made.get().hash())) {
        hung = "the rule set " + made.get().hash() + " hung twice and is not used again";
        return Optional.empty();
      }
      return made;
    }

    private Optional<Set> stored(SortedMap<String, String> texts) throws RuleEngineException {
      String key = RuleTexts.of(texts).key(engineKey());
      for (Good known : past.good()) {
        if (known.key().equals(key)) {
          return verified(known);
        }
      }
      return Optional.empty();
    }

    private Optional<Set> compiled(
        SortedMap<String, String> texts, SortedMap<String, String> broken)
        throws RuleEngineException {
      try {
        RuleStore store = new RuleStore(state);
        CompilerProcess process = new CompilerProcess(store.folder(), bounds);
        compiler = process.isolation();
        return switch (process.compile(texts)) {
          case Compilation.Made made -> {
            String key = RuleTexts.of(texts).key(engineKey());
            Set set = new Set(key, CompiledRules.hash(made.archive()), read(made.archive()));
            if (!set.compiled().sources().texts().equals(texts)) {
              throw new RuleEngineException("the compiler answered with other files");
            }
            store.write(key, made.archive());
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

    private Optional<Set> newestGood() throws RuleEngineException {
      for (Good good : past.good()) {
        if (!past.hung().contains(good.hash())) {
          Optional<Set> set = verified(good);
          if (set.isPresent()) {
            return set;
          }
        }
      }
      return Optional.empty();
    }

    /** A set of the journal's, if what lies there is what the journal says. */
    private Optional<Set> verified(Good good) throws RuleEngineException {
      if (good.key().equals(DroolsRuleEngineProvider.SHIPPED)) {
        Set shipped = shipped();
        return shipped.hash().equals(good.hash()) ? Optional.of(shipped) : Optional.empty();
      }
      try {
        Optional<byte[]> archive = new RuleStore(state).read(good.key());
        if (archive.isEmpty()) {
          return Optional.empty();
        }
        String found = CompiledRules.hash(archive.get());
        if (!found.equals(good.hash())) {
          refuse(
              "the compiled rules "
                  + good.key()
                  + " were changed: their SHA-256 is "
                  + found
                  + ", the journal says "
                  + good.hash());
          return Optional.empty();
        }
        return Optional.of(new Set(good.key(), found, read(archive.get())));
      } catch (IOException | RuleEngineException failure) {
        refuse("the compiled rules " + good.key() + " cannot be used: " + failure.getMessage());
        return Optional.empty();
      }
    }

    private void refuse(String why) {
      if (refused.indexOf(why) < 0) {
        refused.append(why).append('\n');
        logger.log(Level.WARNING, why);
      }
    }

    /** Only where it matters: what is compiled anew needs nothing that lies there. */
    private void tellOfRefused() {
      problem.append(refused);
      refused.setLength(0);
    }

    private Set shipped() throws RuleEngineException {
      return new Set(
          DroolsRuleEngineProvider.SHIPPED,
          DroolsRuleEngineProvider.hash(),
          read(DroolsRuleEngineProvider.archive()));
    }

    private static CompiledRules read(byte[] archive) throws RuleEngineException {
      try {
        return CompiledRules.read(archive);
      } catch (IllegalArgumentException failure) {
        throw new RuleEngineException("the rules do not load: " + failure.getMessage(), failure);
      }
    }
  }
}
