package dev.reeve.daemon;

import dev.reeve.board.Board;
import dev.reeve.board.BoardSettings;
import dev.reeve.board.Snapshot;
import dev.reeve.board.WallTime;
import dev.reeve.config.Configuration;
import dev.reeve.config.ReeveConfig;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.loop.Cycle;
import dev.reeve.model.Cost;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectKind;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.Collector;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleLoader;
import dev.reeve.spi.Surroundings;
import dev.reeve.time.Clocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A look of some seconds without a daemon. It says "idle now", never "wasted": no window of a rule
 * is that short.
 */
public final class Scan {
  private static final Duration BETWEEN = Duration.ofMillis(1_500);

  private Scan() {}

  /**
   * @param json the GPUs in the API's shape
   * @param notes what else there is to say, for people
   */
  public record Result(JsonObject json, List<String> notes) {}

  /** The rules that a daemon would watch by; what is wrong with them is no reason not to look. */
  private static RuleEngine engine(
      Configuration configuration, Surroundings surroundings, List<String> notes)
      throws StartException {
    try (RuleLoader rules = Plugins.rules(configuration.root(), surroundings)) {
      RuleLoader.Loaded loaded = rules.load(RuleLoader.Past.NONE);
      if (!loaded.problem().isEmpty()) {
        notes.add("rules: " + loaded.problem());
      }
      return loaded.engine();
    } catch (RuleEngine.RuleEngineException failure) {
      throw new StartException("the rules did not load: " + failure.getMessage(), failure);
    }
  }

  /** Asks every source twice. Problems are in the configuration afterwards. */
  public static Result once(Configuration configuration, ReeveConfig config)
      throws InterruptedException, StartException, IOException {
    Clocks clocks = Daemon.clocks(config);
    Path scratch = Files.createTempDirectory("reeve-scan");
    Surroundings surroundings = new Surroundings(clocks, scratch, scratch);
    List<String> notes = new ArrayList<>();
    try (Plugins plugins = Plugins.create(configuration.root(), surroundings);
        RuleEngine engine = engine(configuration, surroundings, notes)) {
      configuration.finish();
      Board board =
          new Board(
              engine.ruleSet().slots(), BoardSettings.defaults(), plugins::price, clocks.bootId());
      notes.addAll(plugins.missing());
      for (int look = 0; look < 2; look++) {
        if (look > 0) {
          clocks.world().sleep(BETWEEN);
        }
        for (Collector collector : plugins.collectors()) {
          ask(collector, board, look == 0 ? notes : new ArrayList<>());
        }
      }
      Snapshot snapshot =
          board.snapshot(clocks.evidence().nanos(), WallTime.of(clocks.wall().instant()));
      say(snapshot, engine.ruleSet(), plugins, notes);
      Cycle cycle =
          new Cycle(
              1,
              snapshot.atNanos(),
              engine.ruleSet(),
              snapshot,
              List.of(),
              List.of(),
              Map.of(),
              List.of(),
              "");
      return new Result(
          Json.object()
              .put("v", 1)
              .put(
                  "gpus",
                  Json.array(
                      snapshot.gpus().values().stream()
                          .sorted(Comparator.comparing(Subject.Gpu::device, Shapes.BY_PLACE))
                          .map(gpu -> StatusView.gpu(cycle, gpu))
                          .toList()))
              .put("notes", Json.texts(notes))
              .build(),
          notes);
    } finally {
      clean(scratch);
    }
  }

  private static void ask(Collector collector, Board board, List<String> notes)
      throws InterruptedException {
    try {
      board.accept(collector.collect());
    } catch (CollectException failure) {
      board.failed(collector.name(), failure);
      notes.add(collector.name() + ": " + failure.getMessage());
    }
  }

  private static void say(Snapshot snapshot, RuleSet rules, Plugins plugins, List<String> notes) {
    for (Subject.Workload workload : snapshot.workloads().values()) {
      notes.add(
          workload.sighting().id().display()
              + ": kind "
              + workload.sighting().kind().text()
              + ", watched by "
              + String.join(
                  ", ",
                  rules.rules().stream()
                      .filter(rule -> rule.targetPattern().kind() == SubjectKind.WORKLOAD)
                      .map(rule -> watches(rule, workload))
                      .toList()));
    }
    TreeSet<String> hints = new TreeSet<>();
    for (Subject.Gpu gpu : snapshot.gpus().values()) {
      if (gpu.cost() instanceof Cost.Unknown unknown) {
        String hint = plugins.priceHint(gpu.device());
        hints.add(
            "price of "
                + gpu.device().model()
                + " is unknown: "
                + unknown.reason()
                + (hint.isEmpty() ? "" : " (" + hint + ")"));
      }
    }
    notes.addAll(hints);
  }

  private static String watches(Rule rule, Subject.Workload workload) {
    boolean acts = rule.actsOn().contains(workload.sighting().kind());
    return rule.id() + (acts ? " (may act)" : " (notifies)");
  }

  private static void clean(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
