package dev.reeve.simulation;

import dev.reeve.guard.Mode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What operators said, as far as the daemon acknowledged it; each with the call at which it was.
 */
final class Switches {
  /** What the daemon may do at most, and since which of its calls. */
  private Mode mode = Mode.ACT;

  private long stricterSince;
  private boolean paused;
  private long pausedUntil = Long.MAX_VALUE;
  private long pausedSince;
  private boolean stopFile;
  private long stoppedSince;
  private boolean held;
  final Map<String, Long> approved = new HashMap<>();
  final Set<String> denied = new HashSet<>();

  Mode mode() {
    return mode;
  }

  /** Another mode is in force now, and was acknowledged. */
  void mode(Mode now, long call) {
    mode = now;
    stricterSince = call;
  }

  boolean modeSince(long call) {
    return stricterSince < call;
  }

  void pause(long untilNanos, long call) {
    paused = true;
    pausedUntil = untilNanos;
    pausedSince = call;
  }

  void resume() {
    paused = false;
  }

  /** Whether a pause holds at an instant, and did before a call of the daemon. */
  boolean paused(long nanos, long call) {
    return paused && nanos < pausedUntil && pausedSince < call;
  }

  void stopFile(boolean there, long call) {
    stopFile = there;
    stoppedSince = call;
  }

  boolean stopped(long call) {
    return stopFile && stoppedSince < call;
  }

  /** Rules may only warn, because what is there does not load. */
  void held(boolean so) {
    held = so;
  }

  boolean held() {
    return held;
  }
}
