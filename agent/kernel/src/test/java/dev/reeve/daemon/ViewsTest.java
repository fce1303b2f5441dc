package dev.reeve.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.control.Caller;
import dev.reeve.control.Control;
import dev.reeve.guard.Mode;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import dev.reeve.loop.Circle;
import dev.reeve.model.EpisodeState;
import dev.reeve.telemetry.Telemetry;
import dev.reeve.telemetry.TelemetrySettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators are shown and told, over the life of an episode. */
@SuppressWarnings("NullAway.Init") // set at the beginning of each test
final class ViewsTest {
  private static final Caller ANA = new Caller("ana", 1000, 7);

  @TempDir private Path folder;
  private final Telemetry telemetry =
      Telemetry.open(new TelemetrySettings("test", "host", Map.of(), InstantSource.system()));
  private Circle circle;
  private StatusView view;
  private Operator operator;

  @AfterEach
  void close() {
    circle.close();
    telemetry.close();
  }

  private void watch(String name, Mode mode) {
    circle = new Circle(folder, name, mode);
    view =
        new StatusView(
            new StatusView.Live(
                () -> new StatusView.Identity("test", "host", mode.text(), ""),
                cycle -> Json.object().put("hash", cycle.rules().hash()).build()),
            circle.loop,
            circle.log,
            circle.killSwitch,
            List.of(),
            new NoticeBoard(circle.clocks, new Traces(telemetry, circle.clocks)),
            circle.clocks);
    operator =
        new Operator(
            view,
            circle.loop,
            circle.log,
            circle.killSwitch,
            by -> Json.object().put("by", by).build(),
            new Approvals(circle.loop, circle.log, circle.guards, circle.ticker));
  }

  @Test
  void beforeTheFirstJudgementNothingIsMadeUp() {
    watch("train", Mode.ACT);
    JsonObject status = (JsonObject) view.status();
    assertTrue(status.array("gpus").isEmpty());
    assertEquals(List.of(), list(view.findings(), "findings"));
    assertEquals(List.of(), list(view.plans(), "plans"));
    assertEquals(false, view.readiness().ready());
    assertThrows(
        Control.RefusedException.class,
        () -> operator.query("explain", Json.object().put("subject", "x").build()));
  }

  @Test
  void whatIsNotKnownIsLeftOutAndNeverZero() {
    watch("train", Mode.ACT);
    circle.ticks(Duration.ofSeconds(15));
    JsonObject gpu = list(view.status(), "gpus").getFirst();
    assertEquals(0.0, gpu.real("engine_active").orElseThrow());
    assertTrue(gpu.real("power_watts").isEmpty());
    assertEquals(Optional.of("no price"), gpu.object("cost").orElseThrow().text("unknown"));
  }

  @Test
  void aWarnedEpisodeSaysWhatComesAndInHowLong() {
    watch("train", Mode.ACT);
    circle.until(EpisodeState.WARNED, Duration.ofHours(1));
    circle.ticks(Duration.ofMinutes(5));
    JsonObject episode = list(view.episodes(), "episodes").getFirst();
    assertEquals("warned", episode.text("state").orElseThrow());
    assertEquals("true", episode.text("truth").orElseThrow());
    assertEquals(300, episode.real("notice_seconds").orElseThrow(), 15);
    JsonObject next = episode.object("next").orElseThrow();
    assertEquals("terminate", next.text("remedy").orElseThrow());
    assertEquals(600, next.real("in_seconds").orElseThrow(), 20);
    JsonObject plan = list(view.plans(), "plans").getFirst();
    assertEquals(next.real("in_seconds"), plan.real("in_seconds"));
  }

  @Test
  void onePlanIsShownForAnEpisodeFromBeforeItIsDueUntilItWasVerified() {
    watch("train", Mode.ACT);
    circle.until(EpisodeState.VERIFIED, Duration.ofHours(2));
    List<JsonObject> plans = list(view.plans(), "plans");
    assertEquals(1, plans.size());
    assertEquals("verified", plans.getFirst().text("result").orElseThrow());
    assertEquals(
        List.of("sigterm"),
        list(plans.getFirst(), "steps").stream()
            .map(step -> step.text("name").orElseThrow())
            .toList());
    assertEquals(
        List.of("verified"),
        list(view.episodes(), "episodes").stream()
            .map(episode -> episode.text("state").orElseThrow())
            .toList());
  }

