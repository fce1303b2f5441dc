package dev.reeve.collectors.nvidiasmi;

import dev.reeve.config.Section;
import dev.reeve.platform.node.Command;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is asked how often.
 *
 * @param interval on the evidence clock
 * @param telemetry whether readings of the GPUs are taken too, or only who holds them
 * @param containerIsNode whether the container in which Reeve itself runs counts as the machine
 * @param host the name of this machine
 */
record NvidiaSmiConfig(
    Command command, Duration interval, boolean telemetry, boolean containerIsNode, String host) {
  private static final String PROGRAM = "nvidia-smi";

  static NvidiaSmiConfig read(Section section, String host) {
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Duration interval = section.duration("interval", Duration.ofSeconds(15));
    if (timeout.isZero() || timeout.isNegative()) {
      section.problem("timeout", "a duration above zero");
      timeout = Duration.ofSeconds(10);
    }
    if (interval.isZero() || interval.isNegative()) {
      section.problem("interval", "a duration above zero");
      interval = Duration.ofSeconds(15);
    }
    return new NvidiaSmiConfig(
        new Command(List.of(section.text("program", PROGRAM)), timeout),
        interval,
        section.flag("telemetry", true),
        section.flag("container_is_node", false),
        host);
  }

  /** Whether the program can be found at all. */
  boolean found(String searchPath) {
    String program = command.program().getFirst();
    if (program.contains("/")) {
      return executable(program);
    }
    for (String folder : searchPath.split(":", -1)) {
      if (executable(folder + "/" + program)) {
        return true;
      }
    }
    return false;
  }

  private static boolean executable(String path) {
    try {
      return Files.isExecutable(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
