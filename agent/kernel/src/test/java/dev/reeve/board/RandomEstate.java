package dev.reeve.board;

import static dev.reeve.board.Readings.SECOND;

import dev.reeve.model.Attribute;
import dev.reeve.model.Cost;
import dev.reeve.model.Declaration;
import dev.reeve.model.Device;
import dev.reeve.model.Extent;
import dev.reeve.model.Feature;
import dev.reeve.model.Incarnation;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Protection;
import dev.reeve.model.RunReport;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.CollectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * A random life of a small estate: GPUs read by two sources that may contradict each other, MIG
 * instances that are cut anew, workloads of two platforms that come, share, restart and go, runs,
 * declarations, sources that fail, fall silent or stamp wrongly, and rules that change.
 */
final class RandomEstate {
  static final Duration SHORT = Duration.ofMinutes(5);
  static final Duration LONG = Duration.ofMinutes(12);
  static final Duration LONGER = Duration.ofMinutes(20);
  private static final long TICK = 15 * SECOND;
  private static final List<Signal> SIGNALS =
      List.of(
          Signal.GPU_ENGINE_ACTIVE,
          Signal.GPU_UTILIZATION,
          Signal.GPU_POWER,
          Signal.GPU_TEMPERATURE,
          Signal.GPU_ENERGY,
          Signal.GPU_PCIE_RATE,
          Signal.GPU_MEMORY_USED);
  private static final int GPUS = 5;

  private final Random random;
  private final double trouble;
  private final Board board;
  private final Set<String> silent = new HashSet<>();
  private final List<WorkloadSighting> workloads = new ArrayList<>();
  private final String[] profiles = {"", "", "", "1g.10gb", "2g.20gb"};
  private final double[] energy = new double[GPUS];
  private final boolean[] frozen = new boolean[GPUS];
  private int born;
  private long now = Readings.BEGIN;

  RandomEstate(long seed) {
    random = new Random(seed);
    trouble = random.nextInt(4) * 0.01;
    board = new Board(table(SHORT, LONG), BoardSettings.defaults(), RandomEstate::price, "boot");
    for (int i = 0; i < 4; i++) {
      workloads.add(born(i % 2 == 0 ? "k8s" : "node"));
    }
  }

  /** One tick later. */
  Snapshot next() {
    now += TICK;
    for (String source : List.of("dcgm:a", "nvidia_smi:a", "k8s", "procs", "runs")) {
      if (happens(trouble)) {
        silent.add(source);
      } else if (happens(0.3)) {
        silent.remove(source);
      }
      if (!silent.contains(source)) {
        board.accept(said(source).at(happens(trouble / 4) ? now - 2 * TICK : now));
      } else if (happens(0.5)) {
        board.failed(source, new CollectException(CollectException.Reason.TIMEOUT, "gone"));
      }
    }
    change();
    if (happens(trouble / 4)) {
      board.reconfigure(random.nextBoolean() ? table(SHORT, LONGER) : table(SHORT, LONG));
    }
    return board.snapshot(now);
  }

  private void change() {
    for (int gpu = 0; gpu < GPUS; gpu++) {
      if (happens(trouble / 6)) {
        frozen[gpu] ^= true;
      }
    }
    if (happens(trouble)) {
      workloads.set(random.nextInt(workloads.size()), born(random.nextBoolean() ? "k8s" : "node"));
    }
    if (happens(trouble / 4)) {
      profiles[4] = profiles[4].equals("2g.20gb") ? "3g.40gb" : "2g.20gb";
    }
  }

  private Said said(String source) {
    Said said = new Said(source);
    switch (source) {
      case "k8s" -> platform(said, "k8s");
      case "procs" -> {
        platform(said, "node");
        workloads.forEach(
            one -> said.reads(one.subject(), Signal.PROCESS_CPU_RATE, random.nextInt(3)));
      }
      case "runs" -> runs(said);
      default -> readings(said, source.startsWith("dcgm"));
    }
    return said;
  }

  private void readings(Said said, boolean dcgm) {
    for (int i = 0; i < GPUS; i++) {
      SubjectId gpu = gpu(i);
      if (happens(trouble)) {
        continue;
      }
      said.lists(
          new Device(
              gpu, dcgm ? "NVIDIA H100 80GB HBM3" : "", "" + i, "n", profiles[i], 80L << 30));
      for (Signal signal : SIGNALS) {
        if (dcgm || signal != Signal.GPU_ENGINE_ACTIVE) {
          said.reads(gpu, signal, reading(i, signal));
        }
      }
    }
  }

  private double reading(int gpu, Signal signal) {
    if (frozen[gpu]) {
      return signal == Signal.GPU_ENERGY ? energy[gpu] : 50;
    }
    if (signal == Signal.GPU_ENERGY) {
      energy[gpu] = happens(trouble / 4) ? 0 : energy[gpu] + random.nextInt(3_000);
      return energy[gpu];
    }
    boolean busy = (now / (97 * TICK) + gpu) % 3 != 0 || happens(trouble);
    return (busy ? 60 : 10) + random.nextDouble();
  }

