package dev.reeve.rules;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.runtime.KieSession;

/**
 * What a daemon without a gate would do with a rule file: compile what its operator wrote, and run
 * it on facts.
 */
public final class StockDrools {
  /** It says at length what it refuses; the answer says it shorter. */
  private static final Logger ENGINE = Logger.getLogger("org.drools");

  private static final String BEFORE =
      """
      package dev.reeve.rules.compiled;
      import dev.reeve.rules.StockDrools.Workload;
      import dev.reeve.rules.StockDrools.Gpu;
      global dev.reeve.rules.StockDrools.Decide decide;
      """;

  private StockDrools() {}

  /** A fact with the fields that the texts ask for. */
  public static final class Workload {
    public int getWorkload_gpus() {
      return 2;
    }

    public String getWorkload_kind() {
      return "training";
    }
  }

  /** Another. */
  public static final class Gpu {
    public int getGpu_unheld() {
      return 2;
    }
  }

  /** Does nothing, whatever is decided. */
  public static final class Decide {
    public void terminate(Object subject) {}

    public void warn(Object subject) {}
  }

  /** What the engine says against it; empty where it ran. */
  public static String run(String text) {
    Level usual = ENGINE.getLevel();
    ENGINE.setLevel(Level.OFF);
    try {
      CompiledRules compiled = RuleCompiler.compile(List.of(), BEFORE + text);
      Class<?> model = new RuleClasses(compiled).loadClass(compiled.model());
      KieSession session =
          KieBaseBuilder.createKieBaseFromModel(
                  (Model) model.getDeclaredConstructor().newInstance())
              .newKieSession();
      try {
        session.setGlobal("decide", new Decide());
        session.insert(new Workload());
        session.insert(new Gpu());
        session.fireAllRules(10);
        return "";
      } finally {
        session.dispose();
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
      return failure.toString();
    } finally {
      ENGINE.setLevel(usual);
    }
  }
}
