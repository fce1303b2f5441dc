package dev.reeve.simulation;

import dev.reeve.platform.node.Command;
import dev.reeve.platform.node.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The nvidia-smi of the machine, and all that can go wrong with it. */
final class Smi implements Program {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String QUERY = "--query-gpu=";

  private final World world;
  private final Wire wire;
  private final Stage stage;
  private final Gauges gauges;
  private Ailment ailment = Ailment.NONE;
  private long readAgainAt;

  /** What is wrong with it. */
  enum Ailment {
    NONE,
    FAILS,
    SLOW,
    GARBAGE,
    NO_PROCESSES
  }

  Smi(World world, Wire wire, Stage stage, Gauges gauges) {
    this.world = world;
    this.wire = wire;
    this.stage = stage;
    this.gauges = gauges;
  }

  /** The newest call of an action for it. */
  long readAgainAt() {
    return readAgainAt;
  }

  void ail(Ailment with) {
    ailment = with;
  }

  @Override
  public Command.Result run(String... arguments) {
    wire.call();
    readAgainAt = stage.acting() ? wire.calls() : readAgainAt;
    boolean gpus = arguments[0].startsWith(QUERY);
    return switch (ailment) {
      case NONE -> ended(gpus ? gpus(arguments[0].substring(QUERY.length())) : processes());
      case NO_PROCESSES -> ended(gpus ? gpus(arguments[0].substring(QUERY.length())) : "");
      case FAILS ->
          new Command.Result.Ended(9, "", "NVIDIA-SMI has failed because it couldn't communicate");
      case GARBAGE -> ended("#!?\u0000 [N/A],\n,,,,\n");
      case SLOW -> {
        stage.sleep(TIMEOUT);
        yield new Command.Result.TooLate(TIMEOUT);
      }
    };
  }

  private static Command.Result ended(String output) {
    return new Command.Result.Ended(0, output, "");
  }

  private String processes() {
    StringBuilder text = new StringBuilder();
    for (Workload workload : world.workloads) {
      if (workload.alive()) {
        for (int gpu : workload.gpus) {
          text.append(World.uuid(gpu))
              .append(", ")
              .append(workload.tasks.getFirst().pid)
              .append(", 30000\n");
        }
      }
    }
    return text.toString();
  }

  private String gpus(String columns) {
    String[] names = columns.split(",", -1);
    List<String> lines = new ArrayList<>();
    lines.add(String.join(", ", names));
    for (int gpu = 0; gpu < World.GPUS; gpu++) {
      List<String> cells = new ArrayList<>();
      for (String name : names) {
        cells.add(cell(name, gpu));
      }
      lines.add(String.join(", ", cells));
      gauges.told(gpu, !gauges.lying());
    }
    return String.join("\n", lines) + "\n";
  }

  private String cell(String column, int gpu) {
    return switch (column) {
      case "uuid" -> World.uuid(gpu);
      case "name" -> "NVIDIA H100 80GB HBM3";
      case "index" -> Integer.toString(gpu);
      case "pci.bus_id" -> "00000000:" + (10 + gpu) + ":00.0";
      case "mig.mode.current" -> "Disabled";
      case "utilization.gpu" -> Integer.toString(gauges.utilization(gpu));
      case "utilization.memory" -> gauges.busy(gpu) ? "40" : "0";
      case "memory.total" -> "81559";
      case "memory.used" -> Integer.toString(gauges.usedMebibytes(gpu));
      case "memory.free" -> Integer.toString(gauges.freeMebibytes(gpu));
      case "power.draw" -> Double.toString(gauges.power(gpu));
      case "enforced.power.limit" -> "700";
      case "temperature.gpu" -> Integer.toString(gauges.temperature(gpu));
      case "clocks.sm" -> Integer.toString(gauges.clock(gpu));
      case "remapped_rows.pending", "remapped_rows.failure" -> "No";
      case "gpu_recovery_action" -> "None";
      case "ecc.errors.uncorrected.volatile.total" -> "0";
      default -> "Not Active";
    };
  }
}
