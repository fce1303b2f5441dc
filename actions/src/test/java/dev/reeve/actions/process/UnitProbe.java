package dev.reeve.actions.process;

import dev.reeve.guard.Permits;
import dev.reeve.linux.BootClock;
import dev.reeve.model.Cost;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.platform.node.Command;
import dev.reeve.platform.node.Environment;
import dev.reeve.platform.node.GpuProcesses;
import dev.reeve.platform.node.Machine;
import dev.reeve.platform.node.NodeWorkload;
import dev.reeve.platform.node.NvidiaSmi;
import dev.reeve.platform.node.OnlyEnvironment;
import dev.reeve.platform.node.ProcessTable;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.platform.node.WorkloadResolver;
import dev.reeve.spi.Action;
import dev.reeve.time.BootTicker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs beside the service manager of {@link SystemdIT}, acts there, and prints what it saw. */
final class UnitProbe {
  private final ThisNode node = ThisNode.here();
  private final ProcessAction action =
      new ProcessAction(
          new ProcessSettings(
              Duration.ofSeconds(2),
              Duration.ofSeconds(5),
              Duration.ofSeconds(20),
              0,
              true,
              OnlyEnvironment.ANY),
          Machine.here(),
          node,
          new NvidiaSmi(new Command(List.of("/nowhere/nvidia-smi"), Duration.ofSeconds(5))),
          new Systemctl(new Command(List.of("systemctl"), Duration.ofSeconds(10)), 0));

  /** Arguments: the pid of a process, {@code stop} or {@code twice}. */
  public static void main(String[] args) throws Exception {
    new UnitProbe().run(Long.parseLong(args[0]), args[1]);
  }

  private void run(long pid, String what) throws Exception {
    Plan plan = plan(pid);
    System.out.println("id " + plan.target().id().kind() + " " + plan.target().id().name());
    System.out.println("uid " + plan.target().incarnation().uid());
    System.out.println("members " + plan.target().incarnation().members().size());
    System.out.println("protected " + plan.target().protection().isProtected());
    System.out.println("foreign " + plan.target().foreignTo());
    Step stop = plan.steps().getFirst();
    say("stop", plan, stop);
    await(plan, stop);
    if (what.equals("twice")) {
      Step start = stop.inverse().orElseThrow();
      say("start", plan, start);
      await(plan, start);
      say("again", plan, stop); // the judged run is over, another one lives
    }
  }

  private void say(String word, Plan plan, Step step) throws InterruptedException {
    Outcome outcome =
        action.execute(plan, step, Permits.of(plan, step, new BootTicker(BootClock::nanos)));
    System.out.println(word + " " + outcome.word() + ": " + outcome.detail());
  }

  private void await(Plan plan, Step step) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      if (action.progress(plan, step) instanceof Action.Progress.Reached) {
        System.out.println(step.name() + " reached");
        return;
      }
      Thread.sleep(100);
    }
    System.out.println(step.name() + " not reached");
  }

  private Plan plan(long pid) throws Exception {
    ProcessTable table = ProcessTable.read(node.proc(), new Environment.Kept(Set.of()));
    WorkloadResolver resolver = new WorkloadResolver(node, table, GpuProcesses.of(Map.of()));
    if (!(resolver.ofGpuProcess(pid)
        instanceof WorkloadResolver.Resolution.Found(NodeWorkload workload))) {
      throw new IllegalStateException("no process " + pid);
    }
    Plan plan =
        new Plan(
            "p",
            "e",
            "r",
            "s",
            workload.sighting(),
            new Remedy.Terminate(),
            List.of(),
            new Cost.Unknown("no price"),
            List.of());
    return plan.withSteps(action.steps(plan), List.of());
  }
}
