package dev.reeve.platform.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Protection;
import dev.reeve.model.WorkloadKind;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // set before each test
class WorkloadResolverTest {
  @TempDir Path folder;
  private FakeProc proc;

  @BeforeEach
  void makeProc() {
    proc = new FakeProc(folder);
  }

  private void sshLogin() {
    proc.process(10, 1).called("sshd: /usr/sbin/sshd -D").comm("sshd").uid(0).add();
    proc.process(11, 10).called("sshd: alice [priv]").comm("sshd").uid(0).add();
    proc.process(12, 11).called("sshd: alice@pts/0").comm("sshd").add();
    proc.process(13, 12).called("-bash").comm("bash").add();
  }

  @Test
  void takesTheProcessBelowALoginShell() {
    sshLogin();
    proc.process(20, 13).called("python3.11", "train.py", "--lr", "1").add();
    NodeWorkload workload = proc.onGpu(FakeProc.GPU_0, 20).workload(20);
    assertEquals(List.of(20L), FakeProc.pids(workload));
    assertEquals(
        "node/machine/alice/process/python:train.py:%2Fhome%2Falice%2Fexp",
        workload.sighting().id().toString());
    assertEquals(
        Incarnation.of("20@200@b007", Set.of("20@200")), workload.sighting().incarnation());
    assertEquals("alice", workload.sighting().owner());
    assertEquals("", workload.sighting().foreignTo());
    assertEquals(Protection.none(), workload.sighting().protection());
    assertEquals(Extent.of(Set.of(FakeProc.GPU_0)), workload.sighting().extent());
  }

  @Test
  void countsTheProcessesThatTheirLoginSessionLeftBehind() {
    sshLogin();
    proc.process(20, 1).called("python", "train.py").add();
    proc.process(21, 13).called("python", "other.py").add();
    proc.onGpu(FakeProc.GPU_0, 20, 21);
    assertEquals(OptionalInt.of(1), proc.workload(20).orphans());
    assertEquals(OptionalInt.of(0), proc.workload(21).orphans());
  }

