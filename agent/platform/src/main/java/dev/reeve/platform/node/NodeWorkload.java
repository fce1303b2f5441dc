package dev.reeve.platform.node;

import dev.reeve.model.WorkloadSighting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A workload of this node with the processes that make it up.
 *
 * @param members the root first, each after its parent
 * @param unit the unit that holds these members and nothing else
 * @param run the file in which it reports its progress, if it declares one
 */
public record NodeWorkload(
    WorkloadSighting sighting,
    List<Member> members,
    Optional<SystemdUnit> unit,
    Optional<Path> run) {
  public NodeWorkload {
    members = List.copyOf(members);
  }

  public Member root() {
    return members.getFirst();
  }
}
