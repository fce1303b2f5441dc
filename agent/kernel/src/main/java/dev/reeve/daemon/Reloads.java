package dev.reeve.daemon;

import dev.reeve.guard.GuardChain;
import dev.reeve.guard.Mode;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.loop.ControlLoop;
import dev.reeve.loop.Cycle;
import dev.reeve.model.RuleSet;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleLoader;
import dev.reeve.telemetry.Telemetry;
import dev.reeve.time.Clocks;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Configuration and rules, taken up again while the daemon runs: by a changed file, a signal, or an
 * operator. What does not load changes nothing but what is said of it.
 */
final class Reloads implements Reloading {
  private static final Logger logger = System.getLogger(Reloads.class.getName());
  private static final Duration UNTIL_JUDGED = Duration.ofSeconds(20);

  private final RuleRoom rules;
  private final LiveSettings settings;
  private final Ports ports;
  private String seen;
  private volatile Last last;

  /**
   * What it changes.
   *
   * @param wake lets the loop judge now
   */
  record Ports(
      Clocks clocks, ControlLoop loop, GuardChain guards, Telemetry telemetry, Runnable wake) {}

  /** The last time that something was taken up. */
  private record Last(Instant at, String by, Duration took, String problem) {}

  Reloads(RuleRoom rules, LiveSettings settings, Ports ports) {
    this.rules = rules;
    this.settings = settings;
    this.ports = ports;
    this.seen = fingerprint();
    this.last =
        new Last(ports.clocks().wall().instant(), "start", Duration.ZERO, rules.loaded().problem());
    // it judges by that engine already; what is new to it is which rules may only warn
    CompletableFuture<Void> _ = ports.loop().swap(rules.loaded().engine(), rules.loaded().held());
    tell(rules.loaded());
    warn(rules.loaded().problem());
    if (!settings.observeOnly().isEmpty()) {
      logger.log(
          Level.WARNING, "observes only, whatever the mode says: {0}", settings.observeOnly());
    }
  }

  /**
   * Takes up what has changed since the last look. What is looser in the configuration must still
   * stand there at the next one.
   */
  synchronized void look() {
    String now = fingerprint();
    if (!now.equals(seen)) {
      take("a changed file", false);
    } else if (settings.settle()) {
      adopt();
      logger.log(
          Level.INFO, "the configuration is in force whole: mode {0}", settings.mode().text());
    }
  }

  private String fingerprint() {
    return rules.loader().fingerprint() + " " + settings.source().fingerprint();
  }

  /** An operator says that what is there is meant. */
  @Override
  public synchronized JsonObject reload(String by) {
    return take(by, true);
  }

  /** Limits and mode as they are in force now. */
  private void adopt() {
    ports.guards().adopt(settings.guards(ports.clocks().speed()));
    Mode mode = settings.mode();
    ports.loop().tellsOwners(mode != Mode.OFF);
    ports.telemetry().mode(mode);
  }

  private JsonObject take(String by, boolean whole) {
    long began = ports.clocks().world().nanos();
    // before anything is read: what changes meanwhile is another change
    seen = fingerprint();
    settings.readAgain();
    adopt(); // what is stricter waits for no compiler
    String problem = whateverComes(by);
    if (whole) {
      settings.settle();
    }
    adopt();
    Duration took = ports.clocks().world().since(began);
    last = new Last(ports.clocks().wall().instant(), by, took, problem);
    boolean ok = problem.isEmpty() && settings.problem().isEmpty();
    ports.telemetry().reloaded(ok);
    say(by, problem, took);
    return answer(ok, took);
  }

  /** Whether what is there forbids what the set in force does is not known then: nothing acts. */
  private String whateverComes(String by) {
    try {
      return swap(by);
    } catch (RuleEngine.RuleEngineException | RuntimeException failure) {
      logger.log(Level.ERROR, "the rules did not load: " + failure, failure);
      String why = "the rules did not load: " + failure.getMessage();
      settings.rulesSay(why);
      return why;
    }
  }

