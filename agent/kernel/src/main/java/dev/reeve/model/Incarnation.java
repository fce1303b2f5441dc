package dev.reeve.model;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which one it is: what evidence, plan and permit are bound to. A Kubernetes object's uid,
 * generation and pod uids; a Slurm job's id, start time and restart count; on a bare node the root
 * process as {@code pid@start@boot} (or a unit's invocation id) and its members as {@code
 * pid@start}.
 *
 * @param uid never changes while the object lives
 * @param generation the platform's own counter of changes to the object; 0 where there is none
 * @param members uids of what belongs to it, sorted
 */
public record Incarnation(String uid, long generation, SortedSet<String> members) {
  public Incarnation {
    if (uid.isEmpty()) {
      throw new IllegalArgumentException("an incarnation needs a uid");
    }
    members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
  }

  public static Incarnation of(String uid, Collection<String> members) {
    return new Incarnation(uid, 0, new TreeSet<>(members));
  }

  /** Whether both are the same object, whatever happened to its generation and members. */
  public boolean sameObject(Incarnation other) {
    return uid.equals(other.uid);
  }

  /** This object as the platform shows it after a write of our own. */
  public Incarnation advancedTo(Incarnation readBack) {
    if (!sameObject(readBack)) {
      throw new IllegalArgumentException(readBack.uid + " is not " + uid);
    }
    return readBack;
  }
}
