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

/**
 * All guards, in their order. The only maker of permits.
 *
 * <p>Threads: any. Settings may change while it runs; one judgement is made by one version of them.
 */
public final class GuardChain {
  private final Function<GuardSettings, List<Guard>> make;
  private final KillSwitch killSwitch;
  private final Ticker world;
  private volatile InForce inForce;

  /** Settings, and the guards that hold them. */
  private record InForce(GuardSettings settings, List<Guard> guards) {}

  private GuardChain(
      Function<GuardSettings, List<Guard>> make,
      KillSwitch killSwitch,
      Ticker world,
      GuardSettings settings) {
    this.make = make;
    this.killSwitch = killSwitch;
    this.world = world;
    this.inForce = new InForce(settings, make.apply(settings));
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
    return new GuardChain(
        limits -> guards(limits, killSwitch, actions, declared), killSwitch, world, settings);
  }

  private static List<Guard> guards(
      GuardSettings settings,
      KillSwitch killSwitch,
      Function<String, Optional<Action>> actions,
      Function<SubjectId, Protection> declared) {
    ProtectionGuard protection = new ProtectionGuard(settings.protectedNames());
    return List.of(
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
        new KillSwitchGuard(killSwitch));
  }

  /** Judges by other limits from now on. */
  public void adopt(GuardSettings settings) {
    inForce = new InForce(settings, make.apply(settings));
  }

  /** The limits that are in force. */
  public GuardSettings settings() {
    return inForce.settings();
  }

  /** The chain without one guard: what a red proof runs. */
  GuardChain without(Class<? extends Guard> removed) {
    return new GuardChain(
        limits -> make.apply(limits).stream().filter(guard -> !removed.isInstance(guard)).toList(),
        killSwitch,
        world,
        inForce.settings());
  }

  /** What the operator asks of every rule's notice. */
  public Duration minNotice() {
    return inForce.settings().minNotice();
  }

  /** The guards' names in their order. */
  public List<String> names() {
    return inForce.guards().stream().map(Guard::name).toList();
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
    List<Guard> guards = inForce.guards();
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
      return new Verdict.Hold(
          "kill_switch", "everything is paused", inForce.settings().freshWithin());
    }
    return new Verdict.Go("restoring", "it gives back what was taken", permit(question));
  }

  private Permit permit(Question question) {
    return new Permit(
        question.plan(),
        question.step(),
        world,
        world.nanos() + inForce.settings().permitLife().toNanos());
  }
}
