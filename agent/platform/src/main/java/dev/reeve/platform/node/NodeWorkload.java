package dev.reeve.platform.node;

import dev.reeve.model.WorkloadSighting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

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
  private static final Pattern SESSION = Pattern.compile("/session-[^/]+\\.scope(/|$)");

  public NodeWorkload {
    members = List.copyOf(members);
  }

  public Member root() {
    return members.getFirst();
  }

  /**
   * How many of its processes were left behind: whoever started them in a login session is gone, so
   * that init is their parent. A service's parent is init, too, and is none of them. Unknown where
   * a process whose parent is init lies in neither, where one cannot be read, and where another
   * platform owns the workload and knows better.
   */
  public OptionalInt orphans() {
    if (!sighting.foreignTo().isEmpty()) {
      return OptionalInt.empty();
    }
    int orphans = 0;
    for (Member member : members) {
      Confinement confinement = member.details().confinement();
      if (member.process().parent() != 1) {
        continue;
      }
      if (!confinement.readable()) {
        return OptionalInt.empty();
      }
      if (SESSION.matcher(confinement.unitPath()).find()) {
        orphans++;
      } else if (SystemdUnit.of(confinement.unitPath()).isEmpty()) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(orphans);
  }
}
