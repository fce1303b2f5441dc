package dev.reeve.http;

import dev.reeve.telemetry.Exposition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that can be asked for, in one table. Nothing here changes anything. */
final class Routes {
  /** Makes the answer; may take a while, so it is never called on the event loop. */
  interface Source {
    /**
     * @param accept the header of the request; empty text without one
     */
    Answer answer(String accept);
  }

  /** What a scraper gets. */
  interface Metrics {
    Exposition scrape(String accept);
  }

  /**
   * @param quick whether it is made without waiting for anything
   */
  record Route(boolean quick, Source source) {}

  private final Map<String, Route> table = new TreeMap<>();
  private final String policy;

  Routes(View view, Metrics metrics, Page page) {
    this.policy = page.policy();
    table.put("/", new Route(true, _ -> page.answer()));
    table.put("/healthz", new Route(true, _ -> Answer.text(200, "ok")));
    table.put("/readyz", new Route(false, _ -> readiness(view.readiness())));
    table.put("/metrics", new Route(false, accept -> metrics(metrics.scrape(accept))));
    table.put("/api/v1/status", new Route(false, _ -> Answer.json(view.status())));
    table.put("/api/v1/findings", new Route(false, _ -> Answer.json(view.findings())));
    table.put("/api/v1/plans", new Route(false, _ -> Answer.json(view.plans())));
    table.put("/api/v1/episodes", new Route(false, _ -> Answer.json(view.episodes())));
  }

  Optional<Route> route(String path) {
    return Optional.ofNullable(table.get(path));
  }

  /** The content security policy of all answers. */
  String policy() {
    return policy;
  }

  /** For whoever asked for something else. */
  String paths() {
    return String.join(", ", table.keySet());
  }

  private static Answer readiness(View.Readiness readiness) {
    return readiness.ready()
        ? Answer.text(200, "ready")
        : Answer.text(503, "not ready: " + plain(readiness.reason()));
  }

  /** On one line, and harmless to a terminal. */
  private static String plain(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static Answer metrics(Exposition page) {
    return new Answer(200, page.contentType(), page.bytes());
  }
}
