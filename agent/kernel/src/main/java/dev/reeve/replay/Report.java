package dev.reeve.replay;

import dev.reeve.daemon.Shapes;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.loop.Cycle;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Puts what happened and what became of it together, oldest first. What waits for its horizon holds
 * up what came behind it.
 */
final class Report {
  private final Totals totals;
  private final Consumer<JsonObject> out;
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Map<String, Entry> open = new HashMap<>();

  private static final class Entry {
    private final Happened what;
    private Optional<Stop> stop = Optional.empty();
    private boolean settled;

    Entry(Happened what, boolean settled) {
      this.what = what;
      this.settled = settled;
    }
  }

  Report(Totals totals, Consumer<JsonObject> out) {
    this.totals = totals;
    this.out = out;
  }

  void happened(Happened what) {
    Entry entry = new Entry(what, !what.word().equals("go"));
    if (!entry.settled) {
      open.put(what.plan(), entry);
    }
    waiting.addLast(entry);
    flush();
  }

  void settled(Stop stop) {
    Entry entry = open.remove(stop.plan());
    if (entry != null) {
      entry.stop = Optional.of(stop);
      entry.settled = true;
      flush();
    }
  }

  void cycled(Cycle cycle) {
    totals.cycled(cycle);
  }

  /** Nothing more will come. */
  void end() {
    waiting.forEach(entry -> entry.settled = true);
    flush();
  }

  private void flush() {
    while (!waiting.isEmpty() && waiting.peekFirst().settled) {
      Entry entry = waiting.removeFirst();
      totals.add(entry.what, entry.stop);
      out.accept(json(entry));
    }
  }

  private static JsonObject json(Entry entry) {
    Happened what = entry.what;
    JsonObjectBuilder verdict = Json.object().put("word", what.word());
    if (!what.guard().isEmpty()) {
      verdict.put("guard", what.guard()).put("reason", what.reason());
    }
    JsonObjectBuilder json =
        Json.object()
            .put("type", "action")
            .put("time", time(what.atNanos()))
            .put("rule", what.rule())
            .put("subject", Shapes.name(what.subject()))
            .put("workload", Shapes.workload(what.workload()))
            .put("remedy", what.remedy().verb())
            .put("evidence", Json.array(what.evidence().stream().map(Shapes::evidence).toList()))
            .put("verdict", verdict)
            .put("rate", Shapes.cost(what.saves()));
    entry.stop.ifPresent(stop -> stop(json, stop));
    return json.build();
  }

  private static void stop(JsonObjectBuilder json, Stop stop) {
    OptionalLong again = stop.activeAgain();
    json.put("false_kill", again.isPresent());
    if (again.isPresent()) {
      json.put("active_again", time(again.getAsLong()));
    }
    json.put("whole_horizon", stop.wholeHorizon())
        .put("gpu_hours", Totals.rounded(stop.gpuHours()))
        .put("saved", stop.saved().map(Shapes::money));
  }

  static String time(long nanos) {
    return Instant.ofEpochMilli(Math.floorDiv(nanos, 1_000_000L)).toString();
  }
}
