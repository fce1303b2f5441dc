package dev.reeve.collectors.run;

import dev.reeve.config.Section;
import dev.reeve.platform.node.OnlyEnvironment;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.spi.Collector;
import dev.reeve.spi.CollectorProvider;
import dev.reeve.spi.Surroundings;
import java.util.List;
import java.util.Optional;

/** Makes the collector that listens to running programs. */
public final class RunSocketProvider implements CollectorProvider {
  /** Called by the service loader. */
  public RunSocketProvider() {}

  @Override
  public String name() {
    return "run_socket";
  }

  @Override
  public List<Collector> create(Section section, Surroundings surroundings) {
    section.about("enabled", "whether running programs may report to run.sock");
    boolean enabled = section.flag("enabled", true);
    section.about("files", "whether files that programs name by REEVE_RUN are read too");
    boolean files = section.flag("files", true);
    OnlyEnvironment whose = OnlyEnvironment.read(section, "files of processes are read");
    section.about(
        "container_is_node",
        "whether the container in which Reeve runs counts as the machine; for demonstrations");
    boolean container = section.flag("container_is_node", false);
    if (!enabled) {
      return List.of();
    }
    ThisNode here = ThisNode.here();
    ThisNode node = container ? here.withinContainer() : here;
    return List.of(
        new RunSocket(
            new RunSocket.Settings(
                node,
                files ? Optional.of(whose) : Optional.empty(),
                Quota.Limits.USUAL,
                RunSocket.SCAN),
            surroundings));
  }

  @Override
  public String missing() {
    return "run_socket: programs that report their loss are found diverged or stuck sooner; see"
        + " docs/run-reports.md";
  }
}
