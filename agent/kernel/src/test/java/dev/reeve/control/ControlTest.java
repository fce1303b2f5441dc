package dev.reeve.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import dev.reeve.linux.BootClock;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Ticker;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // set before each test
class ControlTest {
  private static final Ticker TICKER = new BootTicker(BootClock::nanos);
  private static final JsonObject NOTHING = Json.object().build();

  @TempDir Path folder;
  private final Recording control = new Recording();
  private ControlServer server;
  private ControlClient client;

  @BeforeEach
  void start() throws IOException {
    server = ControlServer.start(folder.resolve("control.sock"), control);
    client = client(Duration.ofSeconds(20));
  }

  private ControlClient client(Duration patience) {
    return new ControlClient(folder.resolve("control.sock"), patience, TICKER);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void pausesWithReasonAndKnowsWhoAsked() throws Exception {
    JsonObject arguments =
        Json.object().put("reason", "maintenance").put("seconds", 7_200).put("all", true).build();

    assertEquals(Json.object().put("paused", true).build(), client.ask("pause", arguments));

    assertEquals(
        new Control.Pause("maintenance", Optional.of(Duration.ofHours(2)), true),
        control.pauses.getFirst());
    Caller caller = control.callers.getFirst();
    assertEquals(ProcessHandle.current().pid(), caller.pid());
    assertEquals(System.getProperty("user.name"), caller.user());
  }

  @Test
  void refusesPauseWithoutReason() {
    assertRefused("pause", NOTHING, "reason");
    assertRefused(
        "pause", Json.object().put("reason", "x").put("seconds", 0).build(), "from 1 to 31536000");
    assertTrue(control.pauses.isEmpty());
  }

  @Test
  void resumes() throws Exception {
    client.ask("resume", NOTHING);

    assertEquals(1, control.callers.size());
  }

  @Test
  void decidesWithArgumentsOfTheOperator() throws Exception {
    JsonObject arguments = Json.object().put("id", "idle~1").build();

    assertEquals(arguments, client.ask("approve", arguments));
  }

  @Test
  void answersQuestionsOfAnySize() throws Exception {
    JsonValue answer = client.ask("large", NOTHING);

    assertEquals(2_000_000, ((JsonObject) answer).text("text").orElse("").length());
  }

  @Test
  void saysWhyItRefuses() {
    assertRefused("nonsense", NOTHING, "'nonsense' is no question");
  }

  @Test
  void failureInsideIsAnAnswerToo() {
    assertRefused("broken", NOTHING, "its log says why");
  }

  @Test
  void socketIsForOwnerAndGroupOnly() throws IOException {
    assertEquals(
        PosixFilePermissions.fromString("rw-rw----"),
        Files.getPosixFilePermissions(folder.resolve("control.sock")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hello", "{}", "[]", "{\"v\":2,\"do\":\"status\"}", "{\"v\":1}", "{\"v\":1,"})
  void answersEveryLineAndGoesOn(String line) throws IOException {
    String answers = raw(line + "\n{\"v\":1,\"do\":\"resume\"}\n", 2);

    List<String> lines = answers.lines().toList();
    assertTrue(lines.get(0).startsWith("{\"v\":1,\"ok\":false,\"error\":\""), answers);
    assertTrue(lines.get(1).startsWith("{\"v\":1,\"ok\":true"), answers);
  }

  @Test
  void silentClientsDoNotKeepOthersOut() throws Exception {
    List<SocketChannel> silent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      silent.add(SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("control.sock"))));
    }

    client.ask("resume", NOTHING);
    for (SocketChannel each : silent) {
      each.close();
    }
  }

  @Test
  void absentDaemonIsSaidWithWhatToDo() {
    server.close();

    NoDaemonException failure =
        assertThrows(NoDaemonException.class, () -> client.ask("status", NOTHING));
    assertTrue(failure.getMessage().contains("start one by 'reeve run'"), failure.getMessage());
    assertEquals(69, NoDaemonException.EXIT);
  }

  @Test
  void socketThatNobodyServesIsNoDaemon() throws Exception {
    Path left = folder.resolve("left.sock");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(left));
    }

    ControlClient other = new ControlClient(left, Duration.ofSeconds(5), TICKER);
    assertThrows(NoDaemonException.class, () -> other.ask("status", NOTHING));
  }

  @Test
  void daemonThatHangsIsGivenUp() {
    NoDaemonException failure =
        assertThrows(
            NoDaemonException.class, () -> client(Duration.ofMillis(200)).ask("hang", NOTHING));
    control.hanging.countDown();

    assertTrue(failure.getMessage().contains("may still be done"), failure.getMessage());
  }

  private void assertRefused(String command, JsonObject arguments, String why) {
    Control.RefusedException refused =
        assertThrows(Control.RefusedException.class, () -> client.ask(command, arguments));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  private String raw(String text, int answers) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("control.sock")))) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      var in = Channels.newInputStream(channel);
      StringBuilder out = new StringBuilder();
      while (out.chars().filter(c -> c == '\n').count() < answers) {
        int c = in.read();
        if (c < 0) {
          break;
        }
        out.append((char) c);
      }
      return out.toString();
    }
  }

  /// Records what it was asked.
  private static final class Recording implements Control {
    private final List<Pause> pauses = new CopyOnWriteArrayList<>();
    private final List<Caller> callers = new CopyOnWriteArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);

    @Override
    public JsonValue pause(Pause pause, Caller caller) {
      pauses.add(pause);
      callers.add(caller);
      return Json.object().put("paused", true).build();
    }

    @Override
    public JsonValue resume(Caller caller) {
      callers.add(caller);
      return Json.object().put("paused", false).build();
    }

    @Override
    public JsonValue reload(Caller caller) {
      callers.add(caller);
      return Json.object().put("ok", true).build();
    }

    @Override
    public JsonValue query(String name, JsonObject arguments) throws RefusedException {
      return switch (name) {
        case "large" -> Json.object().put("text", "x".repeat(2_000_000)).build();
        case "broken" -> throw new IllegalStateException("secret");
        case "hang" -> hang();
        default -> throw new RefusedException("'" + name + "' is no question");
      };
    }

    private JsonValue hang() {
      try {
        hanging.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Json.object().build();
    }

    @Override
    public JsonValue decide(Answer answer, JsonObject arguments, Caller caller) {
      return arguments;
    }
  }
}
