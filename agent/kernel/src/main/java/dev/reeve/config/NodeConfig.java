package dev.reeve.config;

/**
 * Keys below {@code node}.
 *
 * @param name what this machine is called in metrics, journal and messages
 */
public record NodeConfig(String name) {
  static NodeConfig read(Section section, Host host) {
    section.about("name", "what this machine is called; its host name if not set");
    String name = section.text("name", host.name());
    if (name.isBlank()) {
      section.problem("name", "a name that is not empty");
      return new NodeConfig(host.name());
    }
    return new NodeConfig(name);
  }
}