  /** A platform shows its own; the node also sees pods, as foreign. */
  private void platform(Said said, String platform) {
    for (int i = 0; i < GPUS; i++) {
      List<SubjectId> holders = new ArrayList<>();
      for (WorkloadSighting one : workloads) {
        boolean its =
            one.extent() instanceof Extent.Known known && known.devices().contains(gpu(i));
        if (its && one.id().platform().equals(platform)) {
          holders.add(one.subject());
        } else if (its && platform.equals("node")) {
          WorkloadSighting seen = foreign(one);
          said.shows(seen);
          holders.add(seen.subject());
        }
      }
      if (happens(trouble)) {
        said.unsure(gpu(i));
      } else if (holders.isEmpty()) {
        said.nobody(gpu(i));
      } else {
        said.held(gpu(i), holders.toArray(SubjectId[]::new));
      }
    }
    workloads.stream()
        .filter(one -> one.id().platform().equals(platform) && !happens(trouble))
        .forEach(said::shows);
    if (happens(trouble)) {
      said.declares(
          new Declaration(
              workloads.getFirst().subject(),
              Optional.of(WorkloadKind.BATCH),
              Optional.of("bob"),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              random.nextBoolean(),
              false));
    }
  }

  private void runs(Said said) {
    for (WorkloadSighting one : workloads) {
      if (happens(0.2)) {
        said.reports(
            new RunReport(
                SubjectId.run(one.subject().key() + "/r" + random.nextInt(2)),
                one.subject(),
                now - random.nextInt(3) * SECOND,
                OptionalLong.of(now / TICK),
                OptionalDouble.of(happens(0.2) ? Double.NaN : random.nextDouble()),
                happens(trouble)));
      }
    }
  }

  private WorkloadSighting born(String platform) {
    born++;
    List<SubjectId> devices = new ArrayList<>();
    for (int i = 0; i < GPUS; i++) {
      if (happens(0.3)) {
        devices.add(gpu(i));
      }
    }
    return new WorkloadSighting(
        new WorkloadId(platform, "c", "ann", "Job", "w" + born % 6),
        Incarnation.of("uid" + born, List.of("m" + born)),
        WorkloadKind.TRAINING,
        "ann",
        "",
        happens(0.1) ? new Extent.Unknown("it may have more") : Extent.of(devices),
        happens(0.2) ? Protection.because("a label") : Protection.none(),
        Optional.empty(),
        "");
  }

  private static WorkloadSighting foreign(WorkloadSighting pod) {
    return new WorkloadSighting(
        new WorkloadId("node", "c", "root", "process", pod.id().name()),
        Incarnation.of("pid-" + pod.incarnation().uid(), List.of("1")),
        WorkloadKind.UNKNOWN,
        "root",
        "",
        pod.extent(),
        Protection.none(),
        Optional.empty(),
        pod.id().platform());
  }

  private boolean happens(double chance) {
    return random.nextDouble() < chance;
  }

  private static SubjectId gpu(int number) {
    return SubjectId.gpu("GPU-" + number);
  }

  private static Cost price(Device device) {
    return switch (device.id().key()) {
      case "GPU-0", "GPU-1" -> new Cost.Known(MoneyPerHour.of("2.50", "USD"), "list");
      case "GPU-2" -> new Cost.Known(MoneyPerHour.of("1.50", "USD"), "contract");
      case "GPU-3" -> new Cost.Known(MoneyPerHour.of("1.00", "EUR"), "list");
      default -> new Cost.Unknown("give a price for " + device.model());
    };
  }

  private static SlotTable table(Duration one, Duration other) {
    List<Feature> windows = new ArrayList<>();
    for (Duration span : List.of(one, other)) {
      for (Signal signal : SIGNALS) {
        for (Statistic statistic : Statistic.values()) {
          windows.add(new Feature.OfWindow(signal, statistic, span));
        }
      }
      windows.add(new Feature.OfWindow(Signal.PROCESS_CPU_RATE, Statistic.MAX, span));
      windows.add(new Feature.OfWindow(Signal.GPU_POWER_OVER_IDLE, Statistic.MAX, span));
      windows.add(new Feature.OfWindow(Signal.COST_RATE, Statistic.MEAN, span));
    }
    Map<SubjectKind, List<Feature>> asked = new EnumMap<>(SubjectKind.class);
    for (SubjectKind kind : List.of(SubjectKind.WORKLOAD, SubjectKind.GPU, SubjectKind.RUN)) {
      List<Feature> features = new ArrayList<>(windows);
      for (Attribute attribute : Attribute.values()) {
        if (attribute.kind() != SubjectKind.ENDPOINT) {
          features.add(new Feature.OfAttribute(attribute));
        }
      }
      asked.put(kind, features);
    }
    return SlotTable.ofFeatures(asked);
  }
}
