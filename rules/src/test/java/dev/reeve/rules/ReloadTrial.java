package dev.reeve.rules;

import dev.reeve.model.Signal;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleLoader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kie.api.KieBase;

/**
 * Changes a rule file again and again, every third time into one that does not load, and judges
 * after each: {@code ReloadTrial FOLDER TIMES}.
 */
final class ReloadTrial {
  private static final int WARM = 8;

  private final Path files;
  private final FolderRules rules;
  private final List<WeakReference<KieBase>> bases = new ArrayList<>();
  private List<RuleLoader.Good> good = List.of();
  private long warmMetaspace;
  private int warmClasses;

  /**
   * What was seen.
   *
   * @param judged passes that found what they had to find
   * @param basesAlive engines of replaced sets that are still there
   * @param classesGrowth classes since the first few sets
   * @param metaspaceGrowth bytes since the first few sets
   */
  record Result(
      int reloads,
      int broken,
      int judged,
      long basesAlive,
      int classesGrowth,
      long metaspaceGrowth) {}

  ReloadTrial(Path folder) throws Exception {
    files = Files.createDirectory(folder.resolve("rules.d"));
    rules =
        new FolderRules(
            files, folder.resolve("state"), Limits.DEFAULT, CompilerProcess.Bounds.DEFAULT);
  }

  public static void main(String[] args) throws Exception {
    Path folder =
        Files.createTempDirectory(
            Path.of(args[0]),
            "reload",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Result result = new ReloadTrial(folder).run(Integer.parseInt(args[1]));
    boolean kept =
        result.judged() == result.reloads()
            && result.basesAlive() == 0
            && result.classesGrowth() < 200
            && result.metaspaceGrowth() < 2_000_000;
    System.out.println("total " + result + " kept=" + kept);
    if (!kept) {
      throw new IllegalStateException("not kept");
    }
  }

  Result run(int times) throws Exception {
    int broken = 0;
    int judged = 0;
    RuleLoader.Loaded inForce = rules.load(RuleLoader.Past.NONE);
    for (int i = 0; i < times; i++) {
      boolean breaks = i % 3 == 2;
      broken += breaks ? 1 : 0;
      String text = RuleFiles.rule("own", 20 + i % 7) + "# " + i + "\n";
      Files.writeString(
          files.resolve("50-own.yaml"), breaks ? text.replace("when:", "whenn:") : text);
      RuleLoader.Loaded next = rules.load(new RuleLoader.Past(good, Set.of()));
      if (breaks == next.problem().isEmpty()) {
        throw new IllegalStateException(i + ": " + next.problem());
      }
      remember(inForce.engine());
      inForce.engine().close();
      inForce = next;
      good = List.of(next.good());
      judged += judges(next.engine()) ? 1 : 0;
      if (i == WARM) {
        warmMetaspace = metaspace();
        warmClasses = classes();
      }
    }
    collect();
    long alive = bases.stream().filter(base -> base.get() != null).count();
    return new Result(
        times, broken, judged, alive, classes() - warmClasses, metaspace() - warmMetaspace);
  }

  private void remember(RuleEngine engine) {
    bases.add(new WeakReference<>(((DroolsRuleEngine) engine).base()));
  }

  private static boolean judges(RuleEngine engine) throws RuleEngine.RuleEngineException {
    World world = new World(engine.ruleSet().slots());
    world.workload(
        "w",
        "training",
        World.max30(Signal.GPU_ENGINE_ACTIVE, 0),
        World.max30(Signal.GPU_UTILIZATION, 0));
    return world.foundBy(engine).contains("idle-workload:w");
  }

  private static long metaspace() throws InterruptedException {
    collect();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong(ReloadTrial::used)
        .sum();
  }

  private static int classes() {
    return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
  }

  private static long used(MemoryPoolMXBean pool) {
    return pool.getUsage().getUsed();
  }

  private static void collect() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
    }
  }
}
