package dev.reeve.collectors.run;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.model.Cost;
import dev.reeve.model.Notice;
import dev.reeve.spi.Notifier.Delivery;
import dev.reeve.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Programs that want to be told. Only an acknowledgement of the program itself is a delivery.
 *
 * <p>Threads: any.
 */
final class Listeners {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A connection that can be told something. */
  interface Listener {
    Speaker speaker();

    /** False when it does not take it. */
    boolean tell(JsonObject line);
  }

  private record Waiting(Listener listener, String id, CompletableFuture<Boolean> answer) {}

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<Waiting> waiting = new CopyOnWriteArrayList<>();
  private final AtomicLong number = new AtomicLong();
  private final Ticker world;

  Listeners(Ticker world) {
    this.world = world;
  }

  void add(Listener listener) {
    if (!listeners.contains(listener)) {
      listeners.add(listener);
    }
  }

  void remove(Listener listener) {
    listeners.remove(listener);
    waiting.stream()
        .filter(each -> each.listener().equals(listener))
        .forEach(each -> each.answer().complete(false));
  }

  /** False for a notice that this program was not told of, or acknowledged already. */
  boolean acknowledged(Listener by, String id) {
    return waiting.stream()
        .filter(each -> each.listener().equals(by) && each.id().equals(id))
        .anyMatch(each -> each.answer().complete(true));
  }

  /** Tells all programs of the workload and waits until one has acknowledged. */
  Delivery deliver(Notice notice) throws InterruptedException {
    List<Listener> meant =
        listeners.stream()
            .filter(each -> each.speaker().means(notice.subject(), notice.workload()))
            .toList();
    if (meant.isEmpty()) {
      return new Delivery.NotDelivered("no program of this workload listens on run.sock");
    }
    long deadline = world.nanos() + PATIENCE.toNanos();
    String id = "n" + number.incrementAndGet();
    List<Waiting> told =
        meant.stream().map(each -> new Waiting(each, id, new CompletableFuture<>())).toList();
    waiting.addAll(told);
    try {
      JsonObject line = Json.object().put("notice", json(id, notice)).build();
      told.stream()
          .filter(each -> !each.listener().tell(line))
          .forEach(each -> each.answer().complete(false));
      return await(told, deadline);
    } finally {
      waiting.removeAll(told);
    }
  }

  private Delivery await(List<Waiting> told, long deadline) throws InterruptedException {
    for (Waiting each : told) {
      try {
        long left = Math.max(0, deadline - world.nanos());
        if (each.answer().get(left, TimeUnit.NANOSECONDS)) {
          Speaker speaker = each.listener().speaker();
          return new Delivery.Delivered(
              "process " + speaker.process().pid() + " of " + speaker.name());
        }
      } catch (TimeoutException e) {
        // another one may have acknowledged meanwhile
      } catch (ExecutionException e) {
        throw new IllegalStateException("nobody completes it by an exception", e);
      }
    }
    return new Delivery.NotDelivered(
        "the program listens on run.sock but did not acknowledge within "
            + PATIENCE.toSeconds()
            + " s");
  }

  private static JsonObjectBuilder json(String id, Notice notice) {
    JsonObjectBuilder out =
        Json.object()
            .put("id", id)
            .put("episode", notice.episode())
            .put("rule", notice.rule())
            .put("subject", notice.subject().toString())
            .put("workload", notice.workload())
            .put("remedy", notice.remedy())
            .put("text", notice.text());
    if (!notice.dueIn().isZero()) {
      out.put("in_seconds", notice.dueIn().toSeconds());
    }
    Optional.of(notice.waste())
        .filter(Cost.Known.class::isInstance)
        .ifPresent(_ -> out.put("waste", notice.waste().text()));
    return out;
  }
}
