package dev.reeve.guard;

import java.util.List;

/**
 * What operators wrote beside plain limits.
 *
 * @param freezes when nothing is begun
 * @param modes how far it may go with whom; the strictest that concerns a plan counts
 * @param protects who is never touched, beside the patterns for whole names
 */
public record GuardPolicy(List<Freeze> freezes, List<ScopedMode> modes, List<Scope> protects) {
  /** Of an operator who wrote nothing. */
  public static final GuardPolicy NONE = new GuardPolicy(List.of(), List.of(), List.of());

  public GuardPolicy {
    freezes = List.copyOf(freezes);
    modes = List.copyOf(modes);
    protects = List.copyOf(protects);
  }

  /** A mode for some. */
  public record ScopedMode(Scope scope, Mode mode) {}

  /** The same with other freezes. */
  public GuardPolicy withFreezes(List<Freeze> others) {
    return new GuardPolicy(others, modes, protects);
  }
}
