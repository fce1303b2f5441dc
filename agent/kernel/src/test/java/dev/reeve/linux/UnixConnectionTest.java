package dev.reeve.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class UnixConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(30);

  @TempDir Path folder;
  private UnixListener listener;
  private SocketChannel peer;
  private UnixConnection connection;

  @BeforeEach
  void connect() throws IOException {
    listener = UnixListener.bind(folder.resolve("s"), PosixFilePermissions.fromString("rw-------"));
    peer = UnixListenerTest.connect(listener.path());
    connection = listener.accept();
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
    peer.close();
    listener.close();
  }

  @Test
  void readsLinesHoweverTheyAreCutIntoPieces() throws Exception {
    say("one\r\ntw");
    assertEquals(Optional.of("one"), connection.readLine(LONG));
    say("o\n\nthree\n");
    assertEquals(Optional.of("two"), connection.readLine(LONG));
    assertEquals(Optional.of(""), connection.readLine(LONG));
    assertEquals(Optional.of("three"), connection.readLine(LONG));
    peer.close();
    assertEquals(Optional.empty(), connection.readLine(LONG));
  }

  @Test
  void keepsAHalfLineForTheNextCallWhenTheTimeIsOver() throws Exception {
    say("half");
    assertThrows(SocketTimeoutException.class, () -> connection.readLine(SHORT));
    say(" and half\n");
    assertEquals(Optional.of("half and half"), connection.readLine(LONG));
  }

  @Test
  void endsALineThatDripsSlowlierThanAsked() throws Exception {
    Thread drip = Thread.ofVirtual().start(this::drip);
    assertThrows(SocketTimeoutException.class, () -> connection.readLine(Duration.ofMillis(200)));
    drip.interrupt();
    assertTrue(drip.join(LONG));
  }

  private void drip() {
    try {
      while (true) {
        say("x");
        Thread.sleep(5);
      }
    } catch (IOException | InterruptedException e) {
      // told to stop
    }
  }

  @Test
  void readsALineOfTheLongestLengthAndNoLonger() throws Exception {
    String longest = "y".repeat(UnixConnection.LONGEST_LINE);
    CompletableFuture<Void> said = CompletableFuture.runAsync(() -> sayQuietly(longest + "\n"));
    assertEquals(Optional.of(longest), connection.readLine(LONG));
    said.get(20, TimeUnit.SECONDS);
    Thread tooMuch = Thread.startVirtualThread(() -> sayQuietly(longest + "z".repeat(5000)));
    assertThrows(LineTooLongException.class, () -> connection.readLine(LONG));
    connection.close();
    assertTrue(tooMuch.join(LONG));
  }

  @Test
  void saysThatAPeerClosedWithinALine() throws Exception {
    say("no end");
    peer.close();
    assertThrows(EOFException.class, () -> connection.readLine(LONG));
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws Exception {
    peer.write(ByteBuffer.wrap(new byte[] {(byte) 0xc3, (byte) 0x28, '\n'}));
    assertThrows(CharacterCodingException.class, () -> connection.readLine(LONG));
  }

  @Test
  void givesUpOnAPeerThatDoesNotRead() {
    String much = "w".repeat(4 * 1024 * 1024);
    assertThrows(SocketTimeoutException.class, () -> connection.write(much, SHORT));
  }

  @Test
  void failsToWriteToAPeerThatIsGoneWithoutASignal() throws Exception {
    peer.close();
    LinuxException e = assertThrows(LinuxException.class, () -> connection.write("hello\n", LONG));
    assertEquals("send", e.call());
  }

  @Test
  void writesMoreThanTheKernelHoldsWhileThePeerReads() throws Exception {
    String much = "v".repeat(2 * 1024 * 1024);
    CompletableFuture<Void> written = CompletableFuture.runAsync(() -> writeQuietly(much));
    ByteBuffer into = ByteBuffer.allocate(much.length());
    while (into.hasRemaining()) {
      assertTrue(peer.read(into) >= 0);
    }
    written.get(20, TimeUnit.SECONDS);
    assertEquals(much, new String(into.array(), StandardCharsets.UTF_8));
  }

  @Test
  void closingWakesAReader() throws Exception {
    CompletableFuture<Optional<String>> read = new CompletableFuture<>();
    Thread reader = Thread.ofPlatform().daemon().start(() -> readInto(read));
    reader.join(50);
    connection.close();
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> read.get(20, TimeUnit.SECONDS));
    assertTrue(e.getCause() instanceof ClosedChannelException, String.valueOf(e.getCause()));
  }

  private void readInto(CompletableFuture<Optional<String>> read) {
    try {
      read.complete(connection.readLine(LONG));
    } catch (IOException e) {
      read.completeExceptionally(e);
    }
  }

  private void say(String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      peer.write(bytes);
    }
  }

  private void sayQuietly(String text) {
    try {
      say(text);
    } catch (IOException e) {
      // the other side had enough of it
    }
  }

  private void writeQuietly(String text) {
    try {
      connection.write(text, LONG);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
