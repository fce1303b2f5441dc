package dev.reeve.platform.node;

import dev.reeve.model.Incarnation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Finds the processes of a judged workload in a later snapshot. */
final class Survivors {
  /** What was found. */
  sealed interface Found {
    /**
     * Some live.
     *
     * @param members the root first if it lives
     * @param strangers those of them that neither were judged nor descend from one that was
     * @param unit the unit that they make up, if a unit was judged
     */
    record Some(List<Member> members, SortedSet<ProcessKey> strangers, Optional<SystemdUnit> unit)
        implements Found {}

    record None() implements Found {}

    record Unclear(String reason) implements Found {}
  }

  private final ThisNode node;
  private final ProcessTable table;
  private final Incarnation judged;
  private final ProcessTree tree;

  Survivors(ThisNode node, ProcessTable table, Incarnation judged) {
    this.node = node;
    this.table = table;
    this.judged = judged;
    this.tree = new ProcessTree(table, new Roles(table.ancestry(node.ownPid())));
  }

  Found find() {
    boolean unit = judged.uid().matches("[0-9a-f]{32}");
    String[] uid = judged.uid().split("@", -1);
    if (!unit && (uid.length != 3 || !uid[2].equals(node.bootId()))) {
      return new Found.None();
    }
    List<Member> covered = new ArrayList<>();
    for (String key : judged.members()) {
      ProcessKey.parse(key)
          .flatMap(table::find)
          .filter(process -> !process.ended())
          .flatMap(tree::member)
          .ifPresent(covered::add);
    }
    for (Member member : covered) {
      Role role = tree.role(member);
      if (role.boundary()) {
        return new Found.Unclear("process " + member.process().pid() + " is now " + role.words());
      }
    }
    return unit ? ofUnit(covered) : ofProcesses(covered);
  }

  private Found ofProcesses(List<Member> covered) {
    if (covered.isEmpty()) {
      return new Found.None();
    }
    Optional<ProcessKey> root = ProcessKey.parse(judged.uid());
    covered.sort((a, b) -> Boolean.compare(isRoot(b, root), isRoot(a, root)));
    Member first = covered.getFirst();
    Map<ProcessKey, Member> members = new LinkedHashMap<>();
    for (Member member : covered) {
      if (!member.process().exiting() && !member.details().sameUser(first.details())) {
        return new Found.Unclear("process " + member.process().pid() + " runs as another user now");
      }
      descend(member, members);
    }
    root.ifPresent(key -> orphans(key, first, members));
    return new Found.Some(List.copyOf(members.values()), new TreeSet<>(), Optional.empty());
  }

  private static boolean isRoot(Member member, Optional<ProcessKey> root) {
    return root.isPresent() && member.key().equals(root.get());
  }

  private void descend(Member member, Map<ProcessKey, Member> members) {
    Optional<String> name = member.details().environment().value("REEVE_NAME");
    Predicate<Member> belongs =
        child -> {
          Optional<String> other = child.details().environment().value("REEVE_NAME");
          return name.isEmpty() || other.isEmpty() || other.equals(name);
        };
    tree.below(member, belongs).members().forEach(found -> members.putIfAbsent(found.key(), found));
  }

  /**
   * Children whose parent has died since: they are in the process group that the root led. A group
   * keeps its number while a process is in it, so the number still means that group.
   */
  private void orphans(ProcessKey root, Member first, Map<ProcessKey, Member> members) {
    Optional<Member> inGroup =
        members.values().stream()
            .filter(member -> member.process().group() == root.pid())
            .findFirst();
    if (inGroup.isEmpty()) {
      return;
    }
    for (ProcessEntry process : table.all()) {
      boolean orphan =
          !process.ended()
              && process.group() == root.pid()
              && process.session() == inGroup.get().process().session()
              && process.key().startTicks() >= root.startTicks()
              && !members.containsKey(process.key())
              && adopted(process);
      Optional<Member> member = orphan ? tree.member(process) : Optional.empty();
      if (member.isPresent()
          && member.get().details().sameUser(first.details())
          && !tree.role(member.get()).boundary()) {
        descend(member.get(), members);
      }
    }
  }

  private boolean adopted(ProcessEntry process) {
    return table
        .find(process.parent())
        .flatMap(tree::member)
        .map(parent -> tree.role(parent) == Role.SERVICE_MANAGER)
        .orElse(true);
  }

  private Found ofUnit(List<Member> covered) {
    Units units = new Units(node, table);
    Optional<SystemdUnit> unit = units.of(judged.uid());
    if (unit.isEmpty()) {
      return covered.isEmpty()
          ? new Found.None()
          : new Found.Unclear("its processes live, but its unit is another one now");
    }
    Map<ProcessKey, Member> descendants = new LinkedHashMap<>();
    covered.forEach(member -> descend(member, descendants));
    SortedSet<ProcessKey> strangers = new TreeSet<>();
    List<Member> members = new ArrayList<>(units.inside(unit.get()));
    for (Member member : members) {
      if (tree.role(member).boundary() || !descendants.containsKey(member.key())) {
        strangers.add(member.key());
      }
    }
    return members.isEmpty() ? new Found.None() : new Found.Some(members, strangers, unit);
  }
}
