package dev.reeve.daemon;

import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.json.JsonValue;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.Evidence;
import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Truth;
import dev.reeve.model.WorkloadId;
import dev.reeve.time.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/** The small shapes that every answer of the API is made of; {@code docs/api.md} describes them. */
public final class Shapes {
  /** GPUs as people count them: a node's together, 2 before 10. */
  static final Comparator<Device> BY_PLACE =
      Comparator.comparing(Device::node)
          .thenComparingInt(device -> device.index().length())
          .thenComparing(Device::index)
          .thenComparing(device -> device.id().key());

  private Shapes() {}

  static JsonObject rate(MoneyPerHour rate) {
    return Json.object()
        .put("amount", rate.perHour().amount().toPlainString())
        .put("currency", rate.currency().getCurrencyCode())
        .put("per", "h")
        .build();
  }

  public static JsonObject money(Money money) {
    return Json.object()
        .put("amount", money.amount().toPlainString())
        .put("currency", money.currency().getCurrencyCode())
        .build();
  }

  public static JsonObject cost(Cost cost) {
    return switch (cost) {
      case Cost.Known known ->
          Json.object()
              .put("amount", known.rate().perHour().amount().toPlainString())
              .put("currency", known.rate().currency().getCurrencyCode())
              .put("per", "h")
              .put("source", known.source())
              .build();
      case Cost.Unknown unknown -> Json.object().put("unknown", unknown.reason()).build();
    };
  }

  static JsonArray rates(Collection<MoneyPerHour> rates) {
    return Json.array(rates.stream().map(Shapes::rate).toList());
  }

  public static JsonArray sums(Collection<Money> sums) {
    return Json.array(sums.stream().map(Shapes::money).toList());
  }

  /** A number that is known; left out otherwise. */
  static void number(JsonObjectBuilder into, String name, double value) {
    if (Double.isFinite(value)) {
      into.put(name, value);
    }
  }

  public static JsonValue evidence(Evidence one) {
    JsonObjectBuilder json =
        Json.object()
            .put("subject", name(one.subject()))
            .put("expression", one.expression())
            .put("comparison", one.comparison())
            .put("witness", one.group().text())
            .put("truth", truth(one.truth()));
    number(json, "value", one.value());
    number(json, "threshold", one.threshold());
    if (!one.whyNot().isEmpty()) {
      json.put("why_not", one.whyNot());
    }
    return json.build();
  }

  static String truth(Truth truth) {
    return switch (truth) {
      case CONFIRMED -> "true";
      case REFUTED -> "false";
      case UNKNOWN -> "unknown";
    };
  }

  /** A subject as people know it: without uid, boot and cluster. */
  public static String name(SubjectId id) {
    int hash = id.key().indexOf('#');
    int slash = id.key().indexOf('/', hash);
    if (id.kind() == SubjectKind.ENDPOINT && hash >= 0 && slash >= 0) {
      return "endpoint:" + workload(id.key()) + id.key().substring(slash);
    }
    if (id.kind() != SubjectKind.WORKLOAD) {
      return id.toString();
    }
    return workload(hash < 0 ? id.key() : id.key().substring(0, hash));
  }

  /** A workload id as people know it; text that is none stays as it is. */
  public static String workload(String id) {
    try {
      int hash = id.indexOf('#');
      return WorkloadId.parse(hash < 0 ? id : id.substring(0, hash)).display();
    } catch (IllegalArgumentException other) {
      return id;
    }
  }

  /** The wall time of a reading of the evidence clock. */
  static String wall(Clocks clocks, long evidenceNanos) {
    double worldAgo = (clocks.evidence().nanos() - evidenceNanos) / clocks.speed();
    Instant at = clocks.wall().instant().minusNanos((long) worldAgo);
    return at.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
  }

  static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }

  static String name(Subject subject) {
    return name(subject.id());
  }
}
