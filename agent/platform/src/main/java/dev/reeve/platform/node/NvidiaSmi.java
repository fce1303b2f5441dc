package dev.reeve.platform.node;

import dev.reeve.model.SubjectId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Asks nvidia-smi for its GPUs and who computes on them.
 *
 * <p>The names of processes are not asked for: they are chosen by strangers and printed without
 * quotes, so that one of them could write a line for another process.
 */
public final class NvidiaSmi {
  /** The columns that are asked for; drivers of many years have them. */
  private static final List<String> COLUMNS =
      List.of(
          "uuid",
          "name",
          "index",
          "pci.bus_id",
          "mig.mode.current",
          "utilization.gpu",
          "utilization.memory",
          "memory.total",
          "memory.used",
          "memory.free",
          "power.draw",
          "enforced.power.limit",
          "temperature.gpu",
          "clocks.sm");

  /** How the GPUs themselves are; an older driver refuses the whole question for one of these. */
  private static final List<String> HEALTH =
      List.of(
          "ecc.errors.uncorrected.volatile.total",
          "remapped_rows.pending",
          "remapped_rows.failure",
          "gpu_recovery_action",
          "clocks_event_reasons.sw_thermal_slowdown",
          "clocks_event_reasons.hw_thermal_slowdown",
          "clocks_event_reasons.hw_power_brake_slowdown");

  private static final String REASONS = "clocks_event_reasons.";
  private static final String OLDER_REASONS = "clocks_throttle_reasons.";

  private final Program program;

  /** What of it this driver knows, as far as it was asked. */
  private volatile List<String> health = HEALTH;

  public NvidiaSmi(Program program) {
    this.program = program;
  }

  /** What came of a question. */
  public sealed interface Answer {
    /**
     * It answered.
     *
     * @param processes of the GPUs; says itself if it is incomplete
     */
    record Read(List<GpuRow> gpus, GpuProcesses processes) implements Answer {
      public Read {
        gpus = List.copyOf(gpus);
      }
    }

    record Failed(Failure failure, String reason) implements Answer {}
  }

  /** Why there is no answer. */
  public enum Failure {
    NOT_FOUND,
    TIMEOUT,
    TOO_LARGE,
    GARBAGE,
    FAILED
  }

  /** Two calls: what the GPUs are, then who computes on them; an old driver is asked again. */
  public Answer ask() throws InterruptedException {
    Command.Result printed = gpus();
    Optional<Answer.Failed> failed = failure(printed);
    if (failed.isPresent()) {
      return failed.get();
    }
    List<GpuRow> gpus;
    try {
      gpus = SmiTable.gpus(output(printed));
    } catch (IllegalArgumentException e) {
      return new Answer.Failed(Failure.GARBAGE, "nvidia-smi: " + e.getMessage());
    }
    if (gpus.stream().map(GpuRow::uuid).distinct().count() != gpus.size()) {
      return new Answer.Failed(Failure.GARBAGE, "nvidia-smi names one UUID twice");
    }
    return new Answer.Read(gpus, processes(gpus));
  }

  private Command.Result gpus() throws InterruptedException {
    while (true) {
      List<String> asked = health;
      Command.Result printed =
          program.run(
              "--query-gpu=" + String.join(",", COLUMNS) + below(asked), "--format=csv,nounits");
      List<String> known =
          asked.stream()
              .flatMap(
                  column -> refuses(printed, column) ? older(column).stream() : Stream.of(column))
              .toList();
      if (known.equals(asked)) {
        return printed;
      }
      health = known;
    }
  }

  /** Drivers before 535 have another name for it. */
  private static Optional<String> older(String column) {
    return column.startsWith(REASONS)
        ? Optional.of(OLDER_REASONS + column.substring(REASONS.length()))
        : Optional.empty();
  }

  private static String below(List<String> columns) {
    return columns.isEmpty() ? "" : "," + String.join(",", columns);
  }

  /** It names the first column that it does not know, and answers nothing. */
  private static boolean refuses(Command.Result printed, String column) {
    return printed instanceof Command.Result.Ended(int status, String said, String message)
        && status != 0
        && (said + message).contains('"' + column + "\" is not a valid field");
  }

  /** Only who computes on which GPU. */
  public GpuProcesses processes() throws InterruptedException {
    return switch (ask()) {
      case Answer.Read(List<GpuRow> _, GpuProcesses processes) -> processes;
      case Answer.Failed(Failure _, String reason) -> GpuProcesses.unknown(reason);
    };
  }

  private GpuProcesses processes(List<GpuRow> gpus) throws InterruptedException {
    Command.Result printed =
        program.run(
            "--query-compute-apps=gpu_uuid,pid,used_memory", "--format=csv,noheader,nounits");
    Optional<Answer.Failed> failed = failure(printed);
    if (failed.isPresent()) {
      return GpuProcesses.unknown(failed.get().reason());
    }
    try {
      return processes(gpus, SmiTable.apps(output(printed)));
    } catch (IllegalArgumentException e) {
      return GpuProcesses.unknown("nvidia-smi: " + e.getMessage());
    }
  }

  private static GpuProcesses processes(List<GpuRow> gpus, List<SmiTable.App> apps) {
    SortedMap<SubjectId, SortedSet<Long>> pids = new TreeMap<>();
    SortedSet<SubjectId> boards = new TreeSet<>();
    Set<String> known = new HashSet<>();
    for (GpuRow gpu : gpus) {
      known.add(gpu.uuid());
      if (gpu.divided()) {
        boards.add(SubjectId.gpu(gpu.uuid()));
      }
    }
    for (SmiTable.App app : apps) {
      SubjectId device = SubjectId.gpu(app.uuid());
      pids.computeIfAbsent(device, _ -> new TreeSet<>()).add(app.pid());
      if (!known.contains(app.uuid())) {
        boards.add(device); // an instance under its own name, which does not say whose it is
      }
    }
    return new GpuProcesses(pids, boards, Optional.empty());
  }

  private static Optional<Answer.Failed> failure(Command.Result result) {
    return switch (result) {
      case Command.Result.Ended(int status, String output, String message) ->
          status == 0
              ? Optional.empty()
              : Optional.of(
                  new Answer.Failed(
                      Failure.FAILED,
                      "nvidia-smi ended with status "
                          + status
                          + ": "
                          + (message.isEmpty() ? Wording.plain(output.strip(), 200) : message)));
      case Command.Result.NotStarted(String reason) ->
          Optional.of(new Answer.Failed(Failure.NOT_FOUND, reason));
      case Command.Result.TooLate(var deadline) ->
          Optional.of(
              new Answer.Failed(
                  Failure.TIMEOUT,
                  "nvidia-smi did not answer within " + deadline.toSeconds() + " s"));
      case Command.Result.TooMuch(int limit) ->
          Optional.of(
              new Answer.Failed(
                  Failure.TOO_LARGE, "nvidia-smi printed more than " + limit + " bytes"));
    };
  }

  private static String output(Command.Result result) {
    return result instanceof Command.Result.Ended(int _, String output, String _) ? output : "";
  }
}
