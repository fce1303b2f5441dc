package dev.reeve.daemon;

import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonValue;
import dev.reeve.model.Episode;
import dev.reeve.time.Clocks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest attempts to tell somebody, for screens. Thread-safe. */
final class NoticeBoard {
  private static final int KEPT = 50;

  private final Clocks clocks;
  private final Traces traces;
  private final Deque<JsonValue> newest = new ArrayDeque<>();

  NoticeBoard(Clocks clocks, Traces traces) {
    this.clocks = clocks;
    this.traces = traces;
  }

  synchronized void noticed(Episode episode, String channel, boolean delivered) {
    newest.addFirst(
        Json.object()
            .put("at", Shapes.wall(clocks, clocks.evidence().nanos()))
            .put("episode", episode.id())
            .put("channel", channel)
            .put("delivered", delivered)
            .put("text", episode.rule() + ": " + Shapes.name(episode.subject()))
            .build());
    while (newest.size() > KEPT) {
      newest.removeLast();
    }
  }

  synchronized JsonArray json() {
    return Json.array(List.copyOf(newest));
  }

  String trace(Episode episode) {
    return traces.id(episode);
  }
}
