package dev.reeve.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemTest {
  /** A datagram socket, which the JDK cannot open; prints what it gets, up to STOPPING. */
  private static final String MANAGER =
      """
      import socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1].replace("@", chr(0)))
      print("bound", flush=True)
      while True:
          m = s.recv(9999)
          print(m.decode(), flush=True)
          if m == b"STOPPING=1": break
      """;

  @TempDir Path folder;

  @Test
  void worksOnThisMachine() {
    assertEquals(Optional.empty(), Linux.missing());
  }

  @Test
  void saysWhyItDoesNotWorkOnAnotherSystem() throws IOException {
    Process elsewhere = PeerChild.start("", Elsewhere.class);
    assertEquals("this is Plan 9, not Linux", PeerChild.firstLine(elsewhere));
  }

  /** Finds itself on another system, and every call says so in the same way. */
  static final class Elsewhere {
    private Elsewhere() {}

    public static void main(String[] args) {
      System.setProperty("os.name", "Plan 9");
      String missing = Linux.missing().orElseThrow();
      for (int i = 0; i < 2; i++) {
        LinuxUnavailable e = assertThrows(LinuxUnavailable.class, () -> Pidfd.open(1));
        assertEquals(missing, e.getMessage());
      }
      System.out.println(missing);
    }
  }

  @Test
  void theBootClockRunsAlongWithTheKernels() throws IOException {
    double uptime = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]);
    double ours = BootClock.nanos() / 1e9;
    assertTrue(Math.abs(ours - uptime) < 5, uptime + " and " + ours);
    assertTrue(BootClock.bootId().matches("[0-9a-f-]{36}"));
  }

  @Test
  void syncsAFolder() throws IOException {
    Files.writeString(folder.resolve("new"), "entry");
    Directories.sync(folder);
  }

  @Test
  void namesTheFolderThatCannotBeSynced() {
    LinuxException e =
        assertThrows(LinuxException.class, () -> Directories.sync(folder.resolve("absent")));
    assertEquals(2, e.errno());
    assertTrue(String.valueOf(e.getMessage()).contains("absent"));
  }

  @Test
  void tellsTheServiceManagerThroughAPath() throws Exception {
    assertConversation(folder.resolve("notify").toString());
  }

  @Test
  void tellsTheServiceManagerThroughAnAbstractName() throws Exception {
    assertConversation("@reeve-test-" + ProcessHandle.current().pid());
  }

  private static void assertConversation(String name) throws Exception {
    Process manager =
        new ProcessBuilder("python3", "-c", MANAGER, name).redirectErrorStream(true).start();
    try (var lines = manager.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("bound", lines.readLine());
      SdNotify notify = SdNotify.from(Map.of("NOTIFY_SOCKET", name), 1);
      assertTrue(notify.ready());
      assertTrue(notify.status("watching 8 GPUs\nREADY=0"));
      assertTrue(notify.alive());
      assertTrue(notify.stopping());
      assertEquals("READY=1", lines.readLine());
      assertEquals("STATUS=watching 8 GPUs READY=0", lines.readLine());
      assertEquals("WATCHDOG=1", lines.readLine());
      assertEquals("STOPPING=1", lines.readLine());
    } finally {
      manager.destroyForcibly().waitFor();
    }
  }

  @Test
  void saysNothingWhereNoManagerListens() {
    assertFalse(SdNotify.from(Map.of(), 1).ready());
    assertFalse(SdNotify.from(Map.of("NOTIFY_SOCKET", "@reeve-nobody"), 1).ready());
    assertFalse(SdNotify.from(Map.of("NOTIFY_SOCKET", "vsock:2:1"), 1).ready());
    assertFalse(SdNotify.from(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200)), 1).ready());
  }

  @Test
  void readsTheWatchdogOnlyWhenItIsForThisProcess() {
    Map<String, String> environment = Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "42");
    assertEquals(Optional.of(Duration.ofSeconds(30)), SdNotify.from(environment, 42).watchdog());
    assertEquals(Optional.empty(), SdNotify.from(environment, 43).watchdog());
    assertEquals(Optional.empty(), SdNotify.from(Map.of("WATCHDOG_USEC", "-1"), 42).watchdog());
  }
}
