package dev.reeve.guard;

import dev.reeve.model.Protection;
import dev.reeve.model.Step;
import dev.reeve.model.SubjectId;
import dev.reeve.spi.Action;
import dev.reeve.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** All guards, in their order. The only maker of permits. */
public final class GuardChain {
  private final List<Guard> guards;
  private final KillSwitch killSwitch;
  private final Ticker world;
  private final GuardSettings settings;

  private GuardChain(
      List<Guard> guards, KillSwitch killSwitch, Ticker world, GuardSettings settings) {
    this.guards = List.copyOf(guards);
    this.killSwitch = killSwitch;
    this.world = world;
    this.settings = settings;
  }

  /**
   * The order in which harming steps are judged: the first guard that objects decides.
   *
   * @param declared what workloads declared of their protection, as it is right now
   */
  public static GuardChain of(
      GuardSettings settings,
      KillSwitch killSwitch,
      Function<String, Optional<Action>> actions,
      Function<SubjectId, Protection> declared,
      Ticker world) {
    ProtectionGuard protection = new ProtectionGuard(settings.protectedNames());
    return new GuardChain(
        List.of(
            new ModeGuard(settings::mode),
            new KillSwitchGuard(killSwitch),
            protection,
            new IdentityGuard(),
            new FreshEvidenceGuard(settings.freshWithin()),
            new SecondWitnessGuard(),
            new NoticeGuard(settings.minNotice()),
            new CooldownGuard(settings.cooldown()),
            new BudgetGuard(settings.budgetPlans(), settings.budgetPer()),
            new ReReadGuard(actions, declared, protection),
            new KillSwitchGuard(killSwitch)),
        killSwitch,
        world,
        settings);
  }

  /** The chain without one guard: what a red proof runs. */
  GuardChain without(Class<? extends Guard> removed) {
    return new GuardChain(
        guards.stream().filter(guard -> !removed.isInstance(guard)).toList(),
        killSwitch,
        world,
        settings);
  }

  /** What the operator asks of every rule's notice. */
  public Duration minNotice() {
    return settings.minNotice();
  }

  /** The guards' names in their order. */
  public List<String> names() {
    return guards.stream().map(Guard::name).toList();
  }

  /**
   * Judges one step. Ask under the decision log's lock, and append the intent under the same.
   *
   * @return the first objection, or {@link Verdict.Go} with the permit
   */
  public Verdict judge(Question question) throws InterruptedException {
    if (question.step().effect() == Step.Effect.RESTORING) {
      return judgeRestoring(question);
    }
    for (Guard guard : guards) {
      Optional<Verdict> objection = guard.check(question);
      if (objection.isPresent()) {
        return objection.get();
      }
    }
    return new Verdict.Go("all", "all " + guards.size() + " guards agree", permit(question));
  }

  /** Giving back needs no evidence and runs while paused, unless all is paused. */
  private Verdict judgeRestoring(Question question) {
    if (killSwitch.stopsRestoring(question.state())) {
      return new Verdict.Hold("kill_switch", "everything is paused", settings.freshWithin());
    }
    return new Verdict.Go("restoring", "it gives back what was taken", permit(question));
  }

  private Permit permit(Question question) {
    return new Permit(
        question.plan(), question.step(), world, world.nanos() + settings.permitLife().toNanos());
  }
}
