package dev.reeve.platform.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Extent;
import dev.reeve.model.Protection;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Units, containers, pods, jobs, and workloads that reach beyond this node. */
@SuppressWarnings("NullAway.Init") // set before each test
class ForeignTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;
  private FakeProc proc;

  @BeforeEach
  void makeProc() {
    proc = new FakeProc(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice/cri-containerd-ab.scope,"
        + " kubernetes",
    "/kubepods/besteffort/pod1/ab, kubernetes",
    "/system.slice/docker-0123456789abcdef.scope, container",
    "/docker/0123456789ab, container",
    "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ab.scope, container",
    "/lxc.payload.web/init.scope, container",
    "/machine.slice/machine-qemu1.scope, container",
    "/system.slice/slurmstepd.scope/job_7/step_0/user/task_0, slurm",
    "/system.slice/node1_slurmstepd.scope/job_7/step_0, slurm",
    "/slurm/uid_1000/job_7/step_0, slurm",
    "/system.slice/docker.service, ''",
    "/user.slice/user-1000.slice/session-3.scope, ''"
  })
  void tellsAnotherPlatformByCgroup(String cgroup, String platform) {
    proc.process(20, 1).called("python", "t.py").cgroup(cgroup).add();
    assertEquals(platform, proc.workload(20).sighting().foreignTo());
  }

  @Test
  void tellsAJobByAnOldHierarchyToo() {
    proc.process(20, 1)
        .called("python", "t.py")
        .cgroup(
            "4:memory:/slurm/uid_1000/job_7/step_0\n1:name=systemd:/system.slice/slurmd.service\n")
        .add();
    assertEquals("slurm", proc.workload(20).sighting().foreignTo());
  }

  @ParameterizedTest
  @CsvSource({
    "KUBERNETES_SERVICE_HOST, kubernetes", "SLURM_JOB_ID, slurm", "container, container",
    "APPTAINER_CONTAINER, container", "PBS_JOBID, pbs", "LSB_JOBID, lsf"
  })
  void tellsAnotherPlatformByEnvironment(String variable, String platform) {
    proc.process(20, 1).called("python", "t.py").with(variable, "7").add();
    assertEquals(platform, proc.workload(20).sighting().foreignTo());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pid", "mnt", "user", "cgroup"})
  void tellsAContainerByItsNamespaces(String type) {
    proc.process(20, 1).called("python", "t.py").namespace(type, 2).add();
    assertEquals("container", proc.workload(20).sighting().foreignTo());
  }

  @Test
  void tellsAContainerByItsShimAndAJobByItsStepDaemon() {
    proc.process(20, 1).called("/usr/bin/containerd-shim-runc-v2", "-id", "x").uid(0).add();
    proc.process(21, 20).called("python", "t.py").cgroup("/").add();
    assertEquals("container", proc.workload(21).sighting().foreignTo());
    proc.process(30, 1).called("slurmstepd: [7.0]").comm("slurmstepd").uid(0).add();
    proc.process(31, 30).called("/bin/bash", "/var/spool/job7/slurm_script").cgroup("/").add();
    proc.process(32, 31).called("python", "t.py").cgroup("/").add();
    assertEquals("batch", proc.workload(32).sighting().foreignTo());
    assertEquals(List.of(31L, 32L), FakeProc.pids(proc.workload(32)));
  }

  @Test
  void allowsAUnitItsOwnMountNamespace() {
    proc.process(20, 1)
        .called("python", "t.py")
        .namespace("mnt", 2)
        .cgroup("/system.slice/t.service")
        .add();
    proc.invocation("t.service", ID);
    assertEquals("", proc.workload(20).sighting().foreignTo());
  }

  @Test
  void takesTheContainerAroundReeveForTheMachineOnlyWhenTold() {
    String around = "/docker/" + ID + ID;
    FakeProc inside = new FakeProc(folder.resolve("inside"));
    inside.process(901, FakeProc.REEVE).called("python", "t.py").cgroup(around).add();
    inside.process(902, 1).called("python", "u.py").cgroup("/docker/" + ID).add();
    assertEquals("container", inside.workload(901).sighting().foreignTo());
    ThisNode node = inside.node().withinContainer();
    assertTrue(node.containerIsNode());
    WorkloadResolver resolver =
        new WorkloadResolver(node, inside.table(), GpuProcesses.unknown("not asked"));
    assertEquals("container", foreignTo(resolver, 902));
    FakeProc same = new FakeProc(folder.resolve("same"));
    same.process(901, FakeProc.REEVE)
        .called("python", "t.py")
        .cgroup("/system.slice/reeve.service")
        .add();
    same.process(902, 1)
        .called("python", "t.py")
        .cgroup("/system.slice/reeve.service")
        .with("SLURM_JOB_ID", "7")
        .add();
    WorkloadResolver sameContainer =
        new WorkloadResolver(
            same.node().withinContainer(), same.table(), GpuProcesses.unknown("not asked"));
    assertEquals("", foreignTo(sameContainer, 901));
    assertEquals("slurm", foreignTo(sameContainer, 902));
  }

  private static String foreignTo(WorkloadResolver resolver, long pid) {
    return assertInstanceOf(WorkloadResolver.Resolution.Found.class, resolver.ofGpuProcess(pid))
        .workload()
        .sighting()
        .foreignTo();
  }

  @Test
  void takesAUnitThatHoldsTheMembersAndNothingElse() {
    String cgroup = "/system.slice/serve.service";
    proc.process(20, 1).called("python", "serve.py").cgroup(cgroup).uid(1001).add();
    proc.process(21, 20).called("python", "serve.py").cgroup(cgroup + "/worker").uid(1001).add();
    proc.invocation("serve.service", ID);
    NodeWorkload workload = proc.workload(21);
    assertEquals("node/machine/bob/unit/serve.service", workload.sighting().id().toString());
    assertEquals(ID, workload.sighting().incarnation().uid());
    assertEquals(Set.of("20@200", "21@210"), workload.sighting().incarnation().members());
    assertEquals("serve.service", workload.unit().orElseThrow().name());
    assertTrue(workload.unit().orElseThrow().manager().isEmpty());
    assertEquals(Protection.none(), workload.sighting().protection());
  }

  @Test
  void protectsAUnitWhoseInvocationIsNotKnown() {
    proc.process(20, 1).called("python", "serve.py").cgroup("/system.slice/serve.service").add();
    assertTrue(proc.workload(20).sighting().protection().isProtected());
  }

  @Test
  void doesNotTakeAUnitThatHoldsAStranger() {
    String cgroup = "/system.slice/serve.service";
    proc.process(20, 1).called("python", "serve.py").cgroup(cgroup).add();
    proc.process(21, 1).called("python", "other.py").cgroup(cgroup).add();
    assertTrue(proc.workload(20).unit().isEmpty());
    assertEquals("process", proc.workload(20).sighting().id().kind());
  }

  @Test
  void takesAUnitOfAUsersManager() {
    String cgroup = "/user.slice/user-1000.slice/user@1000.service/app.slice/train.service";
    proc.process(15, 1).called("/usr/lib/systemd/systemd", "--user").add();
    proc.process(20, 15).called("python", "t.py").cgroup(cgroup).add();
    SystemdUnit unit = proc.workload(20).unit().orElseThrow();
    assertEquals("train.service", unit.name());
    assertEquals(1000, unit.manager().getAsLong());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/system.slice",
        "/init.scope",
        "/user.slice/user-1000.slice/session-3.scope",
        "/user.slice/user-1000.slice/user@1000.service",
        "/user.slice/user-1000.slice/user@1000.service/init.scope",
        "/user.slice/user-1000.slice/user@1000.service/app.slice/tmux-spawn-1.scope",
        "/system.slice/reeve.service",
        "/system.slice/reeve-agent.service",
        "/system.slice/evil\n.service"
      })
  void neverTakesARootSliceScopeOrReevesOwnForAUnit(String cgroup) {
    proc.process(20, 1).called("python", "t.py").cgroup(cgroup).add();
    assertTrue(proc.workload(20).unit().isEmpty());
  }

  @Test
  void namesATransientUnitByWhatItRuns() {
    proc.process(20, 1).called("python", "t.py").cgroup("/system.slice/run-u12.service").add();
    proc.invocation("run-u12.service", ID);
    assertEquals("python:t.py:/home/alice/exp", proc.workload(20).sighting().id().name());
    assertEquals("run-u12.service", proc.workload(20).unit().orElseThrow().name());
  }

  @ParameterizedTest
  @CsvSource({
    "WORLD_SIZE=16 LOCAL_WORLD_SIZE=8 RANK=0",
    "WORLD_SIZE=8 LOCAL_WORLD_SIZE=8 RANK=0",
    "WORLD_SIZE=2",
    "WORLD_SIZE=x",
    "PET_NNODES=2",
    "PET_NNODES=1:4",
    "OMPI_COMM_WORLD_SIZE=2",
    "PMI_RANK=0",
    "SLURM_NNODES=1",
    "MASTER_ADDR=node2",
    "MASTER_ADDR=10.0.0.2",
    "RAY_JOB_ID=1"
  })
  void doesNotKnowTheExtentOfWhatSpeaksOfMoreRanks(String variables) {
    FakeProc.Builder process = proc.process(20, 1).called("python", "t.py");
    for (String variable : variables.split(" ", -1)) {
      process.with(variable.replaceFirst("=.*", ""), variable.replaceFirst(".*=", ""));
    }
    process.add();
    assertInstanceOf(Extent.Unknown.class, proc.workload(20).sighting().extent());
  }

  @ParameterizedTest
  @CsvSource({
    "torchrun --nnodes 2 t.py", "torchrun --nnodes=1:4 t.py",
        "accelerate launch --num_machines 4 t.py",
    "mpirun --hostfile hosts python t.py", "mpirun -H a:1,b:1 python t.py",
        "python t.py --trainer.num_nodes=2"
  })
  void doesNotKnowTheExtentOfWhatWasStartedForSeveralNodes(String command) {
    proc.process(20, 1).called(command.split(" ", -1)).add();
    assertInstanceOf(Extent.Unknown.class, proc.workload(20).sighting().extent());
  }

  @ParameterizedTest
  @CsvSource({
    "WORLD_SIZE=1 RANK=0 MASTER_ADDR=localhost",
    "PET_NNODES=1",
    "MASTER_ADDR=127.0.0.1",
    "MASTER_ADDR=Node1.example.org",
    "MASTER_ADDR=10.0.0.1",
    "WORLD_SIZE=16 LOCAL_WORLD_SIZE=8 REEVE_SINGLE_NODE=1"
  })
  void knowsTheExtentOfWhatStaysHere(String variables) {
    FakeProc.Builder process =
        proc.process(20, 1).called("torchrun", "--nnodes", "1", "t.py", "--host", "0.0.0.0");
    for (String variable : variables.split(" ", -1)) {
      process.with(variable.replaceFirst("=.*", ""), variable.replaceFirst(".*=", ""));
    }
    process.add();
    assertEquals(
        Extent.of(Set.of(FakeProc.GPU_0)),
        proc.onGpu(FakeProc.GPU_0, 20).workload(20).sighting().extent());
  }

  @Test
  void doesNotKnowTheExtentWhenTheProcessListsAreNotKnown() {
    proc.process(20, 1).called("python", "t.py").add();
    WorkloadResolver resolver =
        new WorkloadResolver(proc.node(), proc.table(), GpuProcesses.unknown("nvidia-smi failed"));
    var found =
        assertInstanceOf(WorkloadResolver.Resolution.Found.class, resolver.ofGpuProcess(20));
    assertEquals(new Extent.Unknown("nvidia-smi failed"), found.workload().sighting().extent());
  }
}
