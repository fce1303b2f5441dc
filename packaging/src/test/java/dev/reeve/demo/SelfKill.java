package dev.reeve.demo;

import dev.reeve.journal.CrashPoint;
import dev.reeve.linux.LinuxException;
import dev.reeve.linux.Pidfd;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills the daemon that it is loaded into, with SIGKILL, at a named point. It is found on the class
 * path of the tests only, so no released daemon can have it.
 */
public final class SelfKill implements CrashPoint {
  /** {@code POINT[@METHOD][#COUNT]}; unset: never. */
  static final String VARIABLE = "REEVE_TEST_KILL_AT";

  private static final int SIGKILL = 9;

  private final Optional<When> when;
  private final AtomicInteger times = new AtomicInteger();

  /**
   * When to die.
   *
   * @param point name of the point
   * @param within a method that must be on the stack: says which record is being appended; empty
   *     for any
   * @param count at which time
   */
  record When(String point, String within, int count) {
    static When parse(String text) {
      String[] counted = text.split("#", 2);
      String[] within = counted[0].split("@", 2);
      return new When(
          within[0],
          within.length > 1 ? within[1] : "",
          counted.length > 1 ? Integer.parseInt(counted[1]) : 1);
    }

    boolean here(String reached) {
      return point.equals(reached)
          && (within.isEmpty()
              || StackWalker.getInstance()
                  .walk(frames -> frames.anyMatch(f -> f.getMethodName().equals(within))));
    }
  }

  /** For the {@link java.util.ServiceLoader}. */
  public SelfKill() {
    this.when = Optional.ofNullable(System.getenv(VARIABLE)).map(When::parse);
  }

  @Override
  public void reached(String point) {
    if (when.isPresent()
        && when.get().here(point)
        && times.incrementAndGet() == when.get().count()) {
      die();
    }
  }

  private static void die() {
    try (Pidfd self = Pidfd.open(ProcessHandle.current().pid()).orElseThrow()) {
      self.send(SIGKILL);
      throw new IllegalStateException("alive after SIGKILL");
    } catch (LinuxException failure) {
      throw new IllegalStateException("cannot kill itself", failure);
    }
  }
}
