package dev.reeve.demo;

import java.util.List;
import java.util.Map;

/**
 * The workloads of the demonstration.
 *
 * @param name file name of its script, and what Reeve calls it
 * @param gpus indices of the GPUs that it holds
 * @param environment what it declares
 * @param ends whether Reeve is to end it
 * @param why what the summary says of it
 */
record Role(
    String name, List<Integer> gpus, Map<String, String> environment, boolean ends, String why) {
  private static final Map<String, String> TRAINING = Map.of("REEVE_KIND", "training");

  /** All of them; eight GPUs, the last one behind an exporter that goes silent. */
  static List<Role> all() {
    return List.of(
        new Role("train-busy", List.of(0), TRAINING, false, "works all the time"),
        new Role("train-idle", List.of(1), TRAINING, true, "stopped using its GPU"),
        new Role("train-nan", List.of(2), TRAINING, true, "burns its GPU on a loss of NaN"),
        new Role(
            "train-protected",
            List.of(3),
            Map.of("REEVE_KIND", "training", "REEVE_PROTECT", "1"),
            false,
            "is idle, but protected"),
        new Role("train-half", List.of(4, 5), TRAINING, false, "is idle on one of two GPUs"),
        new Role("server", List.of(6), Map.of(), false, "is idle, but declares no kind"),
        new Role(
            "train-silent", List.of(7), TRAINING, false, "is idle, but its exporter went silent"));
  }

  /** Whether a GPU works at a minute of evidence time. */
  static boolean busy(int gpu, double minute) {
    return switch (gpu) {
      case 0, 2, 4 -> true;
      case 1 -> minute < 3;
      default -> false;
    };
  }

  /** The script: it sleeps, or reports a loss that is no number after some steps. */
  String script() {
    return name.equals("train-nan")
        ? """
        #!/bin/sh
        i=0
        while :; do
          i=$((i + 1))
          if [ $i -le 3 ]; then loss=0.7; else loss=NaN; fi
          echo "{\\"step\\":$i,\\"loss\\":$loss}" >> "$REEVE_RUN"
          sleep 0.3
        done
        """
        : "#!/bin/sh\nwhile :; do sleep 600; done\n";
  }
}
