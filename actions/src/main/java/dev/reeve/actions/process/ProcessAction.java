package dev.reeve.actions.process;

import dev.reeve.guard.Permit;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.platform.node.Environment;
import dev.reeve.platform.node.GpuProcesses;
import dev.reeve.platform.node.GpuRow;
import dev.reeve.platform.node.Machine;
import dev.reeve.platform.node.Member;
import dev.reeve.platform.node.NodeWorkload;
import dev.reeve.platform.node.NvidiaSmi;
import dev.reeve.platform.node.ProcessKey;
import dev.reeve.platform.node.ProcessTable;
import dev.reeve.platform.node.SystemdUnit;
import dev.reeve.platform.node.TargetReader;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.spi.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Suspends and ends workloads that are processes or units of this machine. */
final class ProcessAction implements Action {
  /** How often it is looked again at processes that no look showed clearly. */
  private static final int LOOKS = 5;

  private static final long NANOS_PER_TICK = 10_000_000;
  private static final GpuProcesses NOT_ASKED = GpuProcesses.unknown("not asked");

  private final ProcessSettings settings;
  private final Machine machine;
  private final ThisNode node;
  private final NvidiaSmi smi;
  private final Systemctl systemctl;
  private final Steps steps;
  private final TargetReader targets;
  private final Checkpoints checkpoints = new Checkpoints();

  /** When the first harming call on an incarnation was made, in clock ticks since boot. */
  private final Map<String, Long> begun = new ConcurrentHashMap<>();

  ProcessAction(
      ProcessSettings settings,
      Machine machine,
      ThisNode node,
      NvidiaSmi smi,
      Systemctl systemctl) {
    this.settings = settings;
    this.machine = machine;
    this.node = node;
    this.smi = smi;
    this.systemctl = systemctl;
    this.steps = new Steps(settings);
    this.targets = new TargetReader(node, new Environment.Kept(settings.onlyEnvironment().names()));
  }

  @Override
  public String platform() {
    return "node";
  }

  @Override
  public Offer offers(Remedy remedy, WorkloadSighting target) {
    Optional<String> missing = machine.unsafe();
    if (missing.isPresent()) {
      return new Offer.Impossible("processes cannot be signalled safely here: " + missing.get());
    }
    if (!target.foreignTo().isEmpty()) {
      return new Offer.Impossible("it belongs to " + target.foreignTo());
    }
    return switch (remedy) {
      case Remedy.Terminate _ -> new Offer.Possible(true);
      case Remedy.Suspend _ when isUnit(target) ->
          new Offer.Impossible("the service manager may take a stopped unit for a hanging one");
      // a stopped process keeps its GPU
      case Remedy.Suspend _ -> new Offer.Possible(false);
      case Remedy.Notify _, Remedy.Downsize _, Remedy.Migrate _, Remedy.Drain _ ->
          new Offer.Impossible("a process cannot be asked to " + remedy.verb());
    };
  }

  private static boolean isUnit(WorkloadSighting target) {
    return target.id().kind().equals("unit");
  }

  @Override
  public Target read(WorkloadId workload, Incarnation judged) throws InterruptedException {
    return switch (smi.ask()) {
      case NvidiaSmi.Answer.Failed(NvidiaSmi.Failure _, String reason) ->
          read(workload, judged, List.of(), GpuProcesses.unknown(reason));
      case NvidiaSmi.Answer.Read(List<GpuRow> rows, GpuProcesses gpus) ->
          read(workload, judged, rows, gpus);
    };
  }

  private Target read(
      WorkloadId workload, Incarnation judged, List<GpuRow> rows, GpuProcesses gpus) {
    return switch (targets.read(workload, judged, gpus)) {
      case TargetReader.Reading.Gone() -> new Target.Gone();
      case TargetReader.Reading.Unclear(String reason) -> new Target.Unreadable(reason);
      case TargetReader.Reading.Present present ->
          new Target.Present(
              shielded(present.workload()),
              uncovered(present, gpus),
              utilization(present.workload().sighting().extent(), rows));
    };
  }