  @Test
  void aServiceIsNoOrphanThoughInitIsItsParent() {
    proc.process(20, 1).called("python", "serve.py").cgroup("/system.slice/serve.service").add();
    proc.onGpu(FakeProc.GPU_0, 20);
    assertEquals(OptionalInt.of(0), proc.workload(20).orphans());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/user.slice", "/machine.slice/thing.scope"})
  void knowsNoOrphansWhereNothingTellsWhoStartedThem(String cgroup) {
    proc.process(20, 1).called("python", "train.py").cgroup(cgroup).add();
    proc.onGpu(FakeProc.GPU_0, 20);
    assertEquals(OptionalInt.empty(), proc.workload(20).orphans());
  }

  @Test
  void takesAScriptShellAndAllBelowIt() {
    sshLogin();
    proc.process(20, 13).called("bash", "./train.sh").add();
    proc.process(21, 20).called("tee", "log").add();
    proc.process(22, 20).called("python", "train.py").add();
    proc.process(23, 22).called("python", "train.py").add();
    NodeWorkload workload = proc.onGpu(FakeProc.GPU_0, 22).workload(22);
    assertEquals(List.of(20L, 21L, 22L, 23L), FakeProc.pids(workload));
    assertEquals("bash:train.sh:/home/alice/exp", workload.sighting().id().name());
  }

  @Test
  void keepsSiblingsBelowOneShellApart() {
    sshLogin();
    proc.process(20, 13).called("python", "a.py").add();
    proc.process(21, 13).called("python", "b.py").add();
    proc.onGpu(FakeProc.GPU_0, 20, 21);
    assertEquals(List.of(20L), FakeProc.pids(proc.workload(20)));
    assertEquals(List.of(21L), FakeProc.pids(proc.workload(21)));
  }

  @Test
  void stopsAtATerminalMultiplexerAndItsShells() {
    proc.process(30, 1).called("tmux", "new", "-s", "x").comm("tmux: server").add();
    proc.process(31, 30).called("-zsh").comm("zsh").add();
    proc.process(32, 31).called("python", "train.py").add();
    proc.process(33, 30).called("sh", "-c", "python direct.py").add();
    proc.process(34, 33).called("python", "direct.py").add();
    assertEquals(List.of(32L), FakeProc.pids(proc.workload(32)));
    NodeWorkload direct = proc.workload(34);
    assertEquals(List.of(33L, 34L), FakeProc.pids(direct));
    assertEquals("python:direct.py:/home/alice/exp", direct.sighting().id().name());
  }

  @ParameterizedTest
  @CsvSource({
    "tmux: server, tmux",
    "screen, SCREEN",
    "zellij, zellij",
    "cron, /usr/sbin/CRON",
    "atd, atd",
    "systemd, /usr/lib/systemd/systemd",
    "mosh-server, mosh-server",
    "gnome-terminal-server, x",
    "supervisord, x",
    "bash, bash",
    "zsh, -zsh",
    "fish, fish",
    "su, su"
  })
  void neverTakesABoundaryIntoAWorkload(String comm, String called) {
    proc.process(40, 1).called(called).comm(comm).add();
    proc.process(41, 40).called("python", "train.py").add();
    assertEquals(List.of(41L), FakeProc.pids(proc.workload(41)));
  }

  @Test
  void takesWhatCronStartedWithItsScriptShell() {
    proc.process(50, 1)
        .called("/usr/sbin/cron", "-f")
        .uid(0)
        .cgroup("/system.slice/cron.service")
        .add();
    proc.process(51, 50)
        .called("/usr/sbin/CRON", "-f")
        .comm("cron")
        .uid(0)
        .cgroup("/system.slice/cron.service")
        .add();
    proc.process(52, 51)
        .called("/bin/sh", "-c", "/opt/nightly.sh")
        .cgroup("/system.slice/cron.service")
        .add();
    proc.process(53, 52).called("python", "nightly.py").cgroup("/system.slice/cron.service").add();
    NodeWorkload workload = proc.workload(53);
    assertEquals(List.of(52L, 53L), FakeProc.pids(workload));
    assertTrue(workload.unit().isEmpty(), "the unit of cron holds cron too");
    assertEquals("process", workload.sighting().id().kind());
  }

  @Test
  void takesAnOrphanOfNohupAlone() {
    proc.process(60, 1).called("python", "train.py").add();
    assertEquals(List.of(60L), FakeProc.pids(proc.workload(60)));
  }

  @Test
  void takesALauncherWithItsWorkersAndTheirLoaders() {
    sshLogin();
    proc.process(70, 13)
        .called("/opt/py/bin/python3", "/opt/py/bin/torchrun", "--nproc-per-node", "2", "train.py")
        .add();
    for (int rank = 0; rank < 2; rank++) {
      proc.process(71 + rank, 70)
          .called("python3", "-u", "train.py")
          .with("RANK", "" + rank)
          .with("LOCAL_RANK", "" + rank)
          .with("WORLD_SIZE", "2")
          .with("LOCAL_WORLD_SIZE", "2")
          .with("MASTER_ADDR", "node1.example.org")
          .add();
      proc.process(80 + rank, 71 + rank)
          .called("python3", "-u", "train.py")
          .with("RANK", "" + rank)
          .with("WORLD_SIZE", "2")
          .with("LOCAL_WORLD_SIZE", "2")
          .add();
    }
    proc.onGpu(FakeProc.GPU_0, 71).onGpu(FakeProc.GPU_1, 72);
    NodeWorkload workload = proc.workload(72);
    assertEquals(List.of(70L, 71L, 72L, 80L, 81L), FakeProc.pids(workload));
    assertEquals(workload.sighting(), proc.workload(71).sighting());
    assertEquals("python:torchrun train.py:/home/alice/exp", workload.sighting().id().name());
    assertEquals(Extent.of(Set.of(FakeProc.GPU_0, FakeProc.GPU_1)), workload.sighting().extent());
  }

  @Test
  void leavesOutDescendantsOfAnotherUser() {
    sshLogin();
    proc.process(90, 13).called("python", "train.py").add();
    proc.process(91, 90).called("sudo", "x").uid(0).add();
    proc.process(92, 91).called("x").uid(1001).add();
    proc.process(93, 90).called("ping", "h").effectiveUid(0).add();
    assertEquals(List.of(90L), FakeProc.pids(proc.workload(90)));
  }

  @Test
  void stopsAtAParentOfAnotherUser() {
    proc.process(95, 1).called("/usr/bin/python3", "jobd.py").uid(0).add();
    proc.process(96, 95).called("python", "train.py").add();
    assertEquals(List.of(96L), FakeProc.pids(proc.workload(96)));
  }

  @Test
  void takesTheProcessAloneWhenASessionLiesBelowTheSameTop() {
    proc.process(100, 1).called("/home/alice/bin/unknown-terminal").add();
    proc.process(101, 100).called("bash").add();
    proc.process(102, 100).called("python", "train.py").add();
    proc.process(103, 102).called("python", "train.py").add();
    assertEquals(List.of(102L, 103L), FakeProc.pids(proc.workload(102)));
  }

  @Test
  void takesWorkloadsOfSeveralDeclaredNamesApart() {
    sshLogin();
    proc.process(110, 13).called("bash", "sweep.sh").add();
    proc.process(111, 110).called("python", "t.py").with("REEVE_NAME", "one").add();
    proc.process(112, 110).called("python", "t.py").with("REEVE_NAME", "two").add();
    assertEquals(List.of(111L), FakeProc.pids(proc.workload(111)));
    assertEquals("two", proc.workload(112).sighting().id().name());
  }

  @Test
  void neverTakesReeveOrWhatStartedIt() {
    proc.process(899, 1).called("bash", "start-all.sh").add();
    proc.process(FakeProc.REEVE, 899).called("/usr/lib/reeve/reeve", "run").add();
    proc.process(901, 899).called("python", "beside.py").add();
    proc.process(902, FakeProc.REEVE).called("python", "child.py").add();
    assertEquals(List.of(901L), FakeProc.pids(proc.workload(901)));
    assertEquals(List.of(902L), FakeProc.pids(proc.workload(902)));
    assertTrue(proc.workload(FakeProc.REEVE).sighting().protection().isProtected());
    assertTrue(proc.workload(899).sighting().protection().isProtected());
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/lib/xorg/Xorg, Xorg",
    "/usr/bin/gnome-shell, gnome-shell",
    "nvidia-cuda-mps-server, nvidia-cuda-mps",
    "/usr/bin/nvidia-persistenced, nvidia-persiste",
    "/usr/bin/nv-hostengine, nv-hostengine",
    "dcgm-exporter, dcgm-exporter",
    "/usr/local/bin/nvidia_gpu_exporter, nvidia_gpu_expo",
    "-bash, bash",
    "bash, bash"
  })
  void protectsWhatIsNobodysWork(String called, String comm) {
    proc.process(120, 1).called(called).comm(comm).uid(0).add();
    NodeWorkload workload = proc.workload(120);
    assertEquals(List.of(120L), FakeProc.pids(workload));
    assertTrue(workload.sighting().protection().isProtected());
  }