  /** What is wrong with the rules; empty where nothing is. */
  private String swap(String by) throws RuleEngine.RuleEngineException {
    RuleLoader.Loaded next = rules.next();
    if (!next.observeOnly().isEmpty()) {
      // before it judges
      settings.rulesSay(next.observeOnly());
      adopt();
    }
    rules.takes(next, by);
    CompletableFuture<Void> judges = ports.loop().swap(next.engine(), next.held());
    ports.wake().run();
    try {
      judges.get(UNTIL_JUDGED.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException late) {
      logger.log(Level.WARNING, "the new rules do not judge yet: " + late);
    }
    settings.rulesSay(next.observeOnly());
    tell(next);
    return next.problem();
  }

  private void tell(RuleLoader.Loaded set) {
    RuleSet judges = set.engine().ruleSet();
    ports.telemetry().ruleSet(judges.hash(), judges.rules().size());
    ports.telemetry().lastGoodJudges(!set.problem().isEmpty());
    ports.telemetry().ruleTests(set.tests().passed(), TestsView.byRule(set.tests()));
    set.tests()
        .failed()
        .forEach(
            failed ->
                logger.log(
                    Level.WARNING,
                    "the test {0} of {1} fails, of the rules {2}: {3}",
                    failed.name(),
                    failed.file(),
                    String.join(", ", failed.rules()),
                    beginning(failed.why())));
  }

  private void say(String by, String problem, Duration took) {
    RuleSet judges = rules.loaded().engine().ruleSet();
    logger.log(
        Level.INFO,
        "reloaded by {0} in {1} ms: {2} rules judge, mode {3}",
        by,
        took.toMillis(),
        judges.rules().size(),
        settings.mode().text());
    warn(problem);
    if (!settings.problem().isEmpty()) {
      logger.log(
          Level.WARNING, "the configuration stays as it was: " + beginning(settings.problem()));
    }
    if (!settings.waiting().isEmpty()) {
      logger.log(Level.WARNING, "changed, and waiting for a restart: " + settings.waiting());
    }
    rules
        .loaded()
        .held()
        .forEach(
            (rule, why) -> logger.log(Level.WARNING, "rule {0} may only warn: {1}", rule, why));
  }

  private void warn(String problem) {
    if (!problem.isEmpty()) {
      logger.log(Level.WARNING, standing() + "; 'reeve reload' says all: " + beginning(problem));
    }
  }

  /** One line for the log; 'reeve reload' shows all of it. */
  private static String beginning(String problem) {
    return String.join(" ", problem.lines().map(String::strip).limit(3).toList());
  }

  private JsonObject answer(boolean ok, Duration took) {
    RuleSet judges = rules.loaded().engine().ruleSet();
    return Json.object()
        .put("v", 1)
        .put("ok", ok)
        .put("mode", settings.mode().text())
        .put("hash", judges.hash())
        .put("count", judges.rules().size())
        .put("problem", last.problem())
        .put("standing", standing())
        .put("config_problem", settings.problem())
        .put("waiting_for_restart", Json.texts(settings.waiting()))
        .put("limited", limited(ports.loop().limits()))
        .put("compiler", rules.loaded().compiler())
        .put("tests", TestsView.json(rules.loaded().tests()))
        .put("millis", took.toMillis())
        .build();
  }

  /** What the status says of rules. */
  JsonObject status(Cycle cycle) {
    RuleLoader.Loaded set = rules.loaded();
    String problem = cycle.problem().isEmpty() ? last.problem() : cycle.problem();
    JsonObjectBuilder json =
        Json.object()
            .put("hash", cycle.rules().hash())
            .put("count", cycle.rules().rules().size())
            .put("last_good", !last.problem().isEmpty())
            .put("standing", standing())
            .put("problem", problem)
            .put("loaded", Shapes.seconds(Duration.ofMillis(last.took().toMillis())))
            .put("loaded_at", last.at().toString())
            .put("loaded_by", last.by())
            .put("tests", TestsView.json(set.tests()))
            .put("limited", limited(ports.loop().limits()));
    if (!set.compiler().isEmpty()) {
      json.put("compiler", set.compiler());
    }
    if (!settings.problem().isEmpty()) {
      json.put("config_problem", settings.problem());
    }
    if (!settings.waiting().isEmpty()) {
      json.put("waiting_for_restart", Json.texts(settings.waiting()));
    }
    return json.build();
  }

  private String standing() {
    // what broke off has made no set that could say so itself
    return last.problem().equals(rules.loaded().problem())
        ? rules.loaded().standing()
        : RuleLoader.Loaded.DO_NOT_LOAD;
  }

  private static JsonObject limited(Map<String, String> rules) {
    JsonObjectBuilder json = Json.object();
    rules.forEach(json::put);
    return json.build();
  }
}
