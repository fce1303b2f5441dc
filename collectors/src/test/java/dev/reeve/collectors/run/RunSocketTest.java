package dev.reeve.collectors.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.json.JsonObject;
import dev.reeve.linux.BootClock;
import dev.reeve.model.Cost;
import dev.reeve.model.Declaration;
import dev.reeve.model.Notice;
import dev.reeve.model.Observation;
import dev.reeve.model.RunReport;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.Notifier.Delivery;
import dev.reeve.spi.Surroundings;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Clocks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({"NullAway.Init", "try"}) // set before each test; closed in the middle
class RunSocketTest {
  private static final Path HELPER =
      Path.of("../packaging/src/main/helpers/reeve-run.sh").toAbsolutePath();
  private static final Clocks CLOCKS =
      Clocks.system(new BootTicker(BootClock::nanos), BootClock.bootId(), 1);

  @TempDir Path folder;
  private RunSocket collector;

  @BeforeEach
  void open() throws Exception {
    collector = collector(new Quota.Limits(8, 100, 256 * 1024, 10));
    collector.collect();
  }

  private RunSocket collector(Quota.Limits limits) {
    return collector(limits, Duration.ofMillis(300));
  }

  private RunSocket collector(Quota.Limits limits, Duration scan) {
    return new RunSocket(
        new RunSocket.Settings(ThisNode.here().withinContainer(), Optional.empty(), limits, scan),
        new Surroundings(CLOCKS, folder, folder));
  }

  @AfterEach
  void close() {
    collector.close();
  }

  @Test
  void takesReportsOfTheProgramThatSpeaks() throws Exception {
    try (Client client = new Client(folder)) {
      assertOk(client.ask("{\"step\":7,\"loss\":0.5}"));
      assertOk(client.ask("{\"step\":8,\"loss\":NaN,\"run\":\"b\"}"));
    }

    List<RunReport> reports = collector.collect().runs();
    assertEquals(2, reports.size());
    assertEquals(OptionalLong.of(7), reports.getFirst().step());
    assertEquals(OptionalDouble.of(0.5), reports.getFirst().loss());
    SubjectId workload = reports.getFirst().workload();
    assertEquals(SubjectId.run(workload.key() + "/run"), reports.getFirst().run());
    assertTrue(workload.key().startsWith("node/"), workload.key());
    assertTrue(workload.key().contains("@" + CLOCKS.bootId()), workload.key());
    assertTrue(Double.isNaN(reports.getLast().loss().orElse(0)));
    assertEquals(List.of(), collector.collect().runs(), "a report is told once");
  }

  @Test
  void declarationsStandUntilTheWorkloadEndsAlsoAfterRestart() throws Exception {
    try (Client client = new Client(folder)) {
      assertOk(client.ask("{\"declare\":{\"kind\":\"training\",\"protect\":true}}"));
      assertOk(client.ask("{\"declare\":{\"owner\":\"ana\"}}"));
    }
    Declaration before = onlyDeclaration(collector.collect());
    collector.close();
    collector = collector(Quota.Limits.USUAL);

    assertEquals(before, onlyDeclaration(collector.collect()));
    assertTrue(before.protect());
    assertEquals(Optional.of(WorkloadKind.TRAINING), before.kind());
    assertEquals(Optional.of("ana"), before.owner());
  }

  private static Declaration onlyDeclaration(Observation observation) {
    assertEquals(1, observation.declarations().size());
    return observation.declarations().getFirst();
  }

  @Test
  void doesNotStartOnDeclarationsThatItCannotUnderstand() throws Exception {
    collector.close();
    Files.writeString(folder.resolve(LedgerFile.NAME), "{\"v\":9}");
    collector = collector(Quota.Limits.USUAL);

    CollectException failure = assertThrows(CollectException.class, () -> collector.collect());
    assertTrue(failure.getMessage().contains("another version"), failure.getMessage());
  }

  @Test
  void answersEveryLineAndGoesOnAfterBadOnes() throws Exception {
    try (Client client = new Client(folder)) {
      JsonObject answer = client.ask("{\"los\":1}");
      assertEquals(Optional.of(false), answer.bool("ok"));
      assertTrue(answer.text("error").orElse("").contains("expected"), answer.toString());
      assertOk(client.ask("{\"step\":1}"));
    }
    assertEquals(1L, collector.collect().drops().get("bad_line"));
  }

