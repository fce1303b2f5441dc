package dev.reeve.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The keys {@code state_dir} and {@code runtime_dir}. Reading makes no folder.
 *
 * @param state what outlives the daemon: the journal first of all
 * @param runtime sockets
 */
public record FoldersConfig(Path state, Path runtime) {
  private static final String NAME = "reeve";

  static FoldersConfig read(Section root, Host host) {
    root.about(
        "state_dir",
        "folder of the journal and what else outlives the daemon; without this key `/var/lib/reeve`"
            + " for root, else `$XDG_STATE_HOME/reeve`, else `~/.local/state/reeve`");
    Optional<Path> usual = usualState(host);
    Path state =
        usual.isPresent()
            ? root.path("state_dir", usual.get())
            : root.path("state_dir").orElse(Path.of(NAME));
    if (usual.isEmpty() && root.text("state_dir").isEmpty()) {
      root.problem("state_dir", "a folder, since neither XDG_STATE_HOME nor HOME is set");
    }
    root.about(
        "runtime_dir",
        "folder of the sockets; without this key `/run/reeve` for root, else"
            + " `$XDG_RUNTIME_DIR/reeve`, else `run` in `state_dir`");
    return new FoldersConfig(state, root.path("runtime_dir", usualRuntime(host, state)));
  }

  private static Optional<Path> usualState(Host host) {
    Optional<Path> given = fromManager(host.variable("STATE_DIRECTORY"));
    if (given.isPresent()) {
      return given;
    }
    if (host.root()) {
      return Optional.of(Path.of("/var/lib", NAME));
    }
    if (!host.variable("XDG_STATE_HOME").isEmpty()) {
      return Optional.of(Path.of(host.variable("XDG_STATE_HOME"), NAME));
    }
    String home = host.variable("HOME");
    return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".local", "state", NAME));
  }

  private static Path usualRuntime(Host host, Path state) {
    Optional<Path> given = fromManager(host.variable("RUNTIME_DIRECTORY"));
    if (given.isPresent()) {
      return given.get();
    }
    if (host.root()) {
      return Path.of("/run", NAME);
    }
    String runtime = host.variable("XDG_RUNTIME_DIR");
    return runtime.isEmpty() ? state.resolve("run") : Path.of(runtime, NAME);
  }

  /// The service manager's own answer. A shell below another service inherits that service's
  /// folders, so only a folder of our name is ours.
  private static Optional<Path> fromManager(String folders) {
    for (String folder : folders.split(":", -1)) {
      if (folder.endsWith("/" + NAME)) {
        return Optional.of(Path.of(folder));
      }
    }
    return Optional.empty();
  }
}
