package dev.reeve.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.config.Host;
import dev.reeve.config.ReeveConfig;
import dev.reeve.decision.Decision;
import dev.reeve.decision.RuleHistory;
import dev.reeve.guard.Freeze;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.Mode;
import dev.reeve.guard.Scope;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.loop.Circle;
import dev.reeve.loop.FakeEngine;
import dev.reeve.model.Protection;
import dev.reeve.model.RuleSet;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleLoader;
import dev.reeve.telemetry.Telemetry;
import dev.reeve.telemetry.TelemetrySettings;
import dev.reeve.time.BootTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReloadsTest {
  @TempDir private Path folder;

  private final FakeLoader loader = new FakeLoader();
  private final List<String> ends = new ArrayList<>();
  private Telemetry telemetry = telemetry();
  private Path file = Path.of("");
  private Circle circle = new Circle(Path.of("/nonexistent"), "none", Mode.ACT);
  private GuardChain guards = guards(settings("mode: act\n"));
  private LiveSettings settings = settings("mode: act\n");

  private static Telemetry telemetry() {
    return Telemetry.open(new TelemetrySettings("test", "host", Map.of(), InstantSource.system()));
  }

  @BeforeEach
  void begin() throws IOException {
    circle.close();
    circle = new Circle(folder, "train", Mode.ACT);
    file = folder.resolve("reeve.yaml");
    write("mode: act\n");
    settings = settings("mode: act\n");
    guards = guards(settings);
  }

  @AfterEach
  void end() {
    circle.close();
    telemetry.close();
  }

  private void write(String text) throws IOException {
    Files.writeString(
        file, "state_dir: %s/state\nruntime_dir: %s/run\n%s".formatted(folder, folder, text));
  }

  private LiveSettings settings(String text) {
    Configuration configuration =
        ConfigReader.parse(
            file.toString().isEmpty() ? Path.of("x.yaml") : file,
            "state_dir: %s/state\nruntime_dir: %s/run\n%s".formatted(folder, folder, text));
    ReeveConfig config = ReeveConfig.read(configuration.root(), Host.current());
    Check.providers(configuration, config);
    return new LiveSettings(config, configuration, new ConfigSource(Optional.of(file)), "");
  }

  private GuardChain guards(LiveSettings of) {
    return GuardChain.of(
        of.guards(1),
        circle.killSwitch,
        _ -> Optional.of(circle.action),
        _ -> Protection.none(),
        circle.ticker);
  }

  private RuleRoom room() throws StartException {
    return RuleRoom.open(
        loader,
        circle.log,
        new BootTicker(dev.reeve.linux.BootClock::nanos),
        (why, _) -> ends.add(why));
  }

  private Reloads reloads(RuleRoom room) {
    room.takes(room.loaded(), "start");
    settings.rulesSay(room.loaded().observeOnly());
    return new Reloads(
        room,
        settings,
        new Reloads.Ports(
            circle.clocks, circle.loop, guards, telemetry, () -> circle.loop.cycle()));
  }

  private static FakeEngine engine(String hash) {
    RuleSet set = FakeEngine.idle().ruleSet();
    return FakeEngine.of(new RuleSet(hash, set.rules(), set.slots()));
  }

  private List<Decision.RulesLoaded> journaled() {
    return circle.log.locked(state -> state.rules().loaded());
  }

  @Test
  void anotherSetIsJournaledAndJudges() throws Exception {
    Reloads reloads = reloads(room());
    reloads.look();
    assertEquals(1, journaled().size(), "nothing changed");
    loader.engine = engine("another");
    loader.key = "other files";
    loader.fingerprint = "2";
    reloads.look();
    assertEquals("another", circle.loop.newest().orElseThrow().rules().hash());
    assertEquals("other files", journaled().getFirst().key());
    assertEquals("another", journaled().getFirst().hash());
    assertEquals("a changed file", journaled().getFirst().by());
    JsonObject status = reloads.status(circle.loop.newest().orElseThrow());
    assertEquals(Optional.of(false), status.bool("last_good"));
    assertEquals(Optional.of("a changed file"), status.text("loaded_by"));
    assertEquals(Optional.of("a stand-in"), status.text("compiler"));
  }

  @Test
  void whatDoesNotLoadLeavesTheLastGoodSetJudgingAndSaysSo() throws Exception {
    Reloads reloads = reloads(room());
    circle.loop.cycle();
    String hash = circle.loop.newest().orElseThrow().rules().hash();
    loader.problem = "50-own.yaml:3: no";
    loader.held.put("idle", "50-own.yaml changed and does not load");
    JsonObject answer = reloads.reload("ana");
    assertEquals(Optional.of(false), answer.bool("ok"));
    assertEquals(Optional.of("50-own.yaml:3: no"), answer.text("problem"));
    assertEquals(
        Optional.of("50-own.yaml changed and does not load"),
        answer.object("limited").orElseThrow().text("idle"));
    assertEquals(hash, circle.loop.newest().orElseThrow().rules().hash());
    loader.failure = "nothing loads";
    assertEquals(Optional.of(false), reloads.reload("ana").bool("ok"));
    assertTrue(reloads.status(circle.loop.cycle()).bool("last_good").orElseThrow());
    String page = new String(telemetry.scrape("").bytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertTrue(page.contains("reeve_reloads_total{outcome=\"refused\"} 2"), page);
  }

  @Test
  void saysWhichTestOfWhichRuleFailed() throws Exception {
    Reloads reloads = reloads(room());
    loader.tests =
        new RuleLoader.Tests(
            3,
            List.of(
                new RuleLoader.Tests.Failed(
                    "a.test.yaml", "idle", new TreeSet<>(List.of("own-a")), "at 40m: no")));
    loader.problem = "tests fail";
    String expected =
        "{\"passed\":3,\"failed\":[{\"file\":\"a.test.yaml\",\"test\":\"idle\",\"rules\":[\"own-a\"],\"why\":\"at"
            + " 40m: no\"}]}";
    assertEquals(expected, Json.write(reloads.reload("ana").object("tests").orElseThrow()));
    JsonObject status = reloads.status(circle.loop.cycle());
    assertEquals(expected, Json.write(status.object("tests").orElseThrow()));
    String page = new String(telemetry.scrape("").bytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertTrue(page.contains("reeve_rule_tests_failed{rule=\"own-a\"} 1"), page);
    assertTrue(page.contains("reeve_rule_tests_passed 3"), page);
    loader.tests = RuleLoader.Tests.NONE;
    loader.problem = "";
    reloads.reload("ana");
    page = new String(telemetry.scrape("").bytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertFalse(page.contains("reeve_rule_tests_failed{rule=\"own-a\"} 1"), page);
  }

  @Test
  void saysThatATestFailsAndNotThatRulesDoNotLoad() throws Exception {
    Reloads reloads = reloads(room());
    RuleLoader.Tests.Failed failed =
        new RuleLoader.Tests.Failed("a.test.yaml", "idle", new TreeSet<>(), "at 40m: no\nat 50m");
    loader.tests = new RuleLoader.Tests(3, List.of(failed));
    loader.problem = failed.text().strip();
    assertEquals(
        Optional.of("a test of the newer rules fails, and the last good ones judge"),
        reloads.reload("ana").text("standing"));
    loader.problem = failed.text() + RuleLoader.Tests.ALL_THE_SAME;
    assertEquals(
        Optional.of(
            "a test of the newer rules fails; they only forbid more, so they judge all the same"),
        reloads.reload("ana").text("standing"));
    loader.problem = "10-own.yaml:3: no\n" + failed.text();
    assertEquals(
        Optional.of("newer rules do not load, and the last good ones judge"),
        reloads.reload("ana").text("standing"));
    loader.failure = "nothing loads";
    assertEquals(
        Optional.of("newer rules do not load, and the last good ones judge"),
        reloads.reload("ana").text("standing"));
    loader.failure = "";
    loader.problem = "";
    loader.tests = new RuleLoader.Tests(3, List.of());
    assertEquals(Optional.of(""), reloads.reload("ana").text("standing"));
    assertEquals(Optional.of(""), reloads.status(circle.loop.cycle()).text("standing"));
  }

  @Test
  void nothingActsWhileWhatIsThereCannotBeTakenUp() throws Exception {
    Reloads reloads = reloads(room());
    loader.failure = "the disk is gone";
    assertEquals(Optional.of(false), reloads.reload("ana").bool("ok"));
    assertEquals(Mode.OBSERVE, guards.settings().mode());
    loader.failure = "";
    loader.onLoad =
        () -> {
          throw new IllegalStateException("a fault of our own");
        };
    assertTrue(reloads.reload("ana").text("problem").orElseThrow().contains("a fault of our own"));
    assertEquals(Mode.OBSERVE, guards.settings().mode());
    loader.onLoad = () -> {};
    reloads.reload("ana");
    assertEquals(Mode.ACT, guards.settings().mode());
  }

  @Test
  void whatMayOnlyObserveIsNoSetToFallBackTo() throws Exception {
    Reloads reloads = reloads(room());
    loader.engine = engine("without a file that forbids");
    loader.key = "other files";
    loader.observeOnly = "10-site.yaml does not load";
    reloads.reload("ana");
    assertEquals(Mode.OBSERVE, guards.settings().mode());
    assertEquals(1, journaled().size(), journaled().toString());
  }

  @Test
  void aSetThatHungTwiceIsNotUsedAgainAndTheDaemonObserves() throws Exception {
    WatchedEngineTest.Hanging hanging = new WatchedEngineTest.Hanging();
    loader.engine = hanging;
    String hash = hanging.ruleSet().hash();
    try {
      for (int start = 1; start <= RuleHistory.MOST_HUNG; start++) {
        assertFalse(circle.log.locked(state -> state.rules().hung()).contains(hash));
        RuleRoom room = room();
        assertEquals(start > 1, room.loaded().observeOnly().contains(hash + " hung"));
        CompletableFuture<Void> _ = circle.loop.swap(room.loaded().engine(), Map.of());
        assertTrue(circle.loop.cycle().problem().contains("has not come back"));
        assertEquals(start, ends.size());
      }
    } finally {
      hanging.end.countDown();
    }
    assertTrue(ends.getFirst().contains(hash), ends.getFirst());
    loader.observeOnly = "the rule set hung twice";
    loader.engine = engine("before it");
    loader.key = "the key before it";
    RuleRoom room = room();
    assertEquals(Set.of(hash), loader.past.hung());
    reloads(room);
    assertEquals(Mode.OBSERVE, settings.mode());
    // the next set is another one
    loader.observeOnly = "";
    loader.engine = engine("mended");
    reloads(room).reload("ana");
    assertEquals(Mode.ACT, settings.mode());
    assertEquals(Mode.ACT, guards.settings().mode());
  }

  @Test
  void modeAndGuardsFollowTheFileAndOtherKeysWait() throws Exception {
    Reloads reloads = reloads(room());
    write("mode: observe\nguard: {protect: [\"*/ana/*\"], cooldown: 2h}\ncycle: 20s\n");
    reloads.look();
    assertEquals(Mode.OBSERVE, guards.settings().mode());
    assertEquals(Duration.ofHours(2), guards.settings().cooldown());
    assertEquals(1, guards.settings().protectedNames().size());
    assertEquals(List.of("cycle"), settings.waiting());
    write("mode: act\nguard: {cooldown: never}\n");
    JsonObject answer = reloads.reload("ana");
    assertEquals(Optional.of(false), answer.bool("ok"));
    assertTrue(answer.text("config_problem").orElseThrow().contains("cooldown"));
    assertEquals(Mode.OBSERVE, guards.settings().mode(), "nothing of a broken file is taken");
  }

  @Test
  void whatIsLooserInAChangedFileMustStillStandThereAtTheNextLook() throws Exception {
    Reloads reloads = reloads(room());
    write("mode: observe\nguard: {protect: [\"*/ana/*\"], cooldown: 2h}\n");
    reloads.look();
    reloads.look();
    write("mode: act\n"); // as far as it was written when it was read
    reloads.look();
    assertEquals(Mode.OBSERVE, guards.settings().mode());
    assertEquals(1, guards.settings().protectedNames().size());
    assertEquals(Duration.ofHours(2), guards.settings().cooldown());
    write("mode: act\nguard: {cooldown: never}\n");
    reloads.look();
    reloads.look();
    assertEquals(Mode.OBSERVE, guards.settings().mode(), "it was not whole");
    write("mode: act\nguard: {protect: [\"*/ana/*\"], cooldown: 3h}\n");
    reloads.look();
    assertEquals(Mode.OBSERVE, guards.settings().mode());
    assertEquals(Duration.ofHours(3), guards.settings().cooldown(), "stricter is at once");
    reloads.look();
    assertEquals(Mode.ACT, guards.settings().mode());
    assertEquals(1, guards.settings().protectedNames().size());
  }

  @Test
  void aFreezeThatIsNoTimeFreezesUntilItIsCorrected() throws Exception {
    Reloads reloads = reloads(room());
    write("mode: act\nguard:\n  freeze:\n    - {when: [fridays]}\n");
    reloads.look();
    assertTrue(settings.problem().contains("in 'fridays'"), settings.problem());
    List<Freeze> frozen = guards.settings().policy().freezes();
    assertEquals(List.of(new Freeze(Scope.ALL, new Freeze.Unreadable("fridays"))), frozen);
    reloads.reload("ana");
    assertEquals(frozen, guards.settings().policy().freezes(), "it is as wrong as before");
    write("mode: act\nguard:\n  freeze:\n    - {when: [fri 00:00-24:00 UTC]}\n");
    reloads.look();
    reloads.look();
    assertEquals(
        List.of("fri 00:00-24:00 UTC"),
        guards.settings().policy().freezes().stream().map(one -> one.times().text()).toList());
  }

  @Test
  void whatIsStricterDoesNotWaitForTheCompilerOfRules() throws Exception {
    Reloads reloads = reloads(room());
    List<Mode> whileItCompiles = new ArrayList<>();
    loader.onLoad = () -> whileItCompiles.add(guards.settings().mode());
    write("mode: observe\n");
    reloads.reload("ana");
    assertEquals(List.of(Mode.OBSERVE), whileItCompiles);
    write("mode: act\n");
    reloads.reload("ana");
    assertEquals(List.of(Mode.OBSERVE, Mode.OBSERVE), whileItCompiles);
    assertEquals(Mode.ACT, guards.settings().mode(), "what is looser waits for the rules");
  }

  @Test
  void anOperatorWhoAsksMeansWhatIsThere() throws Exception {
    Reloads reloads = reloads(room());
    write("mode: observe\nguard: {protect: [\"*/ana/*\"]}\n");
    reloads.look();
    write("mode: act\n");
    reloads.reload("ana");
    assertEquals(Mode.ACT, guards.settings().mode());
    assertEquals(0, guards.settings().protectedNames().size());
  }

  @Test
  void theSameSetIsNotSwapped() throws Exception {
    RuleRoom room = room();
    Reloads reloads = reloads(room);
    RuleEngine before = room.loaded().engine();
    loader.problem = "something else";
    reloads.reload("ana");
    assertSame(before, room.loaded().engine());
    assertEquals(1, journaled().size());
    RuleLoader.Loaded loaded = room.loaded();
    assertEquals("something else", loaded.problem());
  }
}