  /** Of the busiest device that it holds. */
  private static OptionalDouble utilization(Extent extent, List<GpuRow> rows) {
    return extent instanceof Extent.Known known
        ? rows.stream()
            .filter(row -> known.devices().contains(SubjectId.gpu(row.uuid())))
            .flatMapToDouble(row -> row.reading("utilization.gpu").stream())
            .map(percent -> percent / 100)
            .max()
        : OptionalDouble.empty();
  }

  /**
   * Members that nobody judged. A descendant of a covered process is excused if it is on no GPU, or
   * was born after the stop began.
   */
  private SortedSet<String> uncovered(TargetReader.Reading.Present present, GpuProcesses gpus) {
    SortedSet<String> uncovered = new TreeSet<>();
    present.strangers().forEach(key -> uncovered.add(key.toString()));
    String uid = present.workload().sighting().incarnation().uid();
    long begin = begun.getOrDefault(uid, Long.MAX_VALUE);
    for (ProcessKey born : present.born()) {
      boolean maybeOnGpu = gpus.incomplete().isPresent() || gpus.lists(born.pid());
      if (maybeOnGpu && born.startTicks() < begin) {
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
      String objection = member.process().exiting() ? "" : settings.objection(member);
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
      case Remedy.Suspend _ -> steps.suspend();
      case Remedy.Terminate _ -> steps.terminate(plan.target().checkpoint(), unit(plan));
      case Remedy.Notify _, Remedy.Downsize _, Remedy.Migrate _, Remedy.Drain _ -> List.of();
    };
  }

  /** A unit with a name of its own may be gone already; one of a passing name is looked up. */
  private Optional<Systemctl.Unit> unit(Plan plan) {
    if (!isUnit(plan.target())) {
      return Optional.empty();
    }
    Optional<SystemdUnit> seen =
        targets.read(plan.workload(), plan.target().incarnation(), NOT_ASKED)
                instanceof TargetReader.Reading.Present present
            ? present.workload().unit()
            : Optional.empty();
    String name = seen.map(SystemdUnit::name).orElse(plan.workload().name());
    String manager =
        seen.map(SystemdUnit::manager)
            .filter(uid -> uid.isPresent())
            .map(uid -> Long.toString(uid.getAsLong()))
            .orElse("");
    return Optional.of(new Systemctl.Unit(name, manager));
  }

  @Override
  public List<String> preview(Plan plan) {
    List<String> calls = new ArrayList<>();
    String members = String.join(", ", plan.target().incarnation().members());
    for (Step step : plan.steps()) {
      String call =
          switch (step.name()) {
            case "stop_unit" -> systemctl.preview(named(step), "stop");
            case "checkpoint" ->
                "SIG"
                    + step.arguments().get("signal")
                    + " to those of "
                    + members
                    + " that handle it";
            default -> step.name().toUpperCase(Locale.ROOT) + " to " + members;
          };
      calls.add(
          call + ", then up to " + step.deadline().toMillis() / 1000.0 + " s until " + step.goal());
    }
    return calls;
  }

  private static Systemctl.Unit named(Step step) {
    return new Systemctl.Unit(
        step.arguments().getOrDefault("unit", ""), step.arguments().getOrDefault("manager", ""));
  }

  @Override
  public Outcome execute(Plan plan, Step step, Permit permit) throws InterruptedException {
    if (step.name().equals("start_unit")) {
      return systemctl.start(named(step), () -> notCovered(plan, step, permit));
    }
    boolean harming = step.effect() == Step.Effect.HARMING;
    GpuProcesses gpus = harming ? smi.processes() : NOT_ASKED;
    return switch (targets.read(plan.workload(), plan.target().incarnation(), gpus)) {
      case TargetReader.Reading.Gone() -> new Outcome.NothingToDo("no process is left");
      case TargetReader.Reading.Unclear(String reason) -> new Outcome.Refused(reason);
      case TargetReader.Reading.Present present -> {
        Optional<Outcome> objection = harming ? objection(present, gpus) : Optional.empty();
        yield objection.isPresent() ? objection.get() : call(plan, step, permit, gpus);
      }
    };
  }

  private Optional<Outcome> objection(TargetReader.Reading.Present present, GpuProcesses gpus) {
    WorkloadSighting now = shielded(present.workload());
    if (!now.foreignTo().isEmpty()) {
      return Optional.of(new Outcome.Refused("it belongs to " + now.foreignTo()));
    }
    if (now.protection() instanceof Protection.Protected shield) {
      return Optional.of(new Outcome.Refused(shield.reason()));
    }
    SortedSet<String> uncovered = uncovered(present, gpus);
    return uncovered.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Outcome.Refused(
                "it has members that nobody judged: " + String.join(", ", uncovered)));
  }