  @Test
  void onlyWhatWasShownIsApproved() throws Exception {
    watch("train", Mode.APPROVE);
    circle.until(EpisodeState.DUE, Duration.ofHours(2));
    circle.ticks(Duration.ofMinutes(1));
    JsonObject plan = list(view.plans(), "plans").getFirst();
    assertEquals("ask_human", plan.text("verdict").orElseThrow());
    String id = plan.text("id").orElseThrow();
    assertRefused("is not the one that was shown", id, "another");
    assertRefused(
        "no plan 'ep99-terminate' waits for an answer; due are " + id, "ep99-terminate", "");
    circle.ticks(Duration.ofMinutes(1));
    assertEquals(List.of(), circle.action.calls);
    decide(Control.Answer.APPROVE, id, plan.text("shown").orElseThrow());
    circle.until(EpisodeState.VERIFIED, Duration.ofMinutes(5));
  }

  @Test
  void whatIsDeniedIsNotDoneWhateverTheMode() throws Exception {
    watch("train", Mode.APPROVE);
    circle.until(EpisodeState.DUE, Duration.ofHours(2));
    circle.ticks(Duration.ofMinutes(1));
    JsonObject plan = list(view.plans(), "plans").getFirst();
    String id = plan.text("id").orElseThrow();
    assertThrows(
        Control.RefusedException.class, () -> decide(Control.Answer.DENY, id, ""), "no reason");
    operator.decide(
        Control.Answer.DENY, Json.object().put("plan", id).put("reason", "a demo").build(), ANA);
    assertRefused("approval: refused by ana (pid 7): a demo", id, plan.text("shown").orElseThrow());
    circle.ticks(Duration.ofMinutes(5));
    assertEquals(List.of(), circle.action.calls);
    JsonObject denied = list(view.plans(), "plans").getFirst();
    assertEquals("deny", denied.text("verdict").orElseThrow());
    assertTrue(denied.text("reason").orElseThrow().contains("a demo"), denied.toString());
  }

  private JsonValue decide(Control.Answer answer, String plan, String shown)
      throws Control.RefusedException {
    return operator.decide(
        answer, Json.object().put("plan", plan).put("shown", shown).build(), ANA);
  }

  private void assertRefused(String why, String plan, String shown) {
    Control.RefusedException refused =
        assertThrows(
            Control.RefusedException.class, () -> decide(Control.Answer.APPROVE, plan, shown));
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
  }

  @Test
  void whileItObservesThePlanSaysSoAndIsDenied() {
    watch("train", Mode.OBSERVE);
    circle.until(EpisodeState.DUE, Duration.ofHours(2));
    circle.ticks(Duration.ofMinutes(1));
    JsonObject plan = list(view.plans(), "plans").getFirst();
    assertEquals("deny", plan.text("verdict").orElseThrow());
    assertEquals("mode", plan.text("guard").orElseThrow());
    assertTrue(plan.text("reason").orElseThrow().contains("'mode: act' lets it"));
    assertEquals(List.of(), circle.action.calls);
  }

  @Test
  void everyAnswerIsJsonWhateverTheWorkloadIsCalled() throws Exception {
    watch(TestPlugins.HOSTILE, Mode.OBSERVE);
    circle.until(EpisodeState.DUE, Duration.ofHours(2));
    circle.ticks(Duration.ofMinutes(1));
    for (String question : List.of("status", "findings", "plan", "episodes")) {
      JsonValue answer = operator.query(question, Json.object().build());
      String text = Json.write(answer);
      assertEquals(answer, Json.readObject(text), question);
      assertTrue(text.indexOf('\u001b') < 0 && text.indexOf('\n') < 0, question);
      assertTrue(text.contains("<script>"), question + " names it in full");
    }
  }

