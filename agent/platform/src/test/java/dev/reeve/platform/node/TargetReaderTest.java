package dev.reeve.platform.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Incarnation;
import dev.reeve.model.WorkloadId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class TargetReaderTest {
  private static final WorkloadId ID = new WorkloadId("node", "machine", "alice", "process", "t");
  private static final String INVOCATION = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;
  private FakeProc proc;

  @BeforeEach
  void makeProc() {
    proc = new FakeProc(folder);
  }

  private TargetReader.Reading read(String uid, String... members) {
    return new TargetReader(proc.node(), new Environment.Kept(Set.of()))
        .read(ID, Incarnation.of(uid, List.of(members)), GpuProcesses.unknown("not asked"));
  }

  private static TargetReader.Reading.Present present(TargetReader.Reading reading) {
    return assertInstanceOf(TargetReader.Reading.Present.class, reading);
  }

  @Test
  void findsItWithTheChildrenBornSince() {
    proc.process(20, 1).called("python", "t.py").add();
    proc.process(21, 20).called("python", "t.py").add();
    var reading = present(read("20@200@b007", "20@200"));
    assertEquals(Set.of("20@200", "21@210"), reading.workload().sighting().incarnation().members());
    assertEquals(Set.of(new ProcessKey(21, 210)), reading.born());
    assertTrue(reading.strangers().isEmpty());
    assertEquals(ID, reading.workload().sighting().id());
  }

  @Test
  void findsChildrenWhoseRootHasDied() {
    proc.process(21, 1).called("python", "t.py").group(20).add();
    proc.process(22, 21).called("python", "t.py").group(20).add();
    var reading = present(read("20@200@b007", "20@200", "21@210"));
    assertEquals(List.of(21L, 22L), FakeProc.pids(reading.workload()));
    assertEquals("20@200@b007", reading.workload().sighting().incarnation().uid());
  }

  @Test
  void findsOrphansInTheGroupThatTheRootLed() {
    proc.process(20, 1).called("bash", "t.sh").add();
    proc.process(25, 1).called("python", "t.py").group(20).add();
    proc.process(26, 1).called("python", "t.py").group(26).add();
    proc.process(27, 1).called("python", "t.py").group(20).uid(1001).add();
    proc.process(19, 1).called("python", "older.py").group(20).add();
    assertEquals(
        List.of(20L, 25L), FakeProc.pids(present(read("20@200@b007", "20@200")).workload()));
  }

  @Test
  void doesNotBelieveAGroupNumberWithoutAWitness() {
    proc.process(25, 1).called("python", "t.py").group(20).add();
    assertInstanceOf(TargetReader.Reading.Gone.class, read("20@200@b007", "20@200"));
  }

  @Test
  void doesNotTakeAReusedPidForTheOldProcess() {
    proc.process(20, 1).called("python", "other.py").add();
    assertInstanceOf(TargetReader.Reading.Gone.class, read("20@199@b007", "20@199"));
  }

  @Test
  void doesNotTakeAProcessOfAnotherBootForTheOldOne() {
    proc.process(20, 1).called("python", "t.py").add();
    assertInstanceOf(TargetReader.Reading.Gone.class, read("20@200@other", "20@200"));
  }

  @Test
  void saysThatItIsGoneWhenOnlyItsEntryIsLeft() {
    proc.process(20, 1).called("python", "t.py").state('Z').add();
    assertInstanceOf(TargetReader.Reading.Gone.class, read("20@200@b007", "20@200"));
  }

  @Test
  void doesNotTouchAMemberThatHasBecomeAShell() {
    proc.process(20, 1).called("python", "t.py").add();
    proc.process(21, 20).called("bash").add();
    assertInstanceOf(TargetReader.Reading.Unclear.class, read("20@200@b007", "20@200", "21@210"));
  }

  @Test
  void doesNotTouchAMemberThatHasBecomeAnotherUsers() {
    proc.process(20, 1).called("python", "t.py").add();
    proc.process(21, 20).called("python", "t.py").uid(1001).add();
    assertInstanceOf(TargetReader.Reading.Unclear.class, read("20@200@b007", "20@200", "21@210"));
  }

  @Test
  void findsAUnitByItsInvocationAndTellsStrangers() {
    String cgroup = "/system.slice/serve.service";
    proc.process(20, 1).called("python", "serve.py").cgroup(cgroup).add();
    proc.process(21, 20).called("python", "serve.py").cgroup(cgroup).add();
    proc.process(22, 1).called("other").cgroup(cgroup).uid(0).add();
    proc.invocation("serve.service", INVOCATION);
    var reading = present(read(INVOCATION, "20@200"));
    assertEquals("serve.service", reading.workload().unit().orElseThrow().name());
    assertEquals(Set.of(new ProcessKey(21, 210)), reading.born());
    assertEquals(Set.of(new ProcessKey(22, 220)), reading.strangers());
  }

  @Test
  void saysThatAUnitIsGoneWhenItRunsAnew() {
    proc.process(30, 1).called("python", "serve.py").cgroup("/system.slice/serve.service").add();
    proc.invocation("serve.service", "f".repeat(32));
    assertInstanceOf(TargetReader.Reading.Gone.class, read(INVOCATION, "20@200"));
  }
}
