package dev.reeve.collectors.nvidiasmi;

import dev.reeve.config.Section;
import dev.reeve.platform.node.Machine;
import dev.reeve.platform.node.Program;
import java.time.Duration;
import java.util.List;

/**
 * What is asked how often.
 *
 * @param program nvidia-smi
 * @param found whether there is one
 * @param interval on the evidence clock
 * @param telemetry whether readings of the GPUs are taken too, or only who holds them
 * @param containerIsNode whether the container in which Reeve itself runs counts as the machine
 * @param host the name of this machine
 */
record NvidiaSmiConfig(
    Program program,
    boolean found,
    Duration interval,
    boolean telemetry,
    boolean containerIsNode,
    String host) {
  private static final String PROGRAM = "nvidia-smi";

  static NvidiaSmiConfig read(Section section, Machine machine) {
    section.about("program", "the program, by name or path");
    String program = section.text("program", PROGRAM);
    section.about("timeout", "time for one of its answers, on the world clock");
    Duration timeout =
        section.duration(
            "timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(5));
    section.about("interval", "time between two questions, on the evidence clock");
    Duration interval =
        section.duration(
            "interval", Duration.ofSeconds(15), Duration.ofMillis(100), Duration.ofMinutes(10));
    section.about("telemetry", "whether readings are taken too, or only who holds the GPUs");
    section.about(
        "container_is_node", "for demonstrations: the container around Reeve is the node");
    return new NvidiaSmiConfig(
        machine.program(List.of(program), timeout),
        machine.has(program),
        interval,
        section.flag("telemetry", true),
        section.flag("container_is_node", false),
        machine.hostName());
  }
}
