package dev.reeve.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.guard.Approving;
import dev.reeve.guard.Budget;
import dev.reeve.guard.GuardPolicy;
import dev.reeve.guard.Mode;
import dev.reeve.guard.Scope;
import dev.reeve.guard.Snoozing;
import dev.reeve.model.Money;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReeveConfigTest {
  static final Host ROOT = new Host("gpu-7", true, Map.of());

  @Test
  void observesWhereNothingIsWritten() {
    var expected =
        new ReeveConfig(
            Mode.OBSERVE,
            Duration.ofSeconds(15),
            new NodeConfig("gpu-7"),
            new FoldersConfig(Path.of("/var/lib/reeve"), Path.of("/run/reeve")),
            new HttpConfig(true, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9477)),
            new ClockConfig(1),
            new GuardConfig(
                Duration.ofHours(1),
                Duration.ofMinutes(15),
                new BudgetConfig(1, Duration.ofMinutes(10)),
                List.of(),
                GuardPolicy.NONE.withBaseline(true)),
            new JournalConfig(8 << 20, Duration.ofDays(365), 512 << 20),
            new HistoryConfig(true, 64 << 20, Duration.ofDays(7)),
            new TelemetryConfig(TelemetryConfig.Otlp.AUTO));
    assertEquals(expected, read("", ROOT));
  }

  @Test
  void readsEveryKey() {
    var expected =
        new ReeveConfig(
            Mode.ACT,
            Duration.ofMinutes(1),
            new NodeConfig("b"),
            new FoldersConfig(Path.of("/etc/reeve/state"), Path.of("/tmp/run")),
            new HttpConfig(false, new InetSocketAddress(InetAddress.ofLiteral("::1"), 80)),
            new ClockConfig(60),
            new GuardConfig(
                Duration.ofHours(2),
                Duration.ofMinutes(30),
                new BudgetConfig(5, Duration.ofHours(1)),
                List.of(new Glob("process/root/*"), new Glob("*/prod-*")),
                GuardPolicy.NONE.withBaseline(true)),
            new JournalConfig(1 << 20, Duration.ofDays(40), 64 << 10),
            new HistoryConfig(false, 1 << 30, Duration.ofDays(2)),
            new TelemetryConfig(TelemetryConfig.Otlp.OFF));
    assertEquals(
        expected,
        read(
            """
            mode: act
            cycle: 1m
            node: {name: b}
            state_dir: state
            runtime_dir: /tmp/run
            http: {enabled: false, listen: "[::1]:80"}
            clock: {evidence_speed: 60}
            guard:
              cooldown: 2h
              min_notice: 30m
              budget: {actions: 5, per: 1h}
              protect: [process/root/*, "*/prod-*"]
            journal: {segment_size: 1MiB, age: 40d, size: 64KiB}
            history: {enabled: false, size: 1GiB, age: 2d}
            telemetry: {otlp: off}
            """,
            ROOT));
  }

  @Test
  void readsWhatConcernsSomeAndNotOthers() {
    GuardPolicy policy =
        read(
                """
                guard:
                  freeze:
                    - {when: [mon-fri 08:00-18:00 UTC, 2026-12-20..2027-01-02 UTC], rules: [idle-*]}
                  modes: [{mode: approve, namespaces: [prod]}]
                  leave_alone: [{owners: [release], platforms: [process]}]
                  budgets: [{each: owner, actions: 2, share: 5%, cost: 40 USD, per: 12h}]
                  baseline: act
                  approvals: {last: 30m, by_others: true, two_for: [terminate]}
                  snooze: {times: 1, longest: 1h}
                  mute_after: 5
                """,
                ROOT)
            .guard()
            .policy();
    List<Glob> no = List.of();
    assertEquals(
        List.of("mon-fri 08:00-18:00 UTC", "2026-12-20..2027-01-02 UTC"),
        policy.freezes().stream().map(one -> one.times().text()).toList());
    assertEquals(List.of(new Glob("idle-*")), policy.freezes().getLast().scope().rules());
    assertEquals(
        List.of(
            new GuardPolicy.ScopedMode(
                new Scope(no, no, List.of(new Glob("prod")), no, no), Mode.APPROVE)),
        policy.modes());
    assertEquals(
        List.of(new Scope(no, List.of(new Glob("process")), no, List.of(new Glob("release")), no)),
        policy.protects());
    assertEquals(
        List.of(
            new Budget(
                Scope.ALL,
                Budget.Each.OWNER,
                OptionalInt.of(2),
                OptionalDouble.of(0.05),
                Optional.of(Money.of("40", "USD")),
                Duration.ofHours(12))),
        policy.budgets());
    assertFalse(policy.asksBaseline());
    assertEquals(
        new Approving(Duration.ofMinutes(30), true, new TreeSet<>(List.of("terminate"))),
        policy.approving());
    assertEquals(new Snoozing(1, Duration.ofHours(1)), policy.snoozing());
    assertEquals(5, policy.muteAfter());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "guard: {modes: [{mode: off}]} | guard.modes[0]: expected one of the keys rules, platforms,"
            + " namespaces, owners, workloads, found a mapping",
        "guard: {modes: [{owners: [a]}]} | guard.modes[0].mode: expected one of off, observe,"
            + " approve, act, found nothing",
        "guard: {budgets: [{per: 1d}]} | guard.budgets[0]: expected one of the keys actions, share,"
            + " cost, found a mapping",
        "guard: {approvals: {two_for: [kill]}} | guard.approvals.two_for: expected remedies:"
            + " downsize, migrate, suspend, drain, terminate, found a list",
        "mode: obsreve | mode: expected one of off, observe, approve, act, found 'obsreve'; did you"
            + " mean 'observe'?",
        "cycle: 1ms | cycle: expected a time from 1s to 10m, found '1ms'",
        "node: {name: ''} | node.name: expected a name that is not empty, found ''",
        "clock: {evidence_speed: 0.5} | clock.evidence_speed: expected 1 to 1000 seconds of the"
            + " evidence clock in one second of the world clock, found '0.5'",
        "guard: {cooldown: 0s} | guard.cooldown: expected a time from 1m to 4w2d, found '0s'",
        "guard: {protect: ['']} | guard.protect: expected patterns that are not empty, found a"
            + " list",
        "guard: {budget: {actions: -1}} | guard.budget.actions: expected a whole number from 0 to"
            + " 1000, found '-1'",
        "journal: {segment_size: 1KiB} | journal.segment_size: expected a size from 4KiB to 128MiB,"
            + " found '1KiB'"
      })
  void saysWhatIsAllowed(String text, String problem) {
    Configuration configuration = ConfigReader.parse(Path.of("r"), text);
    ReeveConfig.read(configuration.root(), ROOT);
    assertEquals(
        List.of(problem),
        configuration.finish().list().stream()
            .map(one -> one.toString().replaceFirst("^r:\\d+:\\d+: ", ""))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:9410,false",
    "192.168.1.5:9410,false",
    "example.com:80,false",
    "127.0.0.1,false",
    "127.0.0.1:99999,false",
    "'[::]:80',false",
    "127.0.0.2:0,true",
    "'[::1]:80',true",
    "localhost:80,true"
  })
  void listensOnLoopbackOnly(String address, boolean allowed) {
    Configuration configuration =
        ConfigReader.parse(Path.of("r"), "http: {listen: '" + address + "'}");
    HttpConfig http = ReeveConfig.read(configuration.root(), ROOT).http();
    assertTrue(http.listen().getAddress().isLoopbackAddress());
    assertEquals(allowed, configuration.problems().isEmpty());
    if (!allowed) {
      assertTrue(configuration.problems().text().contains("ask for no login"));
    }
  }

  @Test
  void keepsItsFilesWhereTheUserMayWrite() {
    var user = Map.of("HOME", "/home/ann", "XDG_RUNTIME_DIR", "/run/user/7");
    assertEquals(
        new FoldersConfig(Path.of("/home/ann/.local/state/reeve"), Path.of("/run/user/7/reeve")),
        folders(user));
    assertEquals(
        new FoldersConfig(Path.of("/s/reeve"), Path.of("/s/reeve/run")),
        folders(Map.of("XDG_STATE_HOME", "/s")));
  }

  @Test
  void takesTheFoldersOfItsOwnUnitOnly() {
    assertEquals(
        new FoldersConfig(Path.of("/var/lib/reeve"), Path.of("/run/reeve")),
        folders(
            Map.of("STATE_DIRECTORY", "/var/lib/reeve", "RUNTIME_DIRECTORY", "/run/a:/run/reeve")));
    assertEquals(
        Path.of("/home/ann/.local/state/reeve"),
        folders(Map.of("STATE_DIRECTORY", "/var/lib/runner", "HOME", "/home/ann")).state());
  }

  @Test
  void asksForAFolderWhereThereIsNoHome() {
    Configuration configuration = ConfigReader.nothing();
    ReeveConfig.read(configuration.root(), new Host("n", false, Map.of()));
    assertEquals(
        List.of(
            "state_dir: expected a folder, since neither XDG_STATE_HOME nor HOME is set, found"
                + " nothing"),
        configuration.finish().list().stream().map(Problem::toString).toList());
  }

  @Test
  void knowsThisMachine() {
    assertFalse(Host.current().name().isBlank());
  }

  private static FoldersConfig folders(Map<String, String> environment) {
    return read("", new Host("n", false, environment)).folders();
  }

  private static ReeveConfig read(String text, Host host) {
    Configuration configuration = ConfigReader.parse(Path.of("/etc/reeve/reeve.yaml"), text);
    ReeveConfig config = ReeveConfig.read(configuration.root(), host);
    assertEquals(List.of(), configuration.finish().list());
    return config;
  }
}
