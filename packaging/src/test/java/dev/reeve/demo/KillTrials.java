package dev.reeve.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Kills daemons in small worlds and says what became of the promises. Prints one line for each
 * trial; exits with 1 if a promise was broken anywhere.
 */
public final class KillTrials {
  /** Every point, and which record is being written at it: the plan's, then its first intent's. */
  static final List<String> POINTS =
      List.of(
          "journal.before-append@intend#2",
          "journal.before-fsync@intend#2",
          "journal.after-fsync@intend#2",
          "plan.before-call",
          "plan.before-outcome",
          "journal.before-fsync@execute",
          "plan.between-steps",
          "journal.before-append",
          "journal.before-fsync",
          "journal.after-fsync",
          "journal.before-rotation",
          "journal.rotation-written",
          "journal.rotation-forced",
          "journal.rotation-named",
          "journal.after-rotation");

  /** Two workloads come to each point in a world, and each of them once. */
  private static final int KILLS = 2;

  private KillTrials() {}

  /** {@code POINT|points|random FIRST-SEED LAST-SEED [PARALLEL]}. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    List<String> points =
        switch (args[0]) {
          case "points" -> POINTS;
          case "random" -> List.of("");
          default -> List.of(args[0]);
        };
    List<KillTrial> trials = new ArrayList<>();
    for (long seed = Long.parseLong(args[1]); seed <= Long.parseLong(args[2]); seed++) {
      for (String point : points) {
        trials.add(new KillTrial(point, seed, KILLS));
      }
    }
    System.exit(all(trials, args.length > 3 ? Integer.parseInt(args[3]) : 2) ? 0 : 1);
  }

  private static boolean all(List<KillTrial> trials, int parallel)
      throws InterruptedException, ExecutionException {
    boolean kept = true;
    int kills = 0;
    long intents = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(parallel)) {
      List<Future<KillTrial.Result>> futures = new ArrayList<>();
      for (KillTrial trial : trials) {
        futures.add(pool.submit((Callable<KillTrial.Result>) trial::run));
      }
      for (int i = 0; i < trials.size(); i++) {
        KillTrial.Result result = futures.get(i).get();
        print(trials.get(i), result);
        kept &= result.broken().isEmpty();
        kills += result.kills();
        intents += result.intents();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "total trials=%d kills=%d intents=%d kept=%b%n",
        trials.size(),
        kills,
        intents,
        kept);
    return kept;
  }

  private static void print(KillTrial trial, KillTrial.Result result) {
    System.out.printf(
        Locale.ROOT,
        "%-30s seed=%d kills=%d records=%d intents=%d sigterms=%d ended=%d %s%n",
        trial.point().isEmpty() ? "random" : trial.point(),
        trial.seed(),
        result.kills(),
        result.records(),
        result.intents(),
        result.terms(),
        result.ended(),
        result.broken().isEmpty() ? "kept" : "BROKEN: " + result.broken());
  }
}
