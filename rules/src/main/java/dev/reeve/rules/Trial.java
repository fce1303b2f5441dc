package dev.reeve.rules;

import dev.reeve.model.Fact;
import dev.reeve.model.Rule;
import dev.reeve.model.SlotTable;
import dev.reeve.model.SubjectKind;
import dev.reeve.spi.RuleEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.drools.model.Model;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/**
 * Runs each rule alone on made-up facts, in the process that compiles: one that explodes or loops
 * is refused by its name, before it judges anybody.
 */
final class Trial {
  private final CompiledRules compiled;
  private final Bounds bounds;
  private final Model model;
  private final SlotTable table;
  private final Map<SubjectKind, List<Fact>> facts = new EnumMap<>(SubjectKind.class);
  private boolean stuck;
  private volatile int fired;

  /**
   * What one rule may take.
   *
   * @param facts over all kinds that it asks for
   * @param firings over all of them
   */
  record Bounds(int facts, int firings, Duration time) {
    static final Bounds DEFAULT = new Bounds(10_000, 100_000, Duration.ofSeconds(10));
  }

  Trial(CompiledRules compiled, Bounds bounds) throws RuleEngine.RuleEngineException {
    this.compiled = compiled;
    this.bounds = bounds;
    this.table = SlotTable.of(compiled.rules());
    try {
      Class<?> of = new RuleClasses(compiled).loadClass(compiled.model());
      this.model = (Model) of.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError failure) {
      throw new RuleEngine.RuleEngineException("the rules do not load: " + failure, failure);
    }
  }

  /** Whether a rule still runs that could not be stopped; nothing more is to be tried then. */
  boolean stuck() {
    return stuck;
  }

  /** How often the last rule held. */
  int fired() {
    return fired;
  }

  /** Why a rule is refused; empty for one that is not. */
  Optional<String> run(String rule) throws RuleEngine.RuleEngineException {
    List<Fact> made = facts(rule);
    KieBase base = alone(rule);
    AtomicReference<String> answer = new AtomicReference<>("");
    Thread thread =
        Thread.ofPlatform().daemon().stackSize(1 << 20).unstarted(() -> answer.set(of(base, made)));
    thread.start();
    try {
      if (!thread.join(bounds.time())) {
        stuck = true;
        return Optional.of(
            "explodes: alone on "
                + made.size()
                + " made-up facts it takes more than "
                + bounds.time().toSeconds()
                + " s");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RuleEngine.RuleEngineException("stopped", stopped);
    }
    return Optional.of(answer.get()).filter(why -> !why.isEmpty());
  }

  private String of(KieBase base, List<Fact> made) {
    KieSession session = base.newKieSession();
    try {
      session.setGlobal("decide", new Decide());
      made.forEach(session::insert);
      fired = session.fireAllRules(bounds.firings() + 1);
      return fired <= bounds.firings()
          ? ""
          : "loops or explodes: alone on "
              + made.size()
              + " made-up facts it holds more than "
              + bounds.firings()
              + " times";
    } catch (RuntimeException | LinkageError | StackOverflowError failure) {
      return "breaks off: " + failure;
    } finally {
      session.dispose();
    }
  }

  private KieBase alone(String rule) throws RuleEngine.RuleEngineException {
    List<org.drools.model.Rule> one =
        model.getRules().stream().filter(of -> of.getName().equals(rule)).toList();
    if (one.size() != 1) {
      throw new RuleEngine.RuleEngineException("the engine does not know rule " + rule);
    }
    return KieBaseBuilder.createKieBaseFromModel(
        new ModelImpl().withGlobals(model.getGlobals()).withRules(one));
  }

  private List<Fact> facts(String id) {
    SortedSet<SubjectKind> kinds = new TreeSet<>();
    for (Rule rule : compiled.rules()) {
      if (rule.id().equals(id)) {
        rule.patterns().forEach(pattern -> kinds.add(pattern.kind()));
      }
    }
    List<Fact> made = new ArrayList<>();
    for (SubjectKind kind : kinds) {
      List<Fact> pool =
          facts.computeIfAbsent(
              kind, of -> new MadeUp(compiled.rules(), table).facts(of, bounds.facts()));
      made.addAll(pool.subList(0, bounds.facts() / kinds.size()));
    }
    return made;
  }
}