  @Test
  void firstLineAgreesOnTheVersion() throws Exception {
    try (Client client = Client.silent(folder)) {
      JsonObject answer = client.ask("{\"reeve\":2}");
      assertEquals(Optional.of(false), answer.bool("ok"));
      assertTrue(client.ended());
    }
  }

  @Test
  void everybodyMayConnect() throws Exception {
    assertEquals(
        PosixFilePermissions.fromString("rw-rw-rw-"),
        Files.getPosixFilePermissions(folder.resolve("run.sock")));
  }

  @Test
  void oneUserCannotTakeAllConnections() throws Exception {
    Client[] clients = new Client[8];
    for (int i = 0; i < clients.length; i++) {
      clients[i] = new Client(folder);
    }
    try (Client more = Client.silent(folder)) {
      assertTrue(more.ended());
    }
    for (Client each : clients) {
      each.close();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () -> {
              try (Client again = new Client(folder)) {
                return again.ask("{\"step\":1}").bool("ok").orElse(false);
              }
            });
  }

  @Test
  void tooFastIsToldToSlowDown() throws Exception {
    collector.close();
    collector = collector(new Quota.Limits(8, 1, 10_000, 2));
    collector.collect();
    try (Client client = new Client(folder)) {
      assertOk(client.ask("{\"step\":1}"));
      assertOk(client.ask("{\"step\":2}"));
      JsonObject answer = client.ask("{\"step\":3}");
      assertTrue(answer.text("error").orElse("").contains("slow down"), answer.toString());
    }
  }

  @Test
  void noticeIsDeliveredWhenTheProgramAcknowledges() throws Exception {
    try (Client client = new Client(folder)) {
      assertOk(client.ask("{\"step\":1}"));
      assertOk(client.ask("{\"notices\":true}"));
      Notice notice = notice(collector.collect().runs().getFirst().workload());
      CompletableFuture<Delivery> delivery = CompletableFuture.supplyAsync(() -> deliver(notice));

      JsonObject told = client.read().object("notice").orElseThrow();
      assertEquals(Optional.of("idle"), told.text("rule"));
      assertEquals(OptionalLong.of(1_800), told.whole("in_seconds"));
      assertFalse(delivery.isDone());
      assertOk(client.ask("{\"ack\":\"" + told.text("id").orElse("") + "\"}"));
      Delivery.Delivered delivered =
          assertInstanceOf(Delivery.Delivered.class, delivery.get(20, TimeUnit.SECONDS));
      assertTrue(delivered.to().contains("process " + ProcessHandle.current().pid()));
      assertEquals(
          Optional.of(false),
          client.ask("{\"ack\":\"" + told.text("id").orElse("") + "\"}").bool("ok"));
    }
  }

