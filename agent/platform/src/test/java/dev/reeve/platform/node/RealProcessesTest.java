package dev.reeve.platform.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.SubjectId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on the real /proc. */
class RealProcessesTest {
  @TempDir Path folder;

  @Test
  void findsAScriptWithItsChildAsOneWorkloadOfThisNode() throws Exception {
    Process script = start("sleep 300 & echo $!; wait");
    try {
      long child = firstNumber(script);
      NodeWorkload workload = resolve(child);
      assertEquals(script.pid(), workload.root().process().pid());
      assertEquals(Set.of(script.pid(), child), new TreeSet<>(FakeProc.pids(workload)));
      assertEquals(
          ThisNode.here().bootId(), workload.sighting().incarnation().uid().split("@", -1)[2]);
      assertEquals("declared", workload.sighting().id().name());
      assertTrue(workload.sighting().id().cluster().matches("[0-9a-f]{32}|.+"));
      assertEquals(folder.toRealPath().toString(), workload.root().details().folder());
      assertEquals("1", workload.root().details().environment().value("REEVE_TEST").orElseThrow());
    } finally {
      end(script);
    }
  }

  @Test
  void seesThatAProcessEndedBeforeItsDetailsWereRead() throws Exception {
    Process script = start("echo 0; sleep 300");
    assertEquals(0, firstNumber(script));
    ProcessTable table =
        ProcessTable.read(Proc.at(Path.of("/proc")), new Environment.Kept(Set.of()));
    ProcessEntry entry = table.find(script.pid()).orElseThrow();
    end(script);
    assertTrue(table.details(entry).isEmpty());
  }

  private NodeWorkload resolve(long pid) throws IOException {
    ThisNode node = ThisNode.here().withinContainer();
    ProcessTable table = ProcessTable.read(node.proc(), new Environment.Kept(Set.of()));
    GpuProcesses gpus = GpuProcesses.of(Map.of(SubjectId.gpu("GPU-0"), new TreeSet<>(Set.of(pid))));
    var found = new WorkloadResolver(node, table, gpus).ofGpuProcess(pid);
    return assertInstanceOf(WorkloadResolver.Resolution.Found.class, found).workload();
  }

  private Process start(String script) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(folder.toFile());
    builder.environment().put("REEVE_NAME", "declared");
    builder.environment().put("REEVE_TEST", "1");
    return builder.start();
  }

  private static long firstNumber(Process process) throws IOException {
    return Long.parseLong(process.inputReader(StandardCharsets.UTF_8).readLine());
  }

  private static void end(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }
}
