package dev.reeve.collectors.nvidiasmi;

import dev.reeve.config.Section;
import dev.reeve.linux.LinuxUnavailable;
import dev.reeve.platform.node.Machine;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.spi.Collector;
import dev.reeve.spi.CollectorProvider;
import dev.reeve.spi.Surroundings;
import java.util.List;

/** Makes the collector where nvidia-smi is found or configured. */
public final class NvidiaSmiProvider implements CollectorProvider {
  private final Machine machine;

  /** Called by the service loader. */
  public NvidiaSmiProvider() {
    this(Machine.here());
  }

  /** For the GPUs of another machine, such as a simulated one. */
  public NvidiaSmiProvider(Machine machine) {
    this.machine = machine;
  }

  @Override
  public String name() {
    return NvidiaSmiCollector.NAME;
  }

  @Override
  public List<Collector> create(Section section, Surroundings surroundings) {
    ThisNode here;
    try {
      here = machine.node();
    } catch (LinuxUnavailable e) {
      if (section.present()) {
        section.problem("program", "Linux: " + e.getMessage());
      }
      return List.of();
    }
    NvidiaSmiConfig config = NvidiaSmiConfig.read(section, machine);
    if (!config.found()) {
      if (section.present()) {
        section.problem("program", "a program that can be run");
      }
      return List.of();
    }
    ThisNode node = config.containerIsNode() ? here.withinContainer() : here;
    return List.of(new NvidiaSmiCollector(config, node, surroundings.clocks()));
  }

  @Override
  public String missing() {
    return "nvidia-smi: not in PATH; it comes with the NVIDIA driver";
  }
}
