package dev.reeve.actions.process;

import dev.reeve.config.Section;
import dev.reeve.linux.LinuxUnavailable;
import dev.reeve.platform.node.Machine;
import dev.reeve.platform.node.NvidiaSmi;
import dev.reeve.platform.node.OnlyEnvironment;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.spi.Action;
import dev.reeve.spi.ActionProvider;
import dev.reeve.spi.Surroundings;
import java.time.Duration;
import java.util.List;

/** Makes the action for processes and units of this machine. */
public final class ProcessActionProvider implements ActionProvider {
  private final Machine machine;

  /** Called by the service loader. */
  public ProcessActionProvider() {
    this(Machine.here());
  }

  /** For workloads of another machine, such as a simulated one. */
  public ProcessActionProvider(Machine machine) {
    this.machine = machine;
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public List<Action> create(Section section, Surroundings surroundings) {
    section.about("enabled", "whether processes of this machine may be acted on at all");
    boolean enabled = section.flag("enabled", true);
    section.about("grace", "time from SIGTERM until what is left is killed, on the world clock");
    Duration grace =
        section.duration(
            "grace", Duration.ofSeconds(60), Duration.ofMillis(500), Duration.ofHours(1));
    section.about(
        "unit_stop",
        "time that the service manager has to stop a unit, on the world clock; longer than the"
            + " unit's own TimeoutStopSec");
    Duration unitStop =
        section.duration(
            "unit_stop", Duration.ofMinutes(2), Duration.ofSeconds(1), Duration.ofHours(1));
    section.about("systemctl", "the program that stops and starts units");
    String systemctl = section.text("systemctl", "systemctl");
    section.about("other_users", "whether processes of other users may be signalled");
    boolean others = section.flag("other_users", false);
    OnlyEnvironment only = OnlyEnvironment.read(section, "processes are touched");
    section.about("nvidia_smi", "the program that lists the processes of the GPUs");
    String smi = section.text("nvidia_smi", "nvidia-smi");
    section.about(
        "container_is_node", "for demonstrations: the container around Reeve is the node");
    boolean container = section.flag("container_is_node", false);
    if (!enabled) {
      return List.of();
    }
    ThisNode node;
    try {
      node = container ? machine.node().withinContainer() : machine.node();
    } catch (LinuxUnavailable elsewhere) {
      return List.of();
    }
    long ownUid = machine.ownUid();
    return List.of(
        new ProcessAction(
            new ProcessSettings(grace, Duration.ofSeconds(5), unitStop, ownUid, others, only),
            machine,
            node,
            new NvidiaSmi(machine.program(List.of(smi), Duration.ofSeconds(10))),
            new Systemctl(machine.program(List.of(systemctl), Duration.ofSeconds(15)), ownUid)));
  }
}
