package dev.reeve.collectors.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Declaration;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.platform.node.Environment;
import dev.reeve.platform.node.ProcessKey;
import dev.reeve.platform.node.ProcessTable;
import dev.reeve.platform.node.ThisNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class EndingsTest {
  private static final ThisNode NODE = ThisNode.here().withinContainer();
  private static final ProcessKey GONE = new ProcessKey(4_000_000_000L, 1);
  private static final Line.Declared PROTECT =
      new Line.Declared(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          true,
          false);

  @TempDir Path folder;
  private Ledger ledger;
  private Endings endings;

  @BeforeEach
  void open() throws Exception {
    ledger = Ledger.open(new LedgerFile(folder, NODE.bootId()));
    endings = new Endings(NODE, ledger);
  }

  @Test
  void livingWorkloadKeepsItsDeclaration() throws Exception {
    declare(own(), own());
    lookOften();

    assertEquals(1, ledger.all().size());
  }

  @Test
  void endedWorkloadIsForgotten() throws Exception {
    declare(GONE, GONE);
    endings.look();
    endings.look();
    assertEquals(1, ledger.all().size(), "one that cannot be read for a moment keeps it");
    endings.look();

    assertEquals(0, ledger.all().size());
    assertTrue(Ledger.open(new LedgerFile(folder, NODE.bootId())).all().isEmpty());
  }

  @Test
  void protectionGoesOnToWhatIsLeftOfTheWorkload() throws Exception {
    SubjectId before = declare(GONE, own());
    lookOften();

    Declaration now = ledger.all().getFirst();
    assertTrue(now.protect());
    assertNotEquals(before, now.workload());
    assertTrue(now.workload().key().contains("@" + NODE.bootId()), now.workload().key());
  }

  @Test
  void whatWasDeclaredInAnotherBootIsGone() throws Exception {
    declare(own(), own());

    assertTrue(Ledger.open(new LedgerFile(folder, "another")).all().isEmpty());
  }

  private void lookOften() throws Exception {
    for (int i = 0; i < 5; i++) {
      endings.look();
    }
  }

  private SubjectId declare(ProcessKey root, ProcessKey member) throws Exception {
    SubjectId workload = new SubjectId(SubjectKind.WORKLOAD, "node/m/u/process/p#" + root);
    SortedSet<ProcessKey> members = new TreeSet<>(List.of(root, member));
    var workloads = new TreeMap<SubjectId, Speaker.Own>();
    workloads.put(workload, new Speaker.Own(root, members));
    ledger.declare(new Speaker(member, 1_000, workloads, "p"), PROTECT);
    return workload;
  }

  private static ProcessKey own() throws Exception {
    return ProcessTable.read(NODE.proc(), new Environment.Kept(Set.of()))
        .find(ProcessHandle.current().pid())
        .orElseThrow()
        .key();
  }
}
