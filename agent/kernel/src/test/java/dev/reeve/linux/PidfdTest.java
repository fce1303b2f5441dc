package dev.reeve.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PidfdTest {
  private static final int SIGTERM = 15;
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Process child;

  PidfdTest() throws IOException {
    child = new ProcessBuilder("sleep", "300").start();
  }

  @AfterEach
  void endChild() throws InterruptedException {
    child.destroyForcibly().waitFor();
  }

  @Test
  void seesThatAChildLivesAndSeesItsEndAfterASignal() throws Exception {
    try (Pidfd pidfd = Pidfd.open(child.pid()).orElseThrow()) {
      assertTrue(pidfd.alive());
      assertEquals(Pidfd.Delivery.SENT, pidfd.send(SIGTERM));
      assertTrue(pidfd.awaitEnd(LONG));
      assertFalse(pidfd.alive());
      assertEquals(143, child.waitFor());
    }
  }

  @Test
  void answersThatThereIsNoSuchProcessOnceItWasWaitedFor() throws Exception {
    try (Pidfd pidfd = Pidfd.open(child.pid()).orElseThrow()) {
      child.destroyForcibly().waitFor();
      assertEquals(Pidfd.Delivery.NO_SUCH_PROCESS, pidfd.send(SIGTERM));
    }
    assertTrue(Pidfd.open(child.pid()).isEmpty());
  }

  @Test
  void waitsNoLongerThanAsked() throws Exception {
    try (Pidfd pidfd = Pidfd.open(child.pid()).orElseThrow()) {
      long before = BootClock.nanos();
      assertFalse(pidfd.awaitEnd(Duration.ofMillis(30)));
      long took = BootClock.nanos() - before;
      assertTrue(took >= 30_000_000L, "took " + took + " ns");
    }
  }

  @Test
  void letsAVirtualThreadWaitWithoutHoldingItsCarrier() throws Exception {
    try (Pidfd pidfd = Pidfd.open(child.pid()).orElseThrow()) {
      int more = Runtime.getRuntime().availableProcessors() * 4;
      Thread[] waiting = new Thread[more];
      for (int i = 0; i < more; i++) {
        waiting[i] = Thread.startVirtualThread(() -> awaitQuietly(pidfd));
      }
      Thread other = Thread.startVirtualThread(() -> {});
      assertTrue(other.join(LONG), "another virtual thread got a carrier");
      pidfd.send(SIGTERM);
      for (Thread thread : waiting) {
        assertTrue(thread.join(LONG));
      }
    }
  }

  private static void awaitQuietly(Pidfd pidfd) {
    try {
      pidfd.awaitEnd(LONG);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void answersThatThereIsNoPermission() throws Exception {
    assumeTrue(uid().equals("0"), "only root can become somebody else to be refused");
    Process refused =
        new ProcessBuilder("setpriv", "--reuid=65534", "kill", "-0", Long.toString(child.pid()))
            .redirectErrorStream(true)
            .start();
    assertTrue(refused.waitFor(20, TimeUnit.SECONDS));
    assertTrue(refused.exitValue() != 0, "the premise: another user may not signal the child");
    Process asker = PeerChild.start("65534", PermissionProbe.class, Long.toString(child.pid()));
    assertEquals("NO_PERMISSION", PeerChild.firstLine(asker));
  }

  private static String uid() throws IOException {
    Process id = new ProcessBuilder("id", "-u").start();
    return PeerChild.firstLine(id);
  }

  /** Runs as another user. */
  static final class PermissionProbe {
    private PermissionProbe() {}

    public static void main(String[] args) throws IOException {
      try (Pidfd pidfd = Pidfd.open(Long.parseLong(args[0])).orElseThrow()) {
        System.out.println(pidfd.send(SIGTERM));
      }
    }
  }

  @Test
  void refusesAPidThatNoProcessCanHave() {
    for (long pid : new long[] {0, -1, Long.MIN_VALUE, 1L << 40}) {
      assertThrows(IllegalArgumentException.class, () -> Pidfd.open(pid));
    }
  }

  @Test
  void namesASignalThatDoesNotExist() throws Exception {
    try (Pidfd pidfd = Pidfd.open(child.pid()).orElseThrow()) {
      LinuxException e = assertThrows(LinuxException.class, () -> pidfd.send(4000));
      assertEquals("pidfd_send_signal", e.call());
      assertTrue(pidfd.alive());
    }
  }

  @Test
  void doesNotSpeakThroughAClosedHandle() throws Exception {
    Pidfd pidfd = Pidfd.open(child.pid()).orElseThrow();
    pidfd.close();
    pidfd.close();
    assertThrows(IllegalStateException.class, () -> pidfd.send(SIGTERM));
    assertTrue(child.isAlive());
  }
}
