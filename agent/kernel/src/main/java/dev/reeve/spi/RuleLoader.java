package dev.reeve.spi;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes rule sets of what operators wrote, at the start and whenever that changed.
 *
 * <p>Threads: one call at a time.
 */
public interface RuleLoader extends AutoCloseable {
  /** Folders whose change is worth a look; one that is not there may come. */
  List<Path> watched();

  /** Equal as long as nothing has changed that a set is made of. Reads files, runs nothing. */
  String fingerprint();

  /**
   * Makes the set of what is there now. Where that does not load, the answer is the newest good set
   * that does, with what is wrong; it may take as long as a compiler does.
   *
   * @throws RuleEngine.RuleEngineException when nothing at all can judge
   */
  Loaded load(Past past) throws RuleEngine.RuleEngineException;

  @Override
  default void close() {}

  /**
   * What the journal knows of sets.
   *
   * @param good sets that judged, the newest first
   * @param hung hashes of sets that hung too often
   */
  record Past(List<Good> good, Set<String> hung) {
    /** Of a journal that knows none. */
    public static final Past NONE = new Past(List.of(), Set.of());

    public Past {
      good = List.copyOf(good);
      hung = Set.copyOf(hung);
    }
  }

  /**
   * A set that judged.
   *
   * @param key names what it was made of
   * @param hash SHA-256 of what the engine loaded, in hexadecimal; nothing else is loaded under it
   */
  record Good(String key, String hash) {}

  /**
   * What came of the tests that stand beside the rules.
   *
   * @param failed each keeps the set from judging that it was run with, unless that set only
   *     forbids
   */
  record Tests(int passed, List<Failed> failed) {
    /** Of rules without any. */
    public static final Tests NONE = new Tests(0, List.of());

    /** Said with a problem of a set that judges though its tests fail. */
    public static final String ALL_THE_SAME =
        "nothing in it is new or looser, so it judges all the same";

    public Tests {
      failed = List.copyOf(failed);
    }

    /** Whether there are any at all. */
    public boolean any() {
      return passed > 0 || !failed.isEmpty();
    }

    /**
     * A test that failed.
     *
     * @param rules those that it is about; none where that is not known
     */
    public record Failed(String file, String name, SortedSet<String> rules, String why) {
      public Failed {
        rules = Collections.unmodifiableSortedSet(new TreeSet<>(rules));
      }

      /** In words, on several lines. */
      public String text() {
        return "the test '"
            + name
            + "' of "
            + file
            + " fails"
            + (rules.isEmpty() ? "" : " (rule " + String.join(", ", rules) + ")")
            + ":\n"
            + why.strip().indent(2);
      }
    }
  }

  /**
   * A set that is ready to judge.
   *
   * @param held rules that may warn and not act, with why: their file changed and does not load
   * @param problem what is wrong with what is there now; empty where the set is made of just that
   * @param observeOnly why nothing may be done by this set at all; empty if it may
   * @param compiler how the compiler ran, for people; empty where none was needed
   * @param tests of this set, or of the one that is there now and failed them
   */
  record Loaded(
      RuleEngine engine,
      String key,
      SortedMap<String, String> held,
      String problem,
      String observeOnly,
      String compiler,
      Tests tests) {
    /** Said where more is wrong than a test. */
    public static final String DO_NOT_LOAD =
        "newer rules do not load, and the last good ones judge";

    /** Who judges while something is wrong, and what is; empty where nothing is. */
    public String standing() {
      String rest = problem;
      for (Tests.Failed failed : tests.failed()) {
        rest = rest.replace(failed.text().strip(), "");
      }
      boolean allTheSame = rest.contains(Tests.ALL_THE_SAME);
      if (problem.isEmpty()) {
        return "";
      }
      if (!rest.replace(Tests.ALL_THE_SAME, "").isBlank()) {
        return DO_NOT_LOAD;
      }
      return allTheSame
          ? "a test of the newer rules fails; they only forbid more, so they judge all the same"
          : "a test of the newer rules fails, and the last good ones judge";
    }

    public Loaded {
      held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
    }

    public Good good() {
      return new Good(key, engine.ruleSet().hash());
    }
  }
}
