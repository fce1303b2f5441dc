package dev.reeve.actions.process;

import dev.reeve.guard.Permit;
import dev.reeve.model.Checkpoint;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.platform.node.Environment;
import dev.reeve.platform.node.GpuProcesses;
import dev.reeve.platform.node.Member;
import dev.reeve.platform.node.NodeWorkload;
import dev.reeve.platform.node.NvidiaSmi;
import dev.reeve.platform.node.ProcessEntry;
import dev.reeve.platform.node.ProcessKey;
import dev.reeve.platform.node.ProcessTable;
import dev.reeve.platform.node.TargetReader;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.spi.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Suspends and ends workloads that are processes of this machine. */
final class ProcessAction implements Action {
  private static final int INVERSE = 100;

  private final ProcessSettings settings;
  private final ThisNode node;
  private final NvidiaSmi smi;
  private final InstantSource wall;
  private final TargetReader targets;
  private final Environment.Kept kept;

  /** Wall time of the checkpoint signals that this process sent; a restart forgets them. */
  private final Map<String, Long> asked = new ConcurrentHashMap<>();

  ProcessAction(ProcessSettings settings, ThisNode node, NvidiaSmi smi, InstantSource wall) {
    this.settings = settings;
    this.node = node;
    this.smi = smi;
    this.wall = wall;
    this.kept = new Environment.Kept(settings.onlyEnvironment().keySet());
    this.targets = new TargetReader(node, kept);
  }

  @Override
  public String platform() {
    return "node";
  }

  @Override
  public Offer offers(Remedy remedy, WorkloadSighting target) {
    if (target.id().kind().equals("unit")) {
      return new Offer.Impossible(
          "it is a systemd unit, which would only be restarted if its processes were killed");
    }
    return switch (remedy) {
      case Remedy.Terminate _ -> new Offer.Possible(true);
      // a stopped process keeps its GPU
      case Remedy.Suspend _ -> new Offer.Possible(false);
      case Remedy.Notify _, Remedy.Downsize _, Remedy.Migrate _, Remedy.Drain _ ->
          new Offer.Impossible("a process cannot be asked to " + remedy.verb());
    };
  }

  @Override
  public Target read(WorkloadId workload, Incarnation judged) throws InterruptedException {
    GpuProcesses gpus = smi.processes();
    return switch (targets.read(workload, judged, gpus)) {
      case TargetReader.Reading.Gone() -> new Target.Gone();
      case TargetReader.Reading.Unclear(String reason) -> new Target.Unreadable(reason);
      case TargetReader.Reading.Present present ->
          new Target.Present(shielded(present.workload()), uncovered(present, gpus));
    };
  }

  /** Descendants of a covered process are excused unless they stand on a GPU. */
  private static SortedSet<String> uncovered(
      TargetReader.Reading.Present present, GpuProcesses gpus) {
    SortedSet<String> uncovered = new TreeSet<>();
    present.strangers().forEach(key -> uncovered.add(key.toString()));
    for (ProcessKey born : present.born()) {
      if (gpus.lists(born.pid())) {
        uncovered.add(born.toString());
      }
    }
    return uncovered;
  }

  /** What the settings forbid to touch is protected, with the setting that would allow it. */
  private WorkloadSighting shielded(NodeWorkload now) {
    WorkloadSighting seen = now.sighting();
    if (seen.protection().isProtected()) {
      return seen;
    }
    for (Member member : now.members()) {
      String objection = settings.objection(member);
      if (!objection.isEmpty()) {
        return new WorkloadSighting(
            seen.id(),
            seen.incarnation(),
            seen.kind(),
            seen.owner(),
            seen.group(),
            seen.extent(),
            Protection.because(objection),
            seen.checkpoint(),
            seen.foreignTo());
      }
    }
    return seen;
  }

  @Override
  public List<Step> steps(Plan plan) {
    return switch (plan.remedy()) {
      case Remedy.Suspend _ -> List.of(suspend());
      case Remedy.Terminate _ -> terminate(plan.target().checkpoint());
      case Remedy.Notify _, Remedy.Downsize _, Remedy.Migrate _, Remedy.Drain _ -> List.of();
    };
  }

  private Step suspend() {
    Step resume =
        new Step(
            INVERSE + 1,
            "sigcont",
            Step.Effect.RESTORING,
            "every process runs again",
            settings.killWait(),
            true,
            false,
            new TreeMap<>(),
            Optional.empty());
    return new Step(
        1,
        "sigstop",
        Step.Effect.HARMING,
        "every process is stopped",
        settings.killWait(),
        true,
        false,
        new TreeMap<>(),
        Optional.of(resume));
  }

  private List<Step> terminate(Optional<Checkpoint> checkpoint) {
    List<Step> steps = new ArrayList<>();
    checkpoint.ifPresent(
        contract ->
            steps.add(
                new Step(
                    1,
                    "checkpoint",
                    Step.Effect.HARMING,
                    contract.acknowledgement() + " is newer than the signal",
                    contract.deadline(),
                    false,
                    false,
                    new TreeMap<>(
                        Map.of(
                            "signal", contract.signal(),
                            "acknowledgement", contract.acknowledgement().toString())),
                    Optional.empty())));
    steps.add(end(steps.size() + 1, "sigterm", settings.grace()));
    steps.add(end(steps.size() + 1, "sigkill", settings.killWait()));
    return steps;
  }