  @Test
  void protectsAnExporterThatRunsInAnInterpreter() {
    proc.process(121, 1).called("python3", "/opt/gpu_exporter.py").add();
    assertTrue(proc.workload(121).sighting().protection().isProtected());
  }

  @Test
  void knowsWhichSignalsAProcessCatches() {
    proc.process(123, 1).called("python", "t.py").add();
    ProcessDetails details = proc.workload(123).root().details();
    assertTrue(details.catches(10), "USR1");
    assertTrue(details.catches(64), "the last one");
    assertFalse(details.catches(12), "USR2");
  }

  @Test
  void answersThatAProcessIsGone() {
    assertInstanceOf(WorkloadResolver.Resolution.Gone.class, proc.resolver().ofGpuProcess(4711));
    proc.process(122, 1).called("python").state('Z').add();
    assertInstanceOf(WorkloadResolver.Resolution.Gone.class, proc.resolver().ofGpuProcess(122));
  }

  @Test
  void findsTheSameWorkloadAgainByItsRoot() {
    sshLogin();
    proc.process(20, 13).called("bash", "./train.sh").add();
    proc.process(22, 20).called("python", "train.py").add();
    NodeWorkload before = proc.onGpu(FakeProc.GPU_0, 22).workload(22);
    WorkloadResolver.Resolution again = proc.resolver().ofRoot(before.root().key());
    assertEquals(
        before.sighting(),
        assertInstanceOf(WorkloadResolver.Resolution.Found.class, again).workload().sighting());
    WorkloadResolver.Resolution reused = proc.resolver().ofRoot(new ProcessKey(20, 199));
    assertInstanceOf(WorkloadResolver.Resolution.Gone.class, reused);
  }

