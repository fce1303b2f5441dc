package dev.reeve.guard;

import java.util.List;

/**
 * What operators wrote beside plain limits.
 *
 * @param freezes when nothing is begun
 * @param modes how far it may go with whom; the strictest that concerns a plan counts
 * @param protects who is never touched, beside the patterns for whole names
 * @param budgets beside the one for all
 * @param asksBaseline whether somebody is to look at what the first full window after a start finds
 * @param approving what an approval must be to count
 * @param muteAfter so many plans that did not help, one after the other, mute a rule
 */
public record GuardPolicy(
    List<Freeze> freezes,
    List<ScopedMode> modes,
    List<Scope> protects,
    List<Budget> budgets,
    boolean asksBaseline,
    Approving approving,
    Snoozing snoozing,
    int muteAfter) {
  /** Of an operator who wrote nothing. */
  public static final GuardPolicy NONE =
      new GuardPolicy(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          false,
          Approving.DEFAULT,
          Snoozing.DEFAULT,
          3);

  public GuardPolicy {
    freezes = List.copyOf(freezes);
    modes = List.copyOf(modes);
    protects = List.copyOf(protects);
    budgets = List.copyOf(budgets);
  }

  /** A mode for some. */
  public record ScopedMode(Scope scope, Mode mode) {}

  /** The same where some have other modes. */
  public GuardPolicy withModes(List<ScopedMode> others) {
    return new GuardPolicy(
        freezes, others, protects, budgets, asksBaseline, approving, snoozing, muteAfter);
  }

  /** The same that protects others. */
  public GuardPolicy withProtects(List<Scope> others) {
    return new GuardPolicy(
        freezes, modes, others, budgets, asksBaseline, approving, snoozing, muteAfter);
  }

  /** The same with other budgets. */
  public GuardPolicy withBudgets(List<Budget> others) {
    return new GuardPolicy(
        freezes, modes, protects, others, asksBaseline, approving, snoozing, muteAfter);
  }

  /** The same that asks somebody, or nobody, about what the first full window finds. */
  public GuardPolicy withBaseline(boolean asks) {
    return new GuardPolicy(freezes, modes, protects, budgets, asks, approving, snoozing, muteAfter);
  }

  /** The same where other approvals count. */
  public GuardPolicy withApproving(Approving other) {
    return new GuardPolicy(
        freezes, modes, protects, budgets, asksBaseline, other, snoozing, muteAfter);
  }

  /** The same that mutes a rule sooner or later. */
  public GuardPolicy withMuteAfter(int plans) {
    return new GuardPolicy(
        freezes, modes, protects, budgets, asksBaseline, approving, snoozing, plans);
  }

  /** The same with other freezes. */
  public GuardPolicy withFreezes(List<Freeze> others) {
    return new GuardPolicy(
        others, modes, protects, budgets, asksBaseline, approving, snoozing, muteAfter);
  }
}