  private static Optional<Outcome> notCovered(Plan plan, Step step, Permit permit) {
    try {
      permit.spend(plan, step);
      return Optional.empty();
    } catch (Permit.NotCovered not) {
      return Optional.of(new Outcome.Refused(String.valueOf(not.getMessage())));
    }
  }

  private Outcome call(Plan plan, Step step, Permit permit, GpuProcesses gpus)
      throws InterruptedException {
    if (step.name().equals("stop_unit")) {
      String invocation = plan.target().incarnation().uid();
      return systemctl.stop(named(step), invocation, () -> notCovered(plan, step, permit));
    }
    if (isUnit(plan.target()) && !step.name().equals("checkpoint")) {
      return new Outcome.Refused("the processes of a unit are not signalled one by one");
    }
    Signals signals =
        new Signals(() -> members(plan), pid -> ProcessTable.keyOf(node.proc(), pid), machine);
    List<Member> listeners = List.of();
    if (step.name().equals("checkpoint")) {
      listeners = listeners(plan, step, gpus);
      if (listeners.isEmpty()) {
        return new Outcome.Refused(
            "no process on a GPU, nor the first one, handles its checkpoint signal: it would end");
      }
    }
    Optional<Outcome> uncovered = notCovered(plan, step, permit);
    if (uncovered.isPresent()) {
      return uncovered.get();
    }
    if (step.name().equals("sigterm") || step.name().equals("sigkill")) {
      begun.putIfAbsent(plan.target().incarnation().uid(), machine.bootNanos() / NANOS_PER_TICK);
    }
    return switch (step.name()) {
      case "sigterm" -> signals.terminate();
      case "sigkill" -> signals.kill();
      case "sigstop" -> signals.stop();
      case "sigcont" -> signals.resume();
      case "checkpoint" -> checkpoints.ask(plan, step, signals, listeners);
      default -> new Outcome.Refused("there is no step called " + step.name());
    };
  }

  private List<Member> listeners(Plan plan, Step step, GpuProcesses gpus) {
    return targets.read(plan.workload(), plan.target().incarnation(), gpus)
            instanceof TargetReader.Reading.Present present
        ? Checkpoints.listeners(present.workload(), gpus, step)
        : List.of();
  }

  /** Without a look at the GPUs, which takes long: while a stop runs, only who is left counts. */
  private List<Member> members(Plan plan) {
    for (int i = 0; i < LOOKS; i++) {
      switch (targets.read(plan.workload(), plan.target().incarnation(), NOT_ASKED)) {
        case TargetReader.Reading.Present present -> {
          return present.workload().members();
        }
        case TargetReader.Reading.Gone() -> {
          return List.of();
        }
        // one that comes or goes during a look is seen whole by the next
        case TargetReader.Reading.Unclear _ -> {}
      }
    }
    return List.of();
  }

  @Override
  public Progress progress(Plan plan, Step step) throws InterruptedException {
    if (step.name().equals("checkpoint")) {
      return checkpoints.acknowledged(plan, step);
    }
    if (step.name().equals("start_unit")) {
      return started(step);
    }
    return switch (targets.read(plan.workload(), plan.target().incarnation(), NOT_ASKED)) {
      case TargetReader.Reading.Gone() -> {
        begun.remove(plan.target().incarnation().uid());
        yield new Progress.Reached("no process is left");
      }
      case TargetReader.Reading.Unclear(String reason) -> new Progress.Unreadable(reason);
      case TargetReader.Reading.Present present -> left(step, present.workload().members());
    };
  }

  private Progress started(Step step) throws InterruptedException {
    Optional<Boolean> active = systemctl.active(named(step));
    if (active.isEmpty()) {
      return new Progress.Unreadable("the service manager does not answer");
    }
    return active.get()
        ? new Progress.Reached(named(step).name() + " is active")
        : new Progress.NotYet(named(step).name() + " is not active");
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
}
