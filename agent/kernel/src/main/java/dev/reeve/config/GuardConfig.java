package dev.reeve.config;

import dev.reeve.guard.Freeze;
import dev.reeve.guard.GuardPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keys below {@code guard}. Times count on the evidence clock.
 *
 * @param cooldown after an action, until the same workload may be touched again
 * @param minNotice between a notice that was delivered and the first action; a rule may ask for
 *     more
 * @param protect workloads that are never touched
 * @param policy what concerns some workloads and not others
 */
public record GuardConfig(
    Duration cooldown,
    Duration minNotice,
    BudgetConfig budget,
    List<Glob> protect,
    GuardPolicy policy) {
  private static final Duration LONGEST = Duration.ofDays(30);

  public GuardConfig {
    protect = List.copyOf(protect);
  }

  static GuardConfig read(Section section) {
    section.about("cooldown", "time after an action in which the same workload is not touched");
    Duration cooldown =
        section.duration("cooldown", Duration.ofHours(1), Duration.ofMinutes(1), LONGEST);
    section.about(
        "min_notice",
        "least time between a notice that was delivered and the first action; a rule may ask for"
            + " more");
    Duration minNotice =
        section.duration("min_notice", Duration.ofMinutes(15), Duration.ofMinutes(1), LONGEST);
    section.about(
        "protect",
        "workloads that are never touched, written platform/namespace/kind/name as `reeve status`"
            + " shows them, with `*` for any text and `?` for any character");
    List<Glob> protect = section.texts("protect").stream().map(Glob::new).toList();
    if (protect.stream().anyMatch(glob -> glob.text().isBlank())) {
      section.problem("protect", "patterns that are not empty");
    }
    return new GuardConfig(
        cooldown,
        minNotice,
        BudgetConfig.read(section.section("budget")),
        protect,
        PolicyConfig.read(section));
  }

  /** Of each limit the one that lets less happen; protected is what either protects. */
  public GuardConfig strictest(GuardConfig other) {
    return new GuardConfig(
        longer(cooldown, other.cooldown),
        longer(minNotice, other.minNotice),
        budget.strictest(other.budget),
        Stream.concat(protect.stream(), other.protect.stream()).distinct().toList(),
        PolicyConfig.strictest(policy, other.policy));
  }

  /** The same, frozen as well by what of another is no time: nobody knows when it was meant. */
  public GuardConfig frozenBy(GuardConfig unreadable) {
    List<Freeze> freezes = new ArrayList<>(policy.freezes());
    unreadable.policy.freezes().stream()
        .filter(freeze -> freeze.times() instanceof Freeze.Unreadable)
        .filter(freeze -> !freezes.contains(freeze))
        .forEach(freezes::add);
    return new GuardConfig(cooldown, minNotice, budget, protect, policy.withFreezes(freezes));
  }

  static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
