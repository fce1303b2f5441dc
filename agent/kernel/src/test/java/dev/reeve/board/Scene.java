package dev.reeve.board;

import static dev.reeve.board.Readings.SECOND;

import dev.reeve.model.Attribute;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.Extent;
import dev.reeve.model.Feature;
import dev.reeve.model.Incarnation;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Protection;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Slots;
import dev.reeve.model.Statistic;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A board and its sources, stepped by hand: each tick every source answers once. */
final class Scene {
  static final long TICK = 15 * SECOND;
  static final Duration SPAN = Duration.ofMinutes(10);
  static final int PER_SPAN = (int) (SPAN.toNanos() / TICK);
  static final SubjectId A = SubjectId.gpu("GPU-a");
  static final SubjectId B = SubjectId.gpu("GPU-b");
  static final WorkloadSighting TRAINER = sighting("trainer", "100@1@boot", A);
  static final WorkloadSighting OTHER = sighting("other", "200@2@boot", A);

  final Board board;
  long now = Readings.BEGIN;

  Scene(Map<SubjectKind, List<Feature>> asked, BoardSettings settings) {
    board = new Board(SlotTable.ofFeatures(asked), settings, Scene::price, "boot");
  }

  Scene(Map<SubjectKind, List<Feature>> asked) {
    this(asked, BoardSettings.defaults());
  }

  /** Asks for the same features of workloads, GPUs and runs. */
  static Scene asking(Feature... features) {
    return new Scene(table(features));
  }

  static Map<SubjectKind, List<Feature>> table(Feature... features) {
    Map<SubjectKind, List<Feature>> asked = new EnumMap<>(SubjectKind.class);
    for (SubjectKind kind : List.of(SubjectKind.WORKLOAD, SubjectKind.GPU, SubjectKind.RUN)) {
      asked.put(kind, List.of(features));
    }
    return asked;
  }

  static Feature max(Signal signal) {
    return feature(signal, Statistic.MAX);
  }

  static Feature feature(Signal signal, Statistic statistic) {
    return new Feature.OfWindow(signal, statistic, SPAN);
  }

  static Feature feature(Attribute attribute) {
    return new Feature.OfAttribute(attribute);
  }

  static Device device(SubjectId id) {
    return new Device(id, "NVIDIA H100 80GB HBM3", "0", "host", "", 80L << 30);
  }

  private static Cost price(Device device) {
    return switch (device.id().key()) {
      case "GPU-a" -> new Cost.Known(MoneyPerHour.of("2.50", "USD"), "list");
      case "GPU-b" -> new Cost.Known(MoneyPerHour.of("1.50", "USD"), "list");
      case "GPU-eur" -> new Cost.Known(MoneyPerHour.of("1.00", "EUR"), "list");
      default -> new Cost.Unknown("give a price for " + device.model());
    };
  }

  static WorkloadSighting sighting(String name, String uid, SubjectId... devices) {
    return sighting(name, uid, Extent.of(List.of(devices)));
  }

  static WorkloadSighting sighting(String name, String uid, Extent extent) {
    return new WorkloadSighting(
        new WorkloadId("node", "machine", "ann", "process", name),
        Incarnation.of(uid, List.of(uid)),
        WorkloadKind.TRAINING,
        "ann",
        "",
        extent,
        Protection.none(),
        Optional.empty(),
        "");
  }

  /** So many ticks, at each of which these sources answer. */
  @SafeVarargs
  final Snapshot ticks(int count, Supplier<Said>... sources) {
    Snapshot snapshot = board.snapshot(now);
    for (int i = 0; i < count; i++) {
      now += TICK;
      for (Supplier<Said> source : sources) {
        board.accept(source.get().at(now));
      }
      snapshot = board.snapshot(now);
    }
    return snapshot;
  }

  static boolean known(Subject subject, Feature feature) {
    return subject.slots().known(slot(subject, feature));
  }

  static double value(Subject subject, Feature feature) {
    Slots slots = subject.slots();
    if (!known(subject, feature)) {
      throw new AssertionError(feature.text() + ": " + slots.whyNot(slot(subject, feature)));
    }
    return slots.value(slot(subject, feature));
  }

  static String whyNot(Subject subject, Feature feature) {
    return subject.slots().whyNot(slot(subject, feature));
  }

  private static int slot(Subject subject, Feature feature) {
    return subject.slots().table().slot(subject.id().kind(), feature);
  }
}
