package dev.reeve.linux;

import java.util.Optional;

/** Whether this machine can be spoken to in this way at all; asked once, at the start. */
public final class Linux {
  private Linux() {}

  /** Why the rest of this package would throw {@link LinuxUnavailable}; empty where it works. */
  public static Optional<String> missing() {
    return Loaded.WHY_NOT.map(LinuxUnavailable::getMessage);
  }

  static Libc libc() {
    if (Loaded.WHY_NOT.isPresent()) {
      LinuxUnavailable first = Loaded.WHY_NOT.get();
      throw new LinuxUnavailable(String.valueOf(first.getMessage()), first);
    }
    return Loaded.LIBC.orElseThrow();
  }

  /**
   * Keeps a failure as a value: an exception in an initialiser would reach only its first caller as
   * itself.
   */
  private static final class Loaded {
    static final Optional<Libc> LIBC;
    static final Optional<LinuxUnavailable> WHY_NOT;

    static {
      Optional<Libc> libc = Optional.empty();
      Optional<LinuxUnavailable> whyNot = Optional.empty();
      try {
        libc = Optional.of(Libc.load());
      } catch (LinuxUnavailable e) {
        whyNot = Optional.of(e);
      }
      LIBC = libc;
      WHY_NOT = whyNot;
    }
  }
}
