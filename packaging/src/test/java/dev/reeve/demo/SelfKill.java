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
  /** {@code POINT}, {@code POINT@METHOD} or {@code POINT#COUNT}; unset: never. */
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
      int at = text.indexOf('@');
      int hash = text.indexOf('#');
      if (at >= 0) {
        return new When(text.substring(0, at), text.substring(at + 1), 1);
      }
      return hash >= 0
          ? new When(text.substring(0, hash), "", Integer.parseInt(text.substring(hash + 1)))
          : new When(text, "", 1);
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
