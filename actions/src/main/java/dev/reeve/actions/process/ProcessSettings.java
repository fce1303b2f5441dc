package dev.reeve.actions.process;

import dev.reeve.platform.node.Member;
import dev.reeve.platform.node.OnlyEnvironment;
import java.time.Duration;
import java.util.Optional;

/**
 * What operators set.
 *
 * @param grace world clock: from SIGTERM until what is left may be killed
 * @param killWait world clock: how long the kernel may take after SIGKILL
 * @param unitStop world clock: how long the service manager may take to stop a unit
 * @param ownUid whose processes may be signalled
 * @param otherUsers whether processes of other users may be signalled
 * @param onlyEnvironment variables that every member must carry
 */
record ProcessSettings(
    Duration grace,
    Duration killWait,
    Duration unitStop,
    long ownUid,
    boolean otherUsers,
    OnlyEnvironment onlyEnvironment) {

  /** Why a member may not be signalled; empty text if it may. */
  String objection(Member member) {
    Optional<String> lacking = onlyEnvironment.lacking(member.details().environment());
    if (lacking.isPresent()) {
      return "process "
          + member.process().pid()
          + " does not carry "
          + lacking.get()
          + ", which actions.process.only_environment asks for";
    }
    if (!otherUsers && member.details().effectiveUid() != ownUid) {
      return "process "
          + member.process().pid()
          + " runs for another user (uid "
          + member.details().effectiveUid()
          + "); 'actions.process.other_users: true' and the capability CAP_KILL would let Reeve"
          + " signal it";
    }
    return "";
  }
}
