package dev.reeve.platform.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds which processes belong together, in one snapshot. */
final class ProcessTree {
  private final ProcessTable table;
  private final Roles roles;

  ProcessTree(ProcessTable table, Roles roles) {
    this.table = table;
    this.roles = roles;
  }

  /**
   * What belongs together.
   *
   * @param members the root first, each after its parent
   * @param session a process among the root's descendants that is no member, because it is a
   *     session or a manager itself; empty if there is none
   */
  record Tree(List<Member> members, Optional<Member> session) {
    Member root() {
      return members.getFirst();
    }
  }

  Optional<Member> member(ProcessEntry process) {
    return table.details(process).map(details -> new Member(process, details));
  }

  Role role(Member member) {
    return roles.of(member.process(), member.details());
  }

  /**
   * The topmost ancestor of the same user below the first boundary; the process itself if its
   * parent is one already, or cannot be read.
   */
  Member top(Member from) {
    Member top = from;
    while (true) {
      Optional<Member> parent = table.find(top.process().parent()).flatMap(this::member);
      if (parent.isEmpty()
          || !parent.get().details().sameUser(from.details())
          || !parent.get().details().commandLine().readable()
          || role(parent.get()).boundary()) {
        return top;
      }
      top = parent.get();
    }
  }

  /** A process and its descendants of the same user, down to where something else begins. */
  Tree below(Member root, Predicate<Member> belongs) {
    List<Member> members = new ArrayList<>(List.of(root));
    Optional<Member> session = Optional.empty();
    Deque<Member> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      for (ProcessEntry child : table.children(open.removeFirst().process())) {
        if (child.ended()) {
          continue;
        }
        Optional<Member> member = member(child);
        if (member.isEmpty() || !member.get().details().sameUser(root.details())) {
          continue;
        }
        if (role(member.get()).boundary()) {
          session = session.or(() -> member);
        } else if (belongs.test(member.get())) {
          members.add(member.get());
          open.addLast(member.get());
        }
      }
    }
    return new Tree(members, session);
  }

  /** Whether a process or one of its ancestors is of that role. */
  boolean under(Member member, Role role) {
    for (long pid : table.ancestry(member.process().pid())) {
      Optional<Member> ancestor = table.find(pid).flatMap(this::member);
      if (ancestor.isPresent() && role(ancestor.get()) == role) {
        return true;
      }
    }
    return false;
  }
}
