package dev.reeve.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.journal.JournalRecord;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A check of promises is worth something only if it sees each of them broken. */
final class PromisesTest {
  private static final UUID BOOT = new UUID(0, 1);
  private static final Role IDLE = role("train-idle");

  private final List<JournalRecord> records = new ArrayList<>();
  private final List<Signalled> signals = new ArrayList<>();

  @Test
  void aHistoryInOrderBreaksNone() {
    started(100);
    intent(107, "sigterm", 1);
    signals.add(new Signalled("train-idle", 7, 107));
    outcome(107.1, 1);
    intent(109, "sigkill", 2);
    assertEquals(List.of(), Promises.broken(records, signals, Map.of(IDLE, 7L)));
  }

  @Test
  void seesAStepThatWasSentTwice() {
    started(100);
    intent(107, "sigterm", 1);
    started(108);
    intent(115, "sigterm", 1);
    assertEquals(List.of("sigterm was sent twice to 7@5@boot"), broken());
  }

  @Test
  void seesASecondSignalThatTheJournalDoesNotKnow() {
    started(100);
    intent(107, "sigterm", 1);
    signals.add(new Signalled("train-idle", 7, 107));
    signals.add(new Signalled("train-idle", 7, 109));
    assertEquals(List.of("train-idle received SIGTERM twice"), broken());
  }

  @Test
  void seesASignalBeforeItsIntent() {
    started(100);
    signals.add(new Signalled("train-idle", 7, 106.9));
    intent(107, "sigterm", 1);
    assertEquals(List.of("train-idle received SIGTERM without a durable intent"), broken());
  }

  @Test
  void seesASignalForTheIntentOnAnother() {
    started(100);
    intent(107, "sigterm", 1);
    signals.add(new Signalled("train-nan", 8, 108));
    assertEquals(List.of("train-nan received SIGTERM without a durable intent"), broken());
  }

  @Test
  void seesAHarmingStepWithinAWindowOfAStart() {
    started(100);
    started(200);
    intent(205.9, "sigterm", 1);
    assertEquals(
        List.of("sigterm came 1770 s of evidence after a start; a window is 1800"), broken());
  }

  @Test
  void seesAnOutcomeWithoutItsIntent() {
    started(100);
    outcome(107, 1);
    assertEquals(List.of("step 1 of plan-1 has an outcome and no intent"), broken());
  }

  @Test
  void seesThatTheWrongOneWasEnded() {
    Role busy = role("train-busy");
    assertEquals(
        List.of("train-busy works all the time, and was ended"),
        Promises.broken(records, signals, Map.of(busy, 3L)));
  }

  @Test
  void seesThatOneWasEndedWithoutAnIntent() {
    assertEquals(
        List.of("train-idle was ended without a durable intent"),
        Promises.broken(records, signals, Map.of(IDLE, 7L)));
  }

  private List<String> broken() {
    return Promises.broken(records, signals, Map.of());
  }

  private void started(double seconds) {
    add("started", seconds, Json.object().put("speed", 300.0).build());
  }

  private void intent(double seconds, String name, int step) {
    add(
        "intent",
        seconds,
        Json.object()
            .put("plan", "plan-1")
            .put("step", step)
            .put("name", name)
            .put("effect", "harming")
            .put("rule", "idle-workload")
            .put("incarnation", "7@5@boot")
            .build());
  }

  private void outcome(double seconds, int step) {
    add("outcome", seconds, Json.object().put("plan", "plan-1").put("step", step).build());
  }

  private void add(String type, double seconds, JsonObject json) {
    records.add(
        new JournalRecord(records.size() + 1, 0, BOOT, (long) (seconds * 1e9), type, 1, json));
  }

  private static Role role(String name) {
    return Role.all().stream().filter(role -> role.name().equals(name)).findFirst().orElseThrow();
  }
}
