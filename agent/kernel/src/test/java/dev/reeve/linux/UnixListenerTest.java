package dev.reeve.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixListenerTest {
  private static final Set<PosixFilePermission> GROUP =
      PosixFilePermissions.fromString("rw-rw----");
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void knowsThePidAndUserOfAProcessThatConnects() throws Exception {
    Path path = folder.resolve("a.sock");
    try (UnixListener listener = UnixListener.bind(path, GROUP)) {
      Process client = PeerChild.start("", Client.class, path.toString(), "hello");
      try (UnixConnection connection = listener.accept()) {
        assertEquals(client.pid(), connection.credentials().pid());
        assertEquals(Files.getAttribute(path, "unix:uid"), (int) connection.credentials().uid());
        Pidfd process = connection.process().orElseThrow();
        assertEquals(client.pid(), process.pid());
        assertTrue(process.alive());
        assertEquals(Optional.of("hello"), connection.readLine(LONG));
        connection.write("goodbye\n", LONG);
        assertEquals("goodbye", PeerChild.firstLine(client));
        assertTrue(process.awaitEnd(LONG));
      }
    }
  }

  @Test
  void recognisesAPeerByStartTimeWhereTheKernelGivesNoPidfd() throws Exception {
    Process child = new ProcessBuilder("sleep", "300").start();
    try {
      long uid =
          ((Integer) Files.getAttribute(Path.of("/proc/" + child.pid()), "unix:uid")).longValue();
      PeerCredentials peer = new PeerCredentials(child.pid(), uid, 0);
      try (Pidfd found = PeerProcess.byStartTime(peer, BootClock.nanos()).orElseThrow()) {
        assertEquals(child.pid(), found.pid());
      }
      assertTrue(
          PeerProcess.byStartTime(peer, 1).isEmpty(), "it started after the connection was there");
      PeerCredentials other = new PeerCredentials(child.pid(), uid + 1, 0);
      assertTrue(PeerProcess.byStartTime(other, BootClock.nanos()).isEmpty(), "another user's");
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void setsThePermissionsWhateverTheMask() throws Exception {
    Path path = folder.resolve("open.sock");
    Set<PosixFilePermission> everybody = PosixFilePermissions.fromString("rw-rw-rw-");
    try (UnixListener listener = UnixListener.bind(path, everybody)) {
      assertEquals(path, listener.path());
      assertEquals(everybody, Files.getPosixFilePermissions(path));
    }
  }

  @Test
  void removesItsSocketFileOnClose() throws Exception {
    Path path = folder.resolve("gone.sock");
    UnixListener listener = UnixListener.bind(path, GROUP);
    listener.close();
    listener.close();
    assertFalse(Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    assertThrows(ClosedChannelException.class, listener::accept);
  }

  @Test
  void leavesASocketFileThatIsNoLongerItsOwn() throws Exception {
    Path path = folder.resolve("other.sock");
    UnixListener listener = UnixListener.bind(path, GROUP);
    Files.delete(path);
    try (ServerSocketChannel other = listen(path)) {
      assertTrue(other.isOpen());
      listener.close();
      assertTrue(Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    }
  }

  @Test
  void replacesASocketFileThatNobodyListensOn() throws Exception {
    Path path = folder.resolve("stale.sock");
    listen(path).close();
    assertTrue(Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    try (UnixListener listener = UnixListener.bind(path, GROUP)) {
      assertTrue(connect(listener.path()).isConnected());
    }
  }

  @Test
  void refusesToStealALiveSocket() throws Exception {
    Path path = folder.resolve("live.sock");
    try (ServerSocketChannel live = listen(path)) {
      assertThrows(BindException.class, () -> UnixListener.bind(path, GROUP));
      assertTrue(live.isOpen());
      assertTrue(connect(path).isConnected());
    }
  }

  @Test
  void refusesASecondListenerOfItsOwnKind() throws Exception {
    Path path = folder.resolve("twice.sock");
    try (UnixListener first = UnixListener.bind(path, GROUP)) {
      Files.delete(path); // even then, the lock says that somebody is here
      assertThrows(BindException.class, () -> UnixListener.bind(path, GROUP));
      assertNotEquals(null, first);
    }
  }

  @Test
  void leavesAFileAloneThatIsNoSocket() throws Exception {
    Path path = Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThrows(BindException.class, () -> UnixListener.bind(path, GROUP));
    assertEquals("mine", Files.readString(path));
  }

  @Test
  void saysThatAPathIsTooLong() {
    Path path = folder.resolve("x".repeat(120));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> UnixListener.bind(path, GROUP));
    assertTrue(String.valueOf(e.getMessage()).contains("107"));
  }

  @Test
  void closingWakesAThreadThatWaitsForAConnection() throws Exception {
    UnixListener listener = UnixListener.bind(folder.resolve("wake.sock"), GROUP);
    CompletableFuture<UnixConnection> accepted = new CompletableFuture<>();
    Thread waiting = Thread.ofPlatform().daemon().start(() -> complete(accepted, listener));
    awaitState(waiting, Thread.State.RUNNABLE);
    listener.close();
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> accepted.get(20, TimeUnit.SECONDS));
    assertEquals(ClosedChannelException.class, causeBase(e));
  }

  private static Class<?> causeBase(ExecutionException e) {
    return e.getCause() instanceof ClosedChannelException
        ? ClosedChannelException.class
        : Void.class;
  }

  private static void complete(CompletableFuture<UnixConnection> to, UnixListener listener) {
    try {
      to.complete(listener.accept());
    } catch (IOException e) {
      to.completeExceptionally(e);
    }
  }

  private static void awaitState(Thread thread, Thread.State state) throws InterruptedException {
    while (thread.getState() != state) {
      thread.join(1);
    }
    thread.join(50); // into the kernel
  }

  private static ServerSocketChannel listen(Path path) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(path));
    return channel;
  }

  static SocketChannel connect(Path path) throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  /** Says one line, prints the answer. */
  static final class Client {
    private Client() {}

    public static void main(String[] args) throws IOException {
      try (SocketChannel channel = connect(Path.of(args[0]))) {
        channel.write(StandardCharsets.UTF_8.encode(args[1] + "\n"));
        ByteBuffer answer = ByteBuffer.allocate(100);
        channel.read(answer);
        System.out.print(StandardCharsets.UTF_8.decode(answer.flip()));
      }
    }
  }
}
