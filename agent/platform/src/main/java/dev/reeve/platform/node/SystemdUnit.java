package dev.reeve.platform.node;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service of the service manager.
 *
 * @param name with its suffix
 * @param manager uid of the user whose manager runs it; empty for the system's
 * @param cgroup the path that is its alone
 */
public record SystemdUnit(String name, OptionalLong manager, String cgroup) {
  private static final Pattern USER_MANAGER = Pattern.compile("user@(\\d{1,10})\\.service");

  /** Reads the path of a cgroup; empty for the root, a slice, a scope, {@code user@}. */
  static Optional<SystemdUnit> of(String cgroup) {
    StringBuilder path = new StringBuilder();
    OptionalLong manager = OptionalLong.empty();
    for (String part : cgroup.split("/", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      path.append('/').append(part);
      Matcher userManager = USER_MANAGER.matcher(part);
      if (userManager.matches() && manager.isEmpty()) {
        manager = OptionalLong.of(Long.parseLong(userManager.group(1)));
      } else if (part.endsWith(".service")) {
        String name = part.startsWith("_") ? part.substring(1) : part;
        return isPlain(name)
            ? Optional.of(new SystemdUnit(name, manager, path.toString()))
            : Optional.empty();
      } else if (!part.endsWith(".slice")) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** What systemd allows in the name of a unit. */
  private static boolean isPlain(String name) {
    return name.length() < 256 && name.matches("[A-Za-z0-9:_.\\\\@-]+\\.service");
  }

  /** Whether its name is new each time, as systemd-run makes them. */
  boolean transientName() {
    return name.matches("run-[a-z]?[0-9a-f]+\\.service");
  }

  /** Whether a path is its cgroup, or one below. */
  boolean holds(String path) {
    return path.equals(cgroup) || path.startsWith(cgroup + "/");
  }
}
