package dev.reeve.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.Glob;
import dev.reeve.control.Caller;
import dev.reeve.control.Control;
import dev.reeve.guard.Approving;
import dev.reeve.guard.GuardPolicy;
import dev.reeve.guard.GuardSettings;
import dev.reeve.guard.Mode;
import dev.reeve.guard.Scope;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import dev.reeve.loop.Circle;
import dev.reeve.model.EpisodeState;
import dev.reeve.telemetry.Telemetry;
import dev.reeve.telemetry.TelemetrySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people answer and ask for, as the command line sends it. */
@SuppressWarnings("NullAway.Init") // set at the beginning of each test
final class OperatorTest {
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

  private static List<JsonObject> list(JsonValue answer, String name) {
    List<JsonObject> all = new ArrayList<>();
    for (JsonValue value : ((JsonObject) answer).array(name).orElseThrow()) {
      all.add((JsonObject) value);
    }
    return all;
  }

  private JsonValue snooze(String plan, Duration time) throws Control.RefusedException {
    return operator.decide(
        Control.Answer.SNOOZE,
        Json.object().put("plan", plan).put("seconds", time.toSeconds()).build(),
        ANA);
  }

  private String refused(String plan, Duration time) {
    return String.valueOf(
        assertThrows(Control.RefusedException.class, () -> snooze(plan, time)).getMessage());
  }

  @Test
  void whoeverAsksForTimeGetsItAndNoMoreOftenThanAllowed() throws Exception {
    watch("train", Mode.ACT);
    circle.until(EpisodeState.WARNED, Duration.ofHours(1));
    String episode = circle.newest().id();
    assertTrue(refused(episode, Duration.ofHours(5)).contains("up to 4h at a time"));
    assertTrue(refused("ep99", Duration.ofHours(1)).contains("open are " + episode));
    for (int time = 1; time <= 3; time++) {
      snooze(episode + "-terminate", Duration.ofHours(2));
      assertEquals(EpisodeState.SNOOZED, circle.newest().state());
      circle.ticks(Duration.ofMinutes(119));
      assertEquals(EpisodeState.SNOOZED, circle.newest().state());
      assertEquals(List.of(), circle.action.calls);
      if (time < 3) {
        // the kill switch keeps it from ending before it is snoozed again
        operator.pause(new Control.Pause("a test", Optional.empty(), false), ANA);
        circle.ticks(Duration.ofMinutes(2));
        operator.resume(ANA);
      }
    }
    assertTrue(refused(episode, Duration.ofHours(1)).contains("3 times, which is all"));
    circle.until(EpisodeState.VERIFIED, Duration.ofMinutes(5));
  }

  @Test
  void whatWasSnoozedStaysSoAfterARestart() throws Exception {
    watch("train", Mode.ACT);
    circle.until(EpisodeState.WARNED, Duration.ofHours(1));
    String episode = circle.newest().id();
    snooze(episode, Duration.ofHours(4));
    circle.restart();
    circle.ticks(Duration.ofMinutes(239));
    assertEquals(EpisodeState.SNOOZED, circle.newest().state());
    assertEquals(List.of(), circle.action.calls);
    circle.until(EpisodeState.VERIFIED, Duration.ofMinutes(5));
  }

  @Test
  void saysThatARuleIsNotMutedAndHowToSeeWhichIs() {
    watch("train", Mode.ACT);
    JsonObject rule = Json.object().put("rule", "idle").build();
    Control.RefusedException refused =
        assertThrows(
            Control.RefusedException.class,
            () -> operator.decide(Control.Answer.UNMUTE, rule, ANA));
    assertTrue(String.valueOf(refused.getMessage()).contains("is not muted"));
  }

  private void policy(GuardPolicy policy) {
    GuardSettings now = circle.guards.settings();
    circle.guards.adopt(
        new GuardSettings(
            now.mode(),
            now.minNotice(),
            now.cooldown(),
            now.budgetPlans(),
            now.budgetPer(),
            now.protectedNames(),
            now.permitLife(),
            now.freshWithin(),
            policy));
  }

  @Test
  void whoApprovesIsWhoTheKernelSaysAndNotWhoTheRequestSays() throws Exception {
    watch("train", Mode.APPROVE);
    circle.until(EpisodeState.DUE, Duration.ofHours(2));
    circle.ticks(Duration.ofMinutes(1));
    policy(
        GuardPolicy.NONE.withApproving(new Approving(Duration.ofHours(1), true, new TreeSet<>())));
    JsonObject plan = list(view.plans(), "plans").getFirst();
    JsonObject forged =
        Json.object()
            .put("plan", plan.text("id").orElseThrow())
            .put("shown", plan.text("shown").orElseThrow())
            .put("by", "root")
            .put("user", "root")
            .build();
    Control.RefusedException refused =
        assertThrows(
            Control.RefusedException.class,
            () -> operator.decide(Control.Answer.APPROVE, forged, ANA));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("ana owns the workload"),
        refused.getMessage());
    circle.ticks(Duration.ofMinutes(5));
    assertEquals(List.of(), circle.action.calls);
    operator.decide(Control.Answer.APPROVE, forged, new Caller("bo", 1001, 9));
    circle.until(EpisodeState.VERIFIED, Duration.ofMinutes(5));
  }

  @Test
  void whatIsProtectedMeanwhileIsJudgedAtTheMomentOfApproval() throws Exception {
    watch("train", Mode.APPROVE);
    circle.until(EpisodeState.DUE, Duration.ofHours(2));
    circle.ticks(Duration.ofMinutes(1));
    JsonObject plan = list(view.plans(), "plans").getFirst();
    List<Glob> ana = List.of(new Glob("ana"));
    policy(
        GuardPolicy.NONE.withProtects(
            List.of(new Scope(List.of(), List.of(), List.of(), ana, List.of()))));
    assertRefused(
        "it would not be done whoever approves it: protection: protected for owners ana",
        plan.text("id").orElseThrow(),
        plan.text("shown").orElseThrow());
  }

  @Test
  void aBatchIsConfirmedAsItWasShownAndOnce() throws Exception {
    watch("train", Mode.ACT);
    policy(GuardPolicy.NONE.withBaseline(true));
    circle.until(EpisodeState.DUE, Duration.ofHours(2));
    circle.ticks(Duration.ofHours(3));
    assertEquals(List.of(), circle.action.calls);
    JsonObject plans = (JsonObject) view.plans();
    assertEquals("baseline", list(plans, "plans").getFirst().text("guard").orElseThrow());
    JsonObject batch = list(plans, "batches").getFirst();
    assertEquals("baseline", batch.text("name").orElseThrow());
    assertEquals(1, list(batch, "episodes").size());
    assertRefused("the batch 'baseline' is not the one that was shown", "baseline", "another");
    decide(Control.Answer.APPROVE, "baseline", batch.text("shown").orElseThrow());
    circle.until(EpisodeState.VERIFIED, Duration.ofMinutes(5));
    assertRefused(
        "nothing of the batch 'baseline' waits", "baseline", batch.text("shown").orElseThrow());
  }
}
