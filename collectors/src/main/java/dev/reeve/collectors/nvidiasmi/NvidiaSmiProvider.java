package dev.reeve.collectors.nvidiasmi;

import dev.reeve.config.Section;
import dev.reeve.linux.LinuxUnavailable;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.spi.Collector;
import dev.reeve.spi.CollectorProvider;
import dev.reeve.spi.Surroundings;
import java.util.List;
import java.util.Map;

/** Makes the collector where nvidia-smi is found or configured. */
public final class NvidiaSmiProvider implements CollectorProvider {
  private final Map<String, String> environment;

  public NvidiaSmiProvider() {
    this(System.getenv());
  }

  NvidiaSmiProvider(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return NvidiaSmiCollector.NAME;
  }

  @Override
  public List<Collector> create(Section section, Surroundings surroundings) {
    ThisNode here;
    try {
      here = ThisNode.here();
    } catch (LinuxUnavailable e) {
      if (section.present()) {
        section.problem("program", "Linux: " + e.getMessage());
      }
      return List.of();
    }
    NvidiaSmiConfig config = NvidiaSmiConfig.read(section, ThisNode.hostName());
    if (!config.found(environment.getOrDefault("PATH", ""))) {
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