  @Test
  void noticeThatNobodyAcknowledgesIsNotDelivered() throws Exception {
    try (Client client = new Client(folder)) {
      assertOk(client.ask("{\"step\":1}"));
      assertOk(client.ask("{\"notices\":true}"));
      Notice notice = notice(collector.collect().runs().getFirst().workload());
      CompletableFuture<Delivery> delivery = CompletableFuture.supplyAsync(() -> deliver(notice));
      client.read();
      client.close();

      assertInstanceOf(Delivery.NotDelivered.class, delivery.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void othersAreNotTold() throws Exception {
    try (Client client = new Client(folder)) {
      assertOk(client.ask("{\"notices\":true}"));

      assertInstanceOf(
          Delivery.NotDelivered.class,
          deliver(notice(new SubjectId(dev.reeve.model.SubjectKind.WORKLOAD, "node/m/u/p/n#1"))));
    }
  }

  @Test
  void shellHelperReports() throws Exception {
    // what a program declared goes when it has ended, and the helper ends at once
    collector.close();
    collector = collector(Quota.Limits.USUAL, Duration.ofHours(1));
    collector.collect();
    assertEquals(0, helper("step=12", "loss=nan"));
    assertEquals(0, helper("declare", "kind=batch", "owner=ana b", "budget=5 EUR/h"));
    assertEquals(0, helper("{\"step\":13,\"run\":\"x\"}", "{\"end\":true,\"run\":\"x\"}"));

    Observation observation = collector.collect();
    assertEquals(3, observation.runs().size());
    assertTrue(Double.isNaN(observation.runs().getFirst().loss().orElse(0)));
    Declaration declaration = onlyDeclaration(observation);
    assertEquals(Optional.of(WorkloadKind.BATCH), declaration.kind());
    assertEquals(Optional.of("ana b"), declaration.owner());
  }

  @Test
  void shellHelperSaysWhyItWasRefused() throws Exception {
    assertEquals(1, helper("declare", "kind=mining"));
    assertTrue(helperSaid.contains("\"kind\" is one of training"), helperSaid);
    assertEquals(1, helper("{\"los\":3}"));
    assertEquals(2, helper("nonsense"));
    assertEquals(2, helper());
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3", "perl", "socat", "nc"})
  void shellHelperNeedsOnlyOneOfFourPrograms(String program) throws Exception {
    Path only = Files.createDirectory(folder.resolve("bin"));
    for (String tool : List.of("sh", "sed", "grep", "head", "wc", program)) {
      Optional<Path> found = onPath(tool);
      Assumptions.assumeTrue(found.isPresent(), tool + " is not installed");
      Files.createSymbolicLink(only.resolve(tool), found.orElseThrow());
    }
    path = only.toString();

    assertEquals(0, helper("step=12", "loss=0.5"), helperSaid);
    assertEquals(1, helper("declare", "kind=mining"));
    assertTrue(helperSaid.contains("one of training"), helperSaid);
    assertEquals(1, collector.collect().runs().size());
  }

  private static Optional<Path> onPath(String tool) {
    return Stream.of(("/usr/bin:/bin:" + System.getenv("PATH")).split(":", -1))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void pythonHelperReportsDeclaresAndListens() throws Exception {
    Assumptions.assumeTrue(onPath("python3").isPresent(), "python3 is not installed");
    ProcessBuilder builder =
        new ProcessBuilder(
            "python3",
            "-c",
            """
            import reeve_run, sys
            run = reeve_run.Run(kind="training", owner="ana")
            assert run.error == "", run.error
            assert run.report(step=1, loss=float("nan")), run.error
            assert run.report(step=2, loss=0.25), run.error
            assert not run.declare(kind="mining") and "one of training" in run.error, run.error
            run.listen(lambda notice: print(notice["text"], flush=True))
            sys.stdin.read()
            assert run.end(), run.error
            """);
    builder.environment().put("PYTHONPATH", HELPER.getParent().toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("REEVE_RUN_SOCKET", folder.resolve("run.sock").toString());
    Process program = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Notice notice =
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () ->
                    collector.collect().declarations().stream()
                        .findFirst()
                        .map(each -> notice(each.workload())),
                Optional::isPresent)
            .orElseThrow();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> deliver(notice) instanceof Delivery.Delivered);
    program.getOutputStream().close();

    assertEquals(
        "it is idle", new String(program.getInputStream().readAllBytes(), "UTF-8").strip());
    assertEquals(0, program.waitFor());
    assertTrue(collector.collect().runs().getLast().ended());
  }

  @Test
  void shellHelperWithoutDaemonSaysSo() throws Exception {
    collector.close();

    assertEquals(69, helper("step=1"));
  }

  private String helperSaid = "";
  private String path = System.getenv("PATH");

  private int helper(String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", HELPER.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("REEVE_RUN_SOCKET", folder.resolve("run.sock").toString());
    builder.environment().put("PATH", path);
    Process process = builder.redirectErrorStream(true).start();
    helperSaid = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }

  private Delivery deliver(Notice notice) {
    try {
      return collector.deliver(notice);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Notice notice(SubjectId workload) {
    return new Notice(
        "idle~1",
        "idle",
        SubjectId.gpu("GPU-1"),
        workload.key(),
        "ana",
        List.of("terminate"),
        Duration.ofMinutes(30),
        new Cost.Unknown("no price"),
        "it is idle");
  }

  static void assertOk(JsonObject answer) {
    assertEquals(Optional.of(true), answer.bool("ok"), answer.toString());
  }
}
