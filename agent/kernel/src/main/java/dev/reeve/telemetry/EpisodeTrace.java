package dev.reeve.telemetry;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;

/**
 * The trace of one episode, from its finding to its verified outcome. It holds nothing that must be
 * kept in memory: the spans join by {@link #id()}, which the journal keeps, so that a daemon that
 * was restarted goes on with the same trace. The root is sent last, when the episode closes.
 *
 * <p>Threads: any.
 */
public final class EpisodeTrace {
  private final Tracer tracer;
  private final TraceIds ids;
  private final String episode;
  private final Instant since;

  EpisodeTrace(Tracer tracer, TraceIds ids, String episode, Instant since) {
    this.tracer = tracer;
    this.ids = ids;
    this.episode = episode;
    this.since = since;
  }

  /** For the journal: what {@link Telemetry#resumeTrace} reads. */
  public String id() {
    return ids.text();
  }

  /** For people and dashboards: the trace's own id. */
  public String traceId() {
    return ids.trace();
  }

  /** Adds what happened, once it is over. */
  public void add(TraceSpan what) {
    var span =
        tracer
            .spanBuilder(what.name())
            .setParent(root())
            .setStartTimestamp(what.from())
            .startSpan();
    what.attributes().forEach((name, value) -> span.setAttribute(stringKey(name), value));
    end(span, what.failed(), what.to());
  }

  /**
   * Closes it.
   *
   * @param outcome the state in which the episode ended
   */
  public void close(Instant at, String outcome, boolean failed) {
    Span root =
        ids.whileForced(
            () ->
                tracer
                    .spanBuilder("episode")
                    .setNoParent()
                    .setStartTimestamp(since)
                    .setAttribute("reeve.episode", episode)
                    .setAttribute("reeve.outcome", outcome)
                    .startSpan());
    end(root, failed, at);
  }

  private static void end(Span span, boolean failed, Instant at) {
    if (failed) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(at);
  }

  private Context root() {
    SpanContext parent =
        SpanContext.createFromRemoteParent(
            ids.trace(), ids.root(), TraceFlags.getSampled(), TraceState.getDefault());
    return Context.root().with(Span.wrap(parent));
  }
}
