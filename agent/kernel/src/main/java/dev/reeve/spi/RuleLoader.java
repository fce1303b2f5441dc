package dev.reeve.spi;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
   * A set that is ready to judge.
   *
   * @param held rules that may warn and not act, with why: their file changed and does not load
   * @param problem what is wrong with what is there now; empty where the set is made of just that
   * @param observeOnly why nothing may be done by this set at all; empty if it may
   * @param compiler how the compiler ran, for people; empty where none was needed
   */
  record Loaded(
      RuleEngine engine,
      String key,
      SortedMap<String, String> held,
      String problem,
      String observeOnly,
      String compiler) {
    public Loaded {
      held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
    }

    public Good good() {
      return new Good(key, engine.ruleSet().hash());
    }
  }
}
