package dev.reeve.rules;

import dev.reeve.model.Fact;
import dev.reeve.model.Match;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.SlotTable;
import dev.reeve.model.SubjectKind;
import dev.reeve.spi.RuleEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.base.util.Drools;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/** Judges by compiled rules: a fresh session a pass, and no compiler anywhere near. */
final class DroolsRuleEngine implements RuleEngine {
  private final RuleSet ruleSet;
  private volatile @Nullable KieBase base;
  private final Limits limits;
  private final Map<String, Integer> targets = new HashMap<>();
  private final Set<SubjectKind> kinds = EnumSet.noneOf(SubjectKind.class);
  private final Comparator<Match> order;

  private DroolsRuleEngine(RuleSet ruleSet, KieBase base, Limits limits) {
    this.ruleSet = ruleSet;
    this.base = base;
    this.limits = limits;
    for (Rule rule : ruleSet.rules()) {
      targets.put(rule.id(), rule.named().indexOf(rule.targetPattern()));
      rule.patterns().forEach(pattern -> kinds.add(pattern.kind()));
    }
    this.order =
        Comparator.comparing(Match::rule)
            .thenComparing(this::target)
            .thenComparing(DroolsRuleEngine::subjects);
  }

  /**
   * Loads an archive.
   *
   * @param hash what the archive must hash to
   */
  static DroolsRuleEngine load(byte[] archive, String hash, Limits limits)
      throws RuleEngineException {
    String found = CompiledRules.hash(archive);
    if (!found.equals(hash)) {
      throw new RuleEngineException(
          "the rules were changed after they were compiled: SHA-256 " + found + ", not " + hash);
    }
    try {
      return load(CompiledRules.read(archive), hash, limits);
    } catch (RuntimeException e) {
      throw new RuleEngineException("the rules do not load: " + e.getMessage(), e);
    }
  }

  /** Loads what was read from an archive of that hash. */
  static DroolsRuleEngine load(CompiledRules compiled, String hash, Limits limits)
      throws RuleEngineException {
    try {
      if (!compiled.engine().equals(Drools.getFullVersion())) {
        throw new RuleEngineException(
            "the rules are compiled for engine "
                + compiled.engine()
                + ", not for "
                + Drools.getFullVersion());
      }
      RuleSet ruleSet = new RuleSet(hash, compiled.rules(), SlotTable.of(compiled.rules()));
      return new DroolsRuleEngine(ruleSet, base(compiled), limits);
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      throw new RuleEngineException("the rules do not load: " + e.getMessage(), e);
    }
  }

  private static KieBase base(CompiledRules compiled) throws ReflectiveOperationException {
    Class<?> model = new RuleClasses(compiled).loadClass(compiled.model());
    return KieBaseBuilder.createKieBaseFromModel(
        (Model) model.getDeclaredConstructor().newInstance());
  }

  /** For measuring what the engine costs apart from this class. */
  KieBase base() {
    KieBase open = base;
    if (open == null) {
      throw new IllegalStateException("the rule set was replaced");
    }
    return open;
  }

  /** Lets go of all classes of the set: whoever still holds this engine holds none of them. */
  @Override
  public void close() {
    base = null;
  }

  @Override
  public RuleSet ruleSet() {
    return ruleSet;
  }

  @Override
  public List<Match> evaluate(Collection<Fact> facts) throws RuleEngineException {
    if (facts.size() > limits.facts()) {
      throw new RuleEngineException(
          facts.size() + " subjects in one pass, at most " + limits.facts());
    }
    for (Fact fact : facts) {
      // by identity: a slot number of another table would be read as another signal
      if (fact.slots().table() != ruleSet.slots()) {
        throw new RuleEngineException(fact.subject() + " was filled for another rule set");
      }
    }
    return unique(fired(facts));
  }

  private List<Match> fired(Collection<Fact> facts) throws RuleEngineException {
    Decide decide = new Decide();
    try {
      KieSession session = base().newKieSession();
      try {
        session.setGlobal("decide", decide);
        for (Fact fact : facts) {
          // what no rule speaks of costs as much to insert as what all speak of
          if (kinds.contains(fact.subjectKind())) {
            session.insert(fact);
          }
        }
        if (session.fireAllRules(limits.firings() + 1) > limits.firings()) {
          throw new RuleEngineException(
              "more than " + limits.firings() + " rules hold in one pass");
        }
      } finally {
        session.dispose();
      }
    } catch (RuntimeException | LinkageError e) {
      throw new RuleEngineException("the pass failed: " + e.getMessage(), e);
    }
    return decide.matches();
  }

  private List<Match> unique(List<Match> matches) {
    List<Match> found = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    for (Match match : matches.stream().sorted(order).toList()) {
      if (seen.add(List.of(match.rule(), target(match)))) {
        found.add(match);
      }
    }
    return List.copyOf(found);
  }

  private String target(Match match) {
    return match.facts().get(targets.getOrDefault(match.rule(), 0)).subject();
  }

  private static String subjects(Match match) {
    return String.join("\n", match.facts().stream().map(Fact::subject).toList());
  }
}
