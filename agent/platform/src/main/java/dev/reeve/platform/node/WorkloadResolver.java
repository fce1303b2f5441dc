package dev.reeve.platform.node;

import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Protection;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadSighting;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Says which workload a process of this node belongs to.
 *
 * <p>A workload is the GPU process and those of its ancestors and their descendants with the same
 * user that lie below the first login shell, remote login, terminal multiplexer, cron, service
 * manager or container shim. If that is not unique, because a session lies among them or they
 * declare several names, it is the GPU process with its own descendants.
 *
 * <p>For one snapshot and one thread.
 */
public final class WorkloadResolver {
  /** What is said of a process. */
  public sealed interface Resolution {
    /** It belongs to this workload. */
    record Found(NodeWorkload workload) implements Resolution {}

    /** There is no such process any more. */
    record Gone() implements Resolution {}
  }

  private final ThisNode node;
  private final ProcessTable table;
  private final GpuProcesses gpus;
  private final ProcessTree tree;
  private final Units units;
  private final Foreign foreign;
  private final Users users;

  public WorkloadResolver(ThisNode node, ProcessTable table, GpuProcesses gpus) {
    this.node = node;
    this.table = table;
    this.gpus = gpus;
    this.tree = new ProcessTree(table, new Roles(table.ancestry(node.ownPid())));
    this.units = new Units(node, table);
    this.foreign =
        new Foreign(
            host(),
            node.containerIsNode()
                ? table.find(node.ownPid()).flatMap(table::details).map(ProcessDetails::confinement)
                : Optional.empty());
    this.users = new Users(node.passwd());
  }

  /** The namespaces of the first process are the machine's own; else those of this process. */
  private SortedMap<String, String> host() {
    SortedMap<String, String> first = table.namespaces(1);
    return first.isEmpty() ? table.namespaces(node.ownPid()) : first;
  }

  /** The workload of a process that stands in the process list of a GPU. */
  public Resolution ofGpuProcess(long pid) {
    Optional<Member> found =
        table.find(pid).filter(process -> !process.ended()).flatMap(tree::member);
    if (found.isEmpty()) {
      return new Resolution.Gone();
    }
    Member process = found.get();
    Role role = tree.role(process);
    if (role.boundary()) {
      return new Resolution.Found(untouchable(process, role));
    }
    Optional<String> name = process.details().environment().value("REEVE_NAME");
    ProcessTree.Tree whole = tree.below(tree.top(process), _ -> true);
    boolean unique =
        whole.session().isEmpty()
            && whole.members().stream().noneMatch(other -> differs(other, name));
    ProcessTree.Tree chosen =
        unique ? whole : tree.below(process, member -> !differs(member, name));
    return new Resolution.Found(workload(chosen.members()));
  }

  private static boolean differs(Member member, Optional<String> name) {
    Optional<String> other = member.details().environment().value("REEVE_NAME");
    return other.isPresent() && !other.equals(name) && (name.isPresent() || !other.get().isEmpty());
  }

  /**
   * The workload below a root that was found before, as it is now: how an action looks at its
   * target again.
   */
  public Resolution ofRoot(ProcessKey root) {
    Optional<Member> found =
        table.find(root).filter(process -> !process.ended()).flatMap(tree::member);
    if (found.isEmpty()) {
      return new Resolution.Gone();
    }
    Role role = tree.role(found.get());
    if (role.boundary()) {
      return new Resolution.Found(untouchable(found.get(), role));
    }
    Optional<String> name = found.get().details().environment().value("REEVE_NAME");
    Predicate<Member> belongs = name.isEmpty() ? _ -> true : member -> !differs(member, name);
    return new Resolution.Found(workload(tree.below(found.get(), belongs).members()));
  }

  /** The workload that these processes make up, the root first. */
  NodeWorkload workload(List<Member> members) {
    Declared declared = Declared.of(details(members));
    Optional<SystemdUnit> unit = units.holding(members);
    Optional<String> invocation = unit.flatMap(units::invocation);
    Optional<String> platform = foreignTo(members);
    WorkloadSighting sighting =
        new WorkloadSighting(
            id(members, unit, declared),
            incarnation(members, invocation),
            declared.kind(),
            declared.owner().isEmpty() ? user(members.getFirst()) : declared.owner(),
            declared.group(),
            extent(members, declared),
            protection(members, declared, unit.isPresent() && invocation.isEmpty()),
            declared.checkpoint(),
            platform.orElse(""));
    return new NodeWorkload(sighting, members, unit, declared.run());
  }

