package dev.reeve.board;

import dev.reeve.model.Signal;
import dev.reeve.model.Slots;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** All that a snapshot says, in text: two that say the same of every bit have equal texts. */
final class SnapshotText {
  private final StringBuilder out = new StringBuilder(1 << 14);

  private SnapshotText() {}

  static String of(Snapshot snapshot, Collection<Duration> spans) {
    SnapshotText text = new SnapshotText();
    text.line("at", snapshot.atNanos() + " " + snapshot.longestSpan());
    for (Subject subject : snapshot.subjects()) {
      text.subject(subject);
      for (Duration span : spans) {
        text.witnesses(span, snapshot.witnesses(subject.id(), span));
      }
    }
    snapshot.latest().forEach(text::latest);
    snapshot.claims().forEach((id, claims) -> text.line("claims " + id, claims));
    snapshot.declarations().forEach((id, declared) -> text.line("declared " + id, declared));
    text.line("ended", snapshot.endedRuns());
    snapshot.sources().forEach((name, source) -> text.line("source " + name, source));
    text.line("drops", snapshot.drops());
    return text.out.toString();
  }

  private void subject(Subject subject) {
    String rest =
        switch (subject) {
          case Subject.Workload one -> one.sighting() + " " + one.attribution();
          case Subject.Gpu one -> one.device() + " " + one.holder() + " " + one.holding();
          case Subject.Run one -> one.workload().toString();
          case Subject.Node one -> one.toString();
          case Subject.Endpoint one -> one.toString();
          case Subject.Budget one -> one.toString();
        };
    line(subject.id().toString(), rest + " " + subject.cost() + " " + subject.incarnation());
    Slots slots = subject.slots();
    line(" model", slots.gpuModel());
    for (int slot = 0; slot < slots.size(); slot++) {
      line(" " + slot, slots.known(slot) ? bits(slots.value(slot)) : slots.whyNot(slot));
    }
  }

  private void witnesses(Duration span, Map<Signal, Window> witnesses) {
    Map<String, Window> sorted = new TreeMap<>();
    witnesses.forEach((signal, window) -> sorted.put(signal.text(), window));
    sorted.forEach((signal, window) -> line(" " + span + " " + signal, text(window)));
  }

  private static String text(Window window) {
    return switch (window) {
      case Window.Unknown unknown -> unknown.toString();
      case Window.Counted counted -> counted.toString();
      case Window.Known known ->
          String.join(
              " ",
              known.span().toString(),
              bits(known.min()),
              bits(known.max()),
              bits(known.mean()),
              bits(known.last()),
              bits(known.increase()),
              bits(known.coverage()),
              known.newestAge().toString());
    };
  }

  private void latest(SubjectId id, Map<Signal, Double> latest) {
    Map<String, String> sorted = new TreeMap<>();
    latest.forEach((signal, value) -> sorted.put(signal.text(), bits(value)));
    line("latest " + id, sorted);
  }

  private static String bits(double value) {
    return Long.toHexString(Double.doubleToRawLongBits(value));
  }

  private void line(String name, Object value) {
    out.append(name).append(' ').append(value).append('\n');
  }
}
