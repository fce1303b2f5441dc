package dev.reeve.collectors.run;

import dev.reeve.time.Ticker;
import java.util.HashMap;
import java.util.Map;

/**
 * What each user may use: connections, and lines and bytes a second with something in hand for a
 * burst. One user's programs never take from another's.
 *
 * <p>Threads: any.
 */
final class Quota {
  /**
   * @param connections at once
   * @param lines a second
   * @param bytes a second
   * @param burstSeconds how many seconds' worth may come at once
   */
  record Limits(int connections, int lines, int bytes, int burstSeconds) {
    static final Limits USUAL = new Limits(24, 100, 256 * 1024, 10);
  }

  private static final int MOST_USERS = 4_096;

  private static final class Use {
    private int connections;
    private double lines;
    private double bytes;
    private long filledNanos;
  }

  private final Limits limits;
  private final Ticker world;
  private final Map<Long, Use> users = new HashMap<>();

  Quota(Limits limits, Ticker world) {
    this.limits = limits;
    this.world = world;
  }

  /** Takes a connection; false when the user has enough. */
  synchronized boolean connect(long uid) {
    if (users.size() >= MOST_USERS && !users.containsKey(uid)) {
      users.values().removeIf(use -> use.connections == 0);
    }
    Use use = use(uid);
    if (use.connections >= limits.connections()) {
      return false;
    }
    use.connections++;
    return true;
  }

  synchronized void disconnect(long uid) {
    use(uid).connections--;
  }

  /** Takes a line; false when the user is too fast. */
  synchronized boolean line(long uid, int bytes) {
    Use use = use(uid);
    double seconds = (world.nanos() - use.filledNanos) / 1e9;
    use.filledNanos = world.nanos();
    use.lines = Math.min(full(limits.lines()), use.lines + seconds * limits.lines());
    use.bytes = Math.min(full(limits.bytes()), use.bytes + seconds * limits.bytes());
    if (use.lines < 1 || use.bytes < bytes) {
      return false;
    }
    use.lines--;
    use.bytes -= bytes;
    return true;
  }

  private double full(int perSecond) {
    return (double) perSecond * limits.burstSeconds();
  }

  private Use use(long uid) {
    return users.computeIfAbsent(
        uid,
        _ -> {
          Use use = new Use();
          use.filledNanos = world.nanos();
          use.lines = full(limits.lines());
          use.bytes = full(limits.bytes());
          return use;
        });
  }

  String sentence() {
    return "slow down: the programs of one user may send "
        + limits.lines()
        + " lines and "
        + limits.bytes() / 1024
        + " KiB a second; report every few steps";
  }
}