  /** Something that holds a GPU and is nobody's work: shown, so that the GPU has a holder. */
  private NodeWorkload untouchable(Member process, Role role) {
    List<Member> members = List.of(process);
    Declared declared = Declared.of(details(members));
    WorkloadSighting sighting =
        new WorkloadSighting(
            id(members, Optional.empty(), declared),
            incarnation(members, Optional.empty()),
            declared.kind(),
            user(process),
            "",
            extent(members, declared),
            Protection.because("it is " + role.words() + ", which is never touched"),
            Optional.empty(),
            foreignTo(members).orElse(""));
    return new NodeWorkload(sighting, members, Optional.empty(), Optional.empty());
  }

  private WorkloadId id(List<Member> members, Optional<SystemdUnit> unit, Declared declared) {
    String user = user(members.getFirst());
    boolean named = unit.isPresent() && !unit.get().transientName();
    String name =
        named
            ? unit.get().name()
            : declared.name().isEmpty() ? WorkloadName.of(members) : declared.name();
    return new WorkloadId(
        "node", node.machineId(), user, unit.isPresent() ? "unit" : "process", name);
  }

  private String user(Member member) {
    return users.name(member.details().effectiveUid());
  }

  private Incarnation incarnation(List<Member> members, Optional<String> invocation) {
    List<String> keys = members.stream().map(member -> member.key().toString()).toList();
    String root = members.getFirst().key() + "@" + node.bootId();
    return Incarnation.of(invocation.orElse(root), keys);
  }

  private Optional<String> foreignTo(List<Member> members) {
    Optional<String> named =
        members.stream()
            .map(member -> foreign.platform(member.details()))
            .flatMap(Optional::stream)
            .findFirst();
    if (named.isPresent()) {
      return named;
    }
    if (tree.under(members.getFirst(), Role.BATCH_SHIM)) {
      return Optional.of("batch");
    }
    return tree.under(members.getFirst(), Role.CONTAINER_SHIM)
        ? Optional.of("container")
        : Optional.empty();
  }

  private Extent extent(List<Member> members, Declared declared) {
    for (Member member : members) {
      Optional<String> reason = member.unreadable();
      if (reason.isPresent()) {
        return new Extent.Unknown("process " + member.process().pid() + ": " + reason.get());
      }
    }
    if (gpus.incomplete().isPresent()) {
      return new Extent.Unknown(gpus.incomplete().get());
    }
    if (!declared.singleNode()) {
      Optional<String> beyond = new Ranks(node).beyond(details(members));
      if (beyond.isPresent()) {
        return new Extent.Unknown(beyond.get());
      }
    }
    SortedSet<SubjectId> devices = new TreeSet<>();
    gpus.pids()
        .forEach(
            (device, pids) -> {
              if (members.stream().anyMatch(member -> pids.contains(member.process().pid()))) {
                devices.add(device);
              }
            });
    for (SubjectId device : devices) {
      if (gpus.boards().contains(device)) {
        return new Extent.Unknown(
            device.key() + " is divided, and which instance it holds is not said");
      }
    }
    return new Extent.Known(devices);
  }

  private static Protection protection(
      List<Member> members, Declared declared, boolean invocationUnknown) {
    for (Member member : members) {
      Optional<String> reason = member.unreadable();
      if (reason.isPresent()) {
        return Protection.because(
            "process " + member.process().pid() + ": " + reason.get() + ", so it may be protected");
      }
    }
    if (declared.protection().isPresent()) {
      return Protection.because(declared.protection().get());
    }
    return invocationUnknown
        ? Protection.because("the invocation id of its unit cannot be read")
        : Protection.none();
  }

  private static List<ProcessDetails> details(List<Member> members) {
    return members.stream().map(Member::details).toList();
  }
}