  @Test
  void explainNamesWhatItFoundByPartOfItsName() throws Exception {
    watch("train", Mode.ACT);
    circle.until(EpisodeState.WARNED, Duration.ofHours(1));
    circle.ticks(Duration.ofSeconds(15));
    JsonObject rule = list(list(explain("rain"), "subjects").getFirst(), "rules").getFirst();
    assertEquals("true", rule.text("truth").orElseThrow());
    assertEquals("warned", rule.text("state").orElseThrow());
    assertEquals(2, list(rule, "evidence").size());
    Control.RefusedException refused =
        assertThrows(Control.RefusedException.class, () -> explain("nobody"));
    assertTrue(String.valueOf(refused.getMessage()).contains("'nobody'"));
    assertThrows(
        Control.RefusedException.class, () -> operator.query("explain", Json.object().build()));
  }

  @Test
  void aPauseIsInForceWhenItIsAnsweredAndNamesWhoPressed() throws Exception {
    watch("train", Mode.ACT);
    circle.until(EpisodeState.WARNED, Duration.ofHours(1));
    JsonObject answer =
        (JsonObject)
            operator.pause(
                new Control.Pause("incident", Optional.of(Duration.ofHours(5)), false), ANA);
    assertEquals(true, answer.bool("paused").orElseThrow());
    JsonObject paused = ((JsonObject) view.status()).object("paused").orElseThrow();
    assertEquals("ana (pid 7)", paused.text("by").orElseThrow());
    assertTrue(paused.text("until").isPresent());
    circle.ticks(Duration.ofHours(3));
    assertEquals(List.of(), circle.action.calls);
    assertEquals("kill_switch", list(view.plans(), "plans").getFirst().text("guard").orElseThrow());
    assertEquals(false, ((JsonObject) operator.resume(ANA)).bool("paused").orElseThrow());
    circle.ticks(Duration.ofMinutes(1));
    assertEquals(List.of("sigterm"), circle.action.calls);
  }

  @Test
  void theStopFileIsShownAsSuchAndOutlivesAResume() throws Exception {
    watch("train", Mode.ACT);
    Files.createFile(folder.resolve("STOP"));
    assertEquals(true, ((JsonObject) operator.resume(ANA)).bool("paused").orElseThrow());
    JsonObject paused = ((JsonObject) view.status()).object("paused").orElseThrow();
    assertEquals("stop file", paused.text("by").orElseThrow());
  }

  @Test
  void answersToPlansAndQuestionsThatAreNoneAreRefused() {
    watch("train", Mode.ACT);
    assertThrows(
        Control.RefusedException.class,
        () -> operator.decide(Control.Answer.APPROVE, Json.object().build(), ANA));
    assertThrows(
        Control.RefusedException.class, () -> operator.query("nonsense", Json.object().build()));
  }

  @Test
  void anEpisodeThatIsOverIsCountedWhereItEnded() {
    watch("train", Mode.ACT);
    Traces traces = new Traces(telemetry, circle.clocks);
    TelemetryEvents events =
        new TelemetryEvents(telemetry, traces, new NoticeBoard(circle.clocks, traces), circle.log);
    circle.until(EpisodeState.WARNED, Duration.ofHours(1));
    events.cycled(circle.loop.newest().orElseThrow(), Duration.ZERO);
    assertTrue(metrics().contains("reeve_episodes{state=\"warned\"} 1.0\n"), metrics());
    circle.until(EpisodeState.VERIFIED, Duration.ofHours(1));
    events.cycled(circle.loop.newest().orElseThrow(), Duration.ZERO);
    assertTrue(metrics().contains("reeve_episodes{state=\"warned\"} 0.0\n"), metrics());
    assertTrue(metrics().contains("reeve_episodes{state=\"verified\"} 1.0\n"), metrics());
  }

  private String metrics() {
    return new String(telemetry.scrape("text/plain").bytes(), StandardCharsets.UTF_8);
  }

  private JsonObject explain(String words) throws Control.RefusedException {
    return (JsonObject) operator.query("explain", Json.object().put("subject", words).build());
  }

  private static List<JsonObject> list(JsonValue answer, String name) {
    List<JsonObject> all = new ArrayList<>();
    for (JsonValue value : ((JsonObject) answer).array(name).orElseThrow()) {
      all.add((JsonObject) value);
    }
    return all;
  }
}
