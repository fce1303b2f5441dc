package dev.reeve.http;

import io.vertx.core.http.HttpConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is connected. Slow or silent clients are closed after a while, and when there are too many,
 * those that have been asking for nothing the longest make room, so that whoever asks for health
 * gets an answer.
 *
 * <p>Threads: the event loop only.
 */
final class Connections {
  private final int most;
  private final int patienceTicks;
  private final Map<HttpConnection, Integer> quietTicks = new LinkedHashMap<>();

  /**
   * @param patienceTicks calls of {@link #tick} that a client may take for a request or a response
   */
  Connections(int most, int patienceTicks) {
    this.most = most;
    this.patienceTicks = patienceTicks;
  }

  void opened(HttpConnection connection) {
    connection.closeHandler(_ -> quietTicks.remove(connection));
    quietTicks.put(connection, 0);
    if (quietTicks.size() > most) {
      close(quietTicks.keySet().iterator().next());
    }
  }

  /** A request came, or its answer is gone: the time counts from here. */
  void moved(HttpConnection connection) {
    if (quietTicks.remove(connection) != null) {
      quietTicks.put(connection, 0);
    }
  }

  void tick() {
    for (HttpConnection connection : List.copyOf(quietTicks.keySet())) {
      if (quietTicks.merge(connection, 1, Integer::sum) > patienceTicks) {
        close(connection);
      }
    }
  }

  private void close(HttpConnection connection) {
    quietTicks.remove(connection);
    connection.close();
  }
}
