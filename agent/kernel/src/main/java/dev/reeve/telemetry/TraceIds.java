package dev.reeve.telemetry;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Optional;
import java.util.function.Supplier;

/** The ids of a trace and of its root, chosen before the root is made. */
record TraceIds(String trace, String root) {
  private static final ScopedValue<TraceIds> FORCED = ScopedValue.newInstance();

  static TraceIds random() {
    IdGenerator random = IdGenerator.random();
    return new TraceIds(random.generateTraceId(), random.generateSpanId());
  }

  /** Empty when the text is not one that {@link #text()} wrote. */
  static Optional<TraceIds> parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    TraceIds ids = new TraceIds(text.substring(0, dash), text.substring(dash + 1));
    return TraceId.isValid(ids.trace) && SpanId.isValid(ids.root)
        ? Optional.of(ids)
        : Optional.empty();
  }

  String text() {
    return trace + "-" + root;
  }

  /** Makes a root span that gets these ids. */
  <T> T whileForced(Supplier<T> root) {
    return ScopedValue.where(FORCED, this).call(root::get);
  }

  /** Random, except for the roots that are made by {@link #whileForced}. */
  enum Generator implements IdGenerator {
    INSTANCE;

    @Override
    public String generateSpanId() {
      return FORCED.isBound() ? FORCED.get().root : IdGenerator.random().generateSpanId();
    }

    @Override
    public String generateTraceId() {
      return FORCED.isBound() ? FORCED.get().trace : IdGenerator.random().generateTraceId();
    }
  }
}
