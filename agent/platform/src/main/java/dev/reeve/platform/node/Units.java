package dev.reeve.platform.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which unit of the service manager holds a set of processes, and nothing else. */
final class Units {
  private final ThisNode node;
  private final ProcessTable table;

  Units(ThisNode node, ProcessTable table) {
    this.node = node;
    this.table = table;
  }

  /** The unit whose cgroup holds exactly these. */
  Optional<SystemdUnit> holding(List<Member> members) {
    String path = members.getFirst().details().confinement().unitPath();
    Optional<SystemdUnit> unit = SystemdUnit.of(path);
    if (unit.isEmpty() || holdsReeve(unit.get())) {
      return Optional.empty();
    }
    Set<ProcessKey> expected = new HashSet<>();
    members.forEach(member -> expected.add(member.key()));
    Set<ProcessKey> inside = new HashSet<>();
    inside(unit.get()).forEach(member -> inside.add(member.key()));
    return inside.equals(expected) ? unit : Optional.empty();
  }

  /** The unit whose present run has this id. */
  Optional<SystemdUnit> of(String invocation) {
    Set<SystemdUnit> units = new LinkedHashSet<>();
    for (ProcessEntry process : table.all()) {
      table
          .details(process)
          .flatMap(details -> SystemdUnit.of(details.confinement().unitPath()))
          .ifPresent(units::add);
    }
    return units.stream()
        .filter(unit -> !holdsReeve(unit))
        .filter(unit -> invocation(unit).equals(Optional.of(invocation)))
        .findFirst();
  }

  /** All living processes in the cgroup of a unit, whoever they belong to. */
  List<Member> inside(SystemdUnit unit) {
    List<Member> inside = new ArrayList<>();
    for (ProcessEntry process : table.all()) {
      if (!process.ended()) {
        table
            .details(process)
            .filter(details -> holds(unit, details))
            .ifPresent(details -> inside.add(new Member(process, details)));
      }
    }
    return inside;
  }

  private static boolean holds(SystemdUnit unit, ProcessDetails details) {
    return unit.holds(details.confinement().unitPath());
  }

  private boolean holdsReeve(SystemdUnit unit) {
    return unit.name().startsWith("reeve")
        || table
            .find(node.ownPid())
            .flatMap(table::details)
            .filter(details -> holds(unit, details))
            .isPresent();
  }

  /**
   * The id of the unit's present run, as systemd leaves it for the journal; empty if unreadable.
   */
  Optional<String> invocation(SystemdUnit unit) {
    Path folder =
        unit.manager().isPresent()
            ? node.run().resolve("user").resolve(Long.toString(unit.manager().getAsLong()))
            : node.run();
    Path link = folder.resolve("systemd/units/invocation:" + unit.name());
    try {
      String id = Files.readSymbolicLink(link).toString();
      return id.matches("[0-9a-f]{32}") ? Optional.of(id) : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
