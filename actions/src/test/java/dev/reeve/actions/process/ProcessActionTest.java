package dev.reeve.actions.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.guard.Permit;
import dev.reeve.guard.Permits;
import dev.reeve.linux.BootClock;
import dev.reeve.model.Cost;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.platform.node.Command;
import dev.reeve.platform.node.Environment;
import dev.reeve.platform.node.GpuProcesses;
import dev.reeve.platform.node.Machine;
import dev.reeve.platform.node.NvidiaSmi;
import dev.reeve.platform.node.OnlyEnvironment;
import dev.reeve.platform.node.ProcessTable;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.platform.node.WorkloadResolver;
import dev.reeve.spi.Action;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes in sessions of their own; the stand-in for nvidia-smi lists none. */
final class ProcessActionTest {
  private static final Ticker WORLD = new BootTicker(BootClock::nanos);
  private static final String PATIENT = "while :; do sleep 300; done";

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();
  private final ThisNode node = ThisNode.here().withinContainer();

  @AfterEach
  void endAll() throws InterruptedException {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void endsAllProcessesOfAWorkload() throws Exception {
    Process process = start("ends", PATIENT, Map.of());
    Plan plan = terminate(process);
    Outcome outcome = execute(action(Map.of()), plan, plan.steps().getFirst());
    assertInstanceOf(Outcome.Done.class, outcome, outcome.detail());
    assertTrue(process.waitFor(5, TimeUnit.SECONDS));
    reached(plan, plan.steps().getFirst());
  }

  @Test
  void saysHowBusyTheGpusOfAWorkloadAreWhenItIsReadAgain() throws Exception {
    Process process = start("busy", PATIENT, Map.of());
    Plan plan = terminate(process);
    ProcessAction action = action(Map.of(), "GPU-00000001, " + process.pid() + ", 3000");
    Action.Target.Present there =
        assertInstanceOf(
            Action.Target.Present.class, action.read(plan.workload(), plan.target().incarnation()));
    assertEquals(OptionalDouble.of(0.43), there.utilization());
  }

  @Test
  void killsWhatIgnoresTheFirstSignal() throws Exception {
    Process process = start("ignores", "trap '' TERM; " + PATIENT, Map.of());
    Plan plan = terminate(process);
    execute(action(Map.of()), plan, plan.steps().getFirst());
    assertInstanceOf(
        Action.Progress.NotYet.class, action(Map.of()).progress(plan, plan.steps().getFirst()));
    assertTrue(process.isAlive());
    execute(action(Map.of()), plan, plan.steps().getLast());
    assertTrue(process.waitFor(5, TimeUnit.SECONDS));
    reached(plan, plan.steps().getLast());
  }

  @Test
  void catchesUpWithWhatForksWhileItIsStopped() throws Exception {
    Process process = start("forks", "while :; do sleep 300 & sleep 0.02; done", Map.of());
    Plan plan = terminate(process);
    Outcome outcome = execute(action(Map.of()), plan, plan.steps().getLast());
    assertInstanceOf(Outcome.Done.class, outcome, outcome.detail());
    assertTrue(process.waitFor(5, TimeUnit.SECONDS));
    reached(plan, plan.steps().getLast());
  }

  @Test
  void doesNothingToAProcessThatOnlyHasThePidOfTheOneThatWasJudged() throws Exception {
    Process process = start("reused", PATIENT, Map.of());
    Plan plan = terminate(process);
    WorkloadSighting seen = plan.target();
    String other = process.pid() + "@1";
    Incarnation older = Incarnation.of(other + "@" + node.bootId(), Set.of(other));
    Plan stale =
        plan.withTarget(
            new WorkloadSighting(
                seen.id(),
                older,
                seen.kind(),
                seen.owner(),
                seen.group(),
                seen.extent(),
                seen.protection(),
                seen.checkpoint(),
                seen.foreignTo()));
    Outcome outcome = execute(action(Map.of()), stale, stale.steps().getFirst());
    assertFalse(outcome instanceof Outcome.Done, outcome.detail());
    assertTrue(process.isAlive());
  }

  @Test
  void refusesAWorkloadThatAsksForProtection() throws Exception {
    Process process = start("protected", PATIENT, Map.of("REEVE_PROTECT", "1"));
    Plan plan = terminate(process);
    Outcome outcome = execute(action(Map.of()), plan, plan.steps().getFirst());
    assertInstanceOf(Outcome.Refused.class, outcome);
    assertTrue(process.isAlive());
  }

  @Test
  void refusesAProcessThatDoesNotCarryTheVariableThatIsAskedFor() throws Exception {
    Process process = start("unmarked", PATIENT, Map.of("REEVE_DEMO", "other"));
    Plan plan = terminate(process);
    Outcome outcome = execute(action(Map.of("REEVE_DEMO", "mine")), plan, plan.steps().getFirst());
    assertInstanceOf(Outcome.Refused.class, outcome);
    assertTrue(outcome.detail().contains("only_environment"), outcome.detail());
    assertTrue(process.isAlive());
  }

  @Test
  void refusesASecondCallOnOnePermit() throws Exception {
    Process process = start("twice", "trap '' TERM; " + PATIENT, Map.of());
    Plan plan = terminate(process);
    Step step = plan.steps().getFirst();
    Permit permit = Permits.of(plan, step, WORLD);
    assertInstanceOf(Outcome.Done.class, action(Map.of()).execute(plan, step, permit));
    assertInstanceOf(Outcome.Refused.class, action(Map.of()).execute(plan, step, permit));
  }

  @Test
  void hasNothingToDoOnceAllIsGone() throws Exception {
    Process process = start("gone", PATIENT, Map.of());
    Plan plan = terminate(process);
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().waitFor();
    for (ProcessHandle child : children) {
      child.destroyForcibly();
      child.onExit().get(20, TimeUnit.SECONDS);
    }
    Outcome outcome = execute(action(Map.of()), plan, plan.steps().getFirst());
    assertInstanceOf(Outcome.NothingToDo.class, outcome, outcome.detail());
  }

  @Test
  void stopsAndLetsRunAgain() throws Exception {
    Process process = start("suspends", PATIENT, Map.of());
    Plan plan = plan(process, new Remedy.Suspend());
    Step stop = plan.steps().getFirst();
    Step go = stop.inverse().orElseThrow();
    assertInstanceOf(Outcome.Done.class, execute(action(Map.of()), plan, stop));
    reached(plan, stop);
    assertInstanceOf(Outcome.Done.class, execute(action(Map.of()), plan, go));
    reached(plan, go);
    assertTrue(process.isAlive());
  }

  @Test
  void wakesAStoppedWorkloadSoThatItHearsItsEnd() throws Exception {
    Process process = start("woken", PATIENT, Map.of());
    Plan suspend = plan(process, new Remedy.Suspend());
    execute(action(Map.of()), suspend, suspend.steps().getFirst());
    reached(suspend, suspend.steps().getFirst());
    Plan plan = terminate(process);
    execute(action(Map.of()), plan, plan.steps().getFirst());
    assertTrue(process.waitFor(5, TimeUnit.SECONDS));
  }

  @Test
  void aShellAndItsSessionLiveOn() throws Exception {
    Process shell = new ProcessBuilder("setsid", "bash", "--norc", "-i").start();
    started.add(shell);
    try (var commands = shell.outputWriter()) {
      commands.write("sh -c 'echo $$; while :; do sleep 300; done' & wait\n");
      commands.flush();
      long job = Long.parseLong(shell.inputReader().readLine().strip());
      ProcessHandle child = ProcessHandle.of(job).orElseThrow();
      Plan plan = plan(job, new Remedy.Terminate());
      assertFalse(
          plan.target().incarnation().members().stream()
              .anyMatch(key -> key.startsWith(shell.pid() + "@")));
      Outcome outcome = execute(action(Map.of()), plan, plan.steps().getLast());
      assertInstanceOf(Outcome.Done.class, outcome, outcome.detail());
      child.onExit().get(5, TimeUnit.SECONDS);
      assertTrue(shell.isAlive());
    }
  }

  @Test
  void asksForACheckpointOnlyWhoHandlesItsSignalAndReadsTheProof() throws Exception {
    Path saved = folder.resolve("saved");
    String handles = "trap 'echo x > " + saved + "' USR1; while :; do sleep 0.05; done";
    Process process = start("saves", handles, Map.of("REEVE_CHECKPOINT", "USR1:5s:" + saved));
    Plan plan = terminate(process);
    Step ask = plan.steps().getFirst();
    assertEquals("checkpoint", ask.name());
    ProcessAction action = action(Map.of());
    assertInstanceOf(Action.Progress.Unreadable.class, action.progress(plan, ask));
    Outcome outcome = execute(action, plan, ask);
    assertInstanceOf(Outcome.Done.class, outcome, outcome.detail());
    for (int i = 0; i < 50 && !Files.exists(saved); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertInstanceOf(Action.Progress.Reached.class, action.progress(plan, ask));
    assertTrue(process.isAlive());
  }

  @Test
  void doesNotSendACheckpointSignalThatWouldEndIt() throws Exception {
    Path saved = folder.resolve("saved");
    Process process = start("deaf", PATIENT, Map.of("REEVE_CHECKPOINT", "USR1:5s:" + saved));
    Plan plan = terminate(process);
    Outcome outcome = execute(action(Map.of()), plan, plan.steps().getFirst());
    assertInstanceOf(Outcome.Refused.class, outcome, outcome.detail());
    assertTrue(process.isAlive());
  }

  @Test
  void doesNotTakeAnOldCheckpointForANewOne() throws Exception {
    Path saved = Files.writeString(folder.resolve("saved"), "old");
    String handles = "trap ':' USR1; while :; do sleep 0.05; done";
    Process process = start("lazy", handles, Map.of("REEVE_CHECKPOINT", "USR1:5s:" + saved));
    Plan plan = terminate(process);
    ProcessAction action = action(Map.of());
    execute(action, plan, plan.steps().getFirst());
    assertInstanceOf(Action.Progress.NotYet.class, action.progress(plan, plan.steps().getFirst()));
  }

  @Test
  void letsWhatItStoppedRunAgainEvenWhenItMayNoLongerBeTouched() throws Exception {
    Process process = start("released", PATIENT, Map.of());
    Plan plan = plan(process, new Remedy.Suspend());
    execute(action(Map.of()), plan, plan.steps().getFirst());
    Step go = plan.steps().getFirst().inverse().orElseThrow();
    Outcome outcome = execute(action(Map.of("REEVE_DEMO", "other")), plan, go);
    assertInstanceOf(Outcome.Done.class, outcome, outcome.detail());
    reached(plan, go);
  }

  @Test
  void aWorkloadBesideItLivesOn() throws Exception {
    Process process = start("one", PATIENT, Map.of());
    Process other = start("other", PATIENT, Map.of());
    Plan plan = terminate(process);
    execute(action(Map.of()), plan, plan.steps().getFirst());
    assertTrue(process.waitFor(5, TimeUnit.SECONDS));
    assertTrue(other.isAlive());
    assertTrue(ProcessHandle.current().isAlive());
  }

  @Test
  void savesOnlyWhereItEnds() throws Exception {
    Process process = start("offers", PATIENT, Map.of());
    WorkloadSighting seen = terminate(process).target();
    assertEquals(
        new Action.Offer.Possible(true), action(Map.of()).offers(new Remedy.Terminate(), seen));
    assertEquals(
        new Action.Offer.Possible(false), action(Map.of()).offers(new Remedy.Suspend(), seen));
  }

  private Process start(String name, String script, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder("setsid", "sh", "-c", script);
    builder.environment().putAll(environment);
    builder.environment().put("REEVE_NAME", name);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    started.add(process);
    TimeUnit.MILLISECONDS.sleep(200); // the shell sets its traps
    return process;
  }

  private Plan terminate(Process process) throws Exception {
    return plan(process, new Remedy.Terminate());
  }

  private Plan plan(Process process, Remedy remedy) throws Exception {
    return plan(process.pid(), remedy);
  }

  private Plan plan(long pid, Remedy remedy) throws Exception {
    ProcessTable table = ProcessTable.read(node.proc(), new Environment.Kept(Set.of()));
    WorkloadResolver resolver = new WorkloadResolver(node, table, GpuProcesses.of(Map.of()));
    WorkloadResolver.Resolution.Found found =
        assertInstanceOf(WorkloadResolver.Resolution.Found.class, resolver.ofGpuProcess(pid));
    Plan plan =
        new Plan(
            "p",
            "e",
            "r",
            "s",
            found.workload().sighting(),
            remedy,
            List.of(),
            new Cost.Unknown("no price"),
            List.of());
    return plan.withSteps(action(Map.of()).steps(plan), List.of());
  }

  private ProcessAction action(Map<String, String> only) throws Exception {
    return action(only, "");
  }

  /** Where nvidia-smi lists these, each `uuid, pid, memory`. */
  private ProcessAction action(Map<String, String> only, String apps) throws Exception {
    Path smi = folder.resolve("nvidia-smi");
    Files.writeString(
        smi,
        """
        #!/bin/sh
        case "$1" in
          *query-gpu*)
            echo 'uuid, name, index, memory.total [MiB], utilization.gpu [%]'
            echo 'GPU-00000001, Test, 0, 81559, 43'
            echo 'GPU-00000002, Test, 1, 81559, 97' ;;
          *compute-apps*) echo "APPS" ;;
        esac
        """
            .replace("APPS", apps));
    assertTrue(smi.toFile().setExecutable(true));
    return new ProcessAction(
        new ProcessSettings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            0,
            true,
            new OnlyEnvironment(new TreeMap<>(only))),
        Machine.here(),
        node,
        new NvidiaSmi(new Command(List.of(smi.toString()), Duration.ofSeconds(5))),
        new Systemctl(new Command(List.of("false"), Duration.ofSeconds(5)), 0));
  }

  private static Outcome execute(ProcessAction action, Plan plan, Step step)
      throws InterruptedException {
    return action.execute(plan, step, Permits.of(plan, step, WORLD));
  }

  private void reached(Plan plan, Step step) throws Exception {
    Action.Progress progress = action(Map.of()).progress(plan, step);
    for (int i = 0; i < 50 && !(progress instanceof Action.Progress.Reached); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      progress = action(Map.of()).progress(plan, step);
    }
    assertInstanceOf(Action.Progress.Reached.class, progress, progress.toString());
  }
}
