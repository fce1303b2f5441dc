package dev.reeve.decision;

import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.FileJournal;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalPorts;
import dev.reeve.journal.JournalSettings;
import dev.reeve.journal.OpenResult;
import dev.reeve.journal.Stamps;
import dev.reeve.linux.Directories;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Prints how long it takes until the state is known again: {@code write FOLDER RECORDS [DAYS]}
 * writes a year of episodes, or so many days, one in ten of which ends with a plan; {@code start
 * FOLDER} starts from it.
 */
final class StartBench {
  private static final int WORKLOADS = 200;
  private static final int YEAR = 365;

  private static long now = Duration.ofHours(1).toNanos();

  private StartBench() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    if (args[0].equals("write")) {
      long records = Long.parseLong(args[2]);
      Duration time = Duration.ofDays(args.length > 3 ? Long.parseLong(args[3]) : YEAR);
      try (DecisionLog log = DecisionLog.over(open(folder, time, records))) {
        log.append(new Decision.Started("1", "act", 1, "rules"));
        for (int episode = 0; log.last() < records; episode++) {
          story(log, episode);
        }
        System.out.println(log.last() + " records");
      }
      return;
    }
    long begin = System.nanoTime();
    try (Journal journal = open(folder, Duration.ofSeconds(1), 1)) {
      long opened = System.nanoTime();
      DecisionLog log = DecisionLog.over(journal);
      System.out.printf(
          Locale.ROOT,
          "%d records: opened in %.2f s, folded in %.2f s, %d open, %d MiB of heap%n",
          log.last(),
          (opened - begin) / 1e9,
          (System.nanoTime() - opened) / 1e9,
          log.locked(state -> state.openEpisodes()).size(),
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
  }

  private static Journal open(Path folder, Duration time, long records) {
    long step = time.toNanos() / records;
    Stamps stamps = () -> new Stamps.Stamp(now / 1_000_000, new UUID(0, 1), now += step);
    OpenResult opened =
        FileJournal.open(
            folder,
            new JournalSettings(DecisionWriter::knows),
            new JournalPorts(
                stamps,
                (reason, cause) -> {
                  throw new AssertionError(reason, cause);
                },
                CrashPoint.NONE,
                Directories::sync));
    if (opened instanceof OpenResult.Opened(Journal journal, long _)) {
      return journal;
    }
    throw new AssertionError(opened.toString());
  }

  private static void story(DecisionLog log, int number) {
    log.append(new Decision.EpisodeMoved(episode(number, EpisodeState.OBSERVED)));
    log.append(new Decision.EpisodeMoved(episode(number, EpisodeState.WARNED)));
    log.append(
        new Decision.NoticeSent(
            "idle@" + number, id(number).toString(), "ana", "webhook", true, "hooks.example.org"));
    if (number % 10 > 0) {
      log.append(new Decision.EpisodeMoved(episode(number, EpisodeState.CLEARED)));
      return;
    }
    String plan = "plan-" + number;
    Cost saves = new Cost.Known(MoneyPerHour.of("3.40", "USD"), "list price");
    log.append(new Decision.EpisodeMoved(episode(number, EpisodeState.DUE)));
    log.append(new Decision.PlanOpened(plan(plan, number, saves)));
    log.append(
        new Decision.Intent(
            plan,
            1,
            "sigterm",
            Step.Effect.HARMING,
            id(number).toString(),
            "idle",
            "terminate",
            "uid-" + number));
    log.append(new Decision.StepEnded(plan, 1, new Outcome.Done("sent"), Optional.empty()));
    log.append(new Decision.StepWaited(plan, 1, true, "gone"));
    log.append(new Decision.PlanClosed(plan, Decision.Result.VERIFIED, "gone", saves));
  }

  private static WorkloadId id(int number) {
    return new WorkloadId("node", "0123456789abcdef", "ana", "process", "t" + number % WORKLOADS);
  }

  private static Episode episode(int number, EpisodeState state) {
    return new Episode(
        "idle@" + number,
        "idle",
        "0123456789abcdef0123456789abcdef",
        SubjectId.workload(id(number), Incarnation.of("uid-" + number, List.of())),
        id(number).toString(),
        "uid-" + number,
        state,
        now,
        OptionalLong.of(now),
        Promise.of(Duration.ofMinutes(15), List.of("terminate")),
        0,
        OptionalLong.empty(),
        "held up by nothing");
  }

  private static Plan plan(String plan, int number, Cost saves) {
    return new Plan(
        plan,
        "idle@" + number,
        "idle",
        "0123456789abcdef0123456789abcdef",
        new WorkloadSighting(
            id(number),
            Incarnation.of("uid-" + number, List.of("4711@815", "4712@816")),
            WorkloadKind.TRAINING,
            "ana",
            "team-a",
            Extent.of(List.of(SubjectId.gpu("GPU-0"))),
            Protection.none(),
            Optional.empty(),
            ""),
        new Remedy.Terminate(),
        List.of(),
        saves,
        List.of("kill -TERM 4711"));
  }
}