  private static Step end(int number, String name, Duration deadline) {
    return new Step(
        number,
        name,
        Step.Effect.HARMING,
        "no process of it is left",
        deadline,
        true,
        false,
        new TreeMap<>(),
        Optional.empty());
  }

  @Override
  public List<String> preview(Plan plan) {
    List<String> calls = new ArrayList<>();
    for (Step step : plan.steps()) {
      calls.add(
          step.name()
              + (step.name().equals("checkpoint") ? " " + step.arguments().get("signal") : "")
              + " to "
              + String.join(", ", plan.target().incarnation().members())
              + ", then up to "
              + step.deadline().toMillis() / 1000.0
              + " s until "
              + step.goal());
    }
    return calls;
  }

  @Override
  public Outcome execute(Plan plan, Step step, Permit permit) throws InterruptedException {
    GpuProcesses gpus = smi.processes();
    switch (targets.read(plan.workload(), plan.target().incarnation(), gpus)) {
      case TargetReader.Reading.Gone() -> {
        return new Outcome.NothingToDo("no process is left");
      }
      case TargetReader.Reading.Unclear(String reason) -> {
        return new Outcome.Refused(reason);
      }
      case TargetReader.Reading.Present present -> {
        WorkloadSighting now = shielded(present.workload());
        if (now.protection() instanceof Protection.Protected shield
            && step.effect() == Step.Effect.HARMING) {
          return new Outcome.Refused(shield.reason());
        }
        SortedSet<String> uncovered = uncovered(present, gpus);
        if (!uncovered.isEmpty()) {
          return new Outcome.Refused(
              "it has members that nobody judged: " + String.join(", ", uncovered));
        }
      }
    }
    try {
      permit.spend(plan, step);
    } catch (Permit.NotCovered not) {
      return new Outcome.Refused(String.valueOf(not.getMessage()));
    }
    return signal(plan, step, gpus);
  }

  private Outcome signal(Plan plan, Step step, GpuProcesses gpus) {
    Signals signals = new Signals(() -> look(plan, gpus), this::key);
    return switch (step.name()) {
      case "sigterm" -> signals.send(Signals.TERM, false);
      case "sigkill" -> signals.send(Signals.KILL, false);
      case "sigstop" -> signals.send(Signals.STOP, false);
      case "sigcont" -> signals.send(Signals.CONT, false);
      case "checkpoint" -> {
        Integer number = Signals.NAMED.get(step.arguments().getOrDefault("signal", ""));
        if (number == null) {
          yield new Outcome.Refused(
              "its checkpoint signal is not one of " + new TreeSet<>(Signals.NAMED.keySet()));
        }
        asked.put(plan.id(), wall.millis());
        yield signals.send(number, true);
      }
      default -> new Outcome.Refused("there is no step called " + step.name());
    };
  }

  private Optional<NodeWorkload> look(Plan plan, GpuProcesses gpus) {
    return targets.read(plan.workload(), plan.target().incarnation(), gpus)
            instanceof TargetReader.Reading.Present present
        ? Optional.of(present.workload())
        : Optional.empty();
  }

  private Optional<ProcessKey> key(long pid) {
    try {
      return ProcessTable.read(node.proc(), kept).find(pid).map(ProcessEntry::key);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public Progress progress(Plan plan, Step step) {
    if (step.name().equals("checkpoint")) {
      return acknowledged(plan, step);
    }
    GpuProcesses none = GpuProcesses.of(Map.of());
    return switch (targets.read(plan.workload(), plan.target().incarnation(), none)) {
      case TargetReader.Reading.Gone() -> new Progress.Reached("no process is left");
      case TargetReader.Reading.Unclear(String reason) -> new Progress.Unreadable(reason);
      case TargetReader.Reading.Present present -> left(step, present.workload().members());
    };
  }

  private static Progress left(Step step, List<Member> members) {
    long stopped = members.stream().filter(member -> member.process().stopped()).count();
    boolean reached =
        switch (step.name()) {
          case "sigstop" -> stopped == members.size();
          case "sigcont" -> stopped == 0;
          default -> false;
        };
    String seen = members.size() + " processes are left, " + stopped + " of them stopped";
    return reached ? new Progress.Reached(seen) : new Progress.NotYet(seen);
  }

  /** Only a file that is newer than the signal proves a new checkpoint. */
  private Progress acknowledged(Plan plan, Step step) {
    Long since = asked.get(plan.id());
    if (since == null) {
      return new Progress.Unreadable("when it was asked is not known: Reeve was restarted");
    }
    Path file = Path.of(step.arguments().getOrDefault("acknowledgement", ""));
    try {
      long written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
      return written > since
          ? new Progress.Reached(file + " was written after the signal")
          : new Progress.NotYet(file + " is older than the signal");
    } catch (IOException missing) {
      return new Progress.NotYet(file + " is not there");
    }
  }
}