  @Test
  void readsWhatAWorkloadDeclares() {
    sshLogin();
    proc.process(130, 13)
        .called("python", "t.py")
        .with("REEVE_KIND", "Training")
        .with("REEVE_NAME", "bert")
        .with("REEVE_OWNER", "team-a")
        .with("REEVE_GROUP", "nlp")
        .with("REEVE_RUN", "/data/run.jsonl")
        .with("REEVE_CHECKPOINT", "USR1:2m:/data/saved")
        .add();
    NodeWorkload workload = proc.workload(130);
    assertEquals(WorkloadKind.TRAINING, workload.sighting().kind());
    assertEquals("bert", workload.sighting().id().name());
    assertEquals("alice", workload.sighting().id().namespace());
    assertEquals("team-a", workload.sighting().owner());
    assertEquals("nlp", workload.sighting().group());
    assertEquals(Path.of("/data/run.jsonl"), workload.run().orElseThrow());
    assertEquals("USR1", workload.sighting().checkpoint().orElseThrow().signal());
    assertEquals(120, workload.sighting().checkpoint().orElseThrow().deadline().toSeconds());
  }

  @ParameterizedTest
  @CsvSource({"1,true", "yes,true", "0,false", "no,false", "flase,true", "'',false"})
  void protectsWhateverIsNotClearlyUnprotected(String value, boolean isProtected) {
    proc.process(131, 1).called("python", "t.py").with("REEVE_PROTECT", value).add();
    assertEquals(isProtected, proc.workload(131).sighting().protection().isProtected());
  }

  @Test
  void protectsAWorkloadWhoseCheckpointCannotBeUnderstood() {
    proc.process(132, 1).called("python", "t.py").with("REEVE_CHECKPOINT", "KILL:now").add();
    assertTrue(proc.workload(132).sighting().protection().isProtected());
  }

  @Test
  void protectsAndDoesNotKnowTheExtentOfWhatCannotBeRead() {
    sshLogin();
    proc.process(140, 13).called("python", "t.py").add();
    proc.process(141, 140).called("python", "t.py").unreadable().add();
    NodeWorkload workload = proc.onGpu(FakeProc.GPU_0, 140).workload(140);
    assertTrue(workload.sighting().protection().isProtected());
    assertInstanceOf(Extent.Unknown.class, workload.sighting().extent());
    proc.process(142, 13).called().comm("python").add();
    assertTrue(proc.workload(142).sighting().protection().isProtected());
  }

  @Test
  void makesHostileNamesFitForOneLine() {
    proc.process(150, 1)
        .called("python", "/x/\u001b[31mred\nname<script>\u202e.py", "--token", "s3cret")
        .comm("a) S 1 (b")
        .in("/tmp/evil\r\ndir")
        .add();
    NodeWorkload workload = proc.workload(150);
    String name = workload.sighting().id().name();
    assertFalse(name.chars().anyMatch(c -> c < ' ' || c == '\u202e'), name);
    assertTrue(name.contains("<script>"), "HTML is escaped where it is shown");
    assertEquals(1, workload.root().process().parent());
    assertFalse(workload.root().details().commandLine().toString().contains("s3cret"));
  }
}
