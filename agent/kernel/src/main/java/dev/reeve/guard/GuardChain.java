package dev.reeve.guard;

import dev.reeve.decision.DecisionState;
import dev.reeve.model.Plan;
import dev.reeve.model.Protection;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Step;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.Action;
import dev.reeve.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All guards, in their order. The only maker of permits.
 *
 * <p>Threads: any. Settings may change while it runs; one judgement is made by one version of them.
 */
public final class GuardChain {
  /** The name of the guard that counts what operators allow. */
  public static final String BUDGET = "budget";

  private final Function<GuardSettings, List<Guard>> make;
  private final KillSwitch killSwitch;
  private final Function<String, Optional<Action>> actions;
  private final Ticker world;
  private volatile InForce inForce;

  /** Settings, and the guards that hold them. */
  private record InForce(GuardSettings settings, List<Guard> guards) {}

  private GuardChain(
      Function<GuardSettings, List<Guard>> make,
      KillSwitch killSwitch,
      Function<String, Optional<Action>> actions,
      Ticker world,
      GuardSettings settings) {
    this.make = make;
    this.killSwitch = killSwitch;
    this.actions = actions;
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
        limits -> guards(limits, killSwitch, declared, world),
        killSwitch,
        actions,
        world,
        settings);
  }

  private static List<Guard> guards(
      GuardSettings settings,
      KillSwitch killSwitch,
      Function<SubjectId, Protection> declared,
      Ticker world) {
    ProtectionGuard protection =
        new ProtectionGuard(settings.protectedNames(), settings.policy().protects());
    Modes modes = new Modes(settings.mode(), settings.policy());
    Approving approving = settings.policy().approving();
    return List.of(
        new ModeGuard(modes),
        new KillSwitchGuard(killSwitch),
        protection,
        new IdentityGuard(),
        new FreshEvidenceGuard(settings.freshWithin()),
        new SecondWitnessGuard(),
        new MassVetoGuard(approving),
        new BaselineGuard(settings.policy().asksBaseline(), approving),
        new HealthGuard(),
        new NoticeGuard(settings.minNotice()),
        new FlapGuard(),
        new MuteGuard(settings.policy().muteAfter()),
        new CooldownGuard(settings.cooldown()),
        new BatchGuard(approving),
        new BudgetGuard(
            Budget.of(settings.budgetPlans(), settings.budgetPer()), settings.policy().budgets()),
        new RuleLimitGuard(),
        new FreezeGuard(settings.policy().freezes()),
        new ApprovalGuard(modes, approving),
        new ReReadGuard(declared, protection, world, settings.permitLife()),
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
        actions,
        world,
        inForce.settings());
  }

  /** What the operator asks of every rule's notice. */
  public Duration minNotice() {
    return inForce.settings().minNotice();
  }

  /** Rules whose actions did not help, with why they only warn. Ask under the log's lock. */
  public Map<String, String> muted(RuleSet rules, DecisionState state) {
    Map<String, String> muted = new TreeMap<>();
    for (Rule rule : rules.rules()) {
      int without = state.helps().without(rule.id());
      if (without >= inForce.settings().policy().muteAfter()) {
        muted.put(rule.id(), MuteGuard.reason(rule.id(), without));
      }
    }
    return muted;
  }

  /** Whether the mode lets an owner be told of what a rule finds. */
  public boolean tells(Situation situation) {
    GuardSettings settings = inForce.settings();
    Modes modes = new Modes(settings.mode(), settings.policy());
    return situation
        .workload()
        .map(workload -> modes.tells(situation.rule().id(), workload.sighting()))
        .orElse(true);
  }

  /** The guards' names in their order. */
  public List<String> names() {
    return inForce.guards().stream().map(Guard::name).toList();
  }

  /**
   * Whether anything objects already, before the platform is asked. Ask under the decision log's
   * lock.
   */
  public Optional<Verdict> objection(Question question) {
    return first(
        inForce.guards().stream().filter(guard -> !(guard instanceof ReReadGuard)), question);
  }

  /** What objects to a plan whatever anybody approves. Ask under the decision log's lock. */
  public Optional<Verdict> beyondApproval(Question question) {
    return inForce.guards().stream()
        .filter(guard -> !(guard instanceof ReReadGuard))
        .flatMap(guard -> guard.check(question).stream())
        .filter(verdict -> !(verdict instanceof Verdict.AskHuman))
        .findFirst();
  }

  /**
   * Reads a plan's target once more. Takes as long as the platform does: never ask under a lock.
   */
  public ReRead reRead(Plan plan) throws InterruptedException {
    long started = world.nanos();
    return new ReRead(plan, target(plan.target()), started);
  }

  private Action.Target target(WorkloadSighting judged) throws InterruptedException {
    Optional<Action> action = actions.apply(judged.id().platform());
    if (action.isEmpty()) {
      return new Action.Target.Unreadable(
          "no action for platform '" + judged.id().platform() + "' is configured");
    }
    try {
      return action.get().read(judged.id(), judged.incarnation());
    } catch (RuntimeException bug) {
      return new Action.Target.Unreadable("the action broke off: " + bug);
    }
  }

  /**
   * Judges one harming step after the re-read: every guard once more, since all may have changed
   * meanwhile. Ask under the decision log's lock, and append the intent under the same.
   *
   * @return the first objection, or {@link Verdict.Go} with the permit
   */
  public Verdict judge(Question question) {
    List<Guard> guards = inForce.guards();
    return first(guards.stream(), question)
        .orElseGet(
            () ->
                new Verdict.Go(
                    "all",
                    "all " + guards.size() + " guards agree",
                    permit(question.plan(), question.step())));
  }

  private static Optional<Verdict> first(Stream<Guard> guards, Question question) {
    return guards.flatMap(guard -> guard.check(question).stream()).findFirst();
  }

  /**
   * Judges one step that gives back what was taken. It needs no evidence, no notice and no budget,
   * and runs while paused, unless all is paused. Ask under the decision log's lock, and append the
   * intent under the same.
   */
  public Verdict restore(Plan plan, Step step, DecisionState state) {
    if (step.effect() != Step.Effect.RESTORING) {
      return new Verdict.Deny("restoring", "'" + step.name() + "' gives nothing back");
    }
    if (killSwitch.stopsRestoring(state)) {
      return new Verdict.Hold(
          "kill_switch", "everything is paused", inForce.settings().freshWithin());
    }
    return new Verdict.Go("restoring", "it gives back what was taken", permit(plan, step));
  }

  private Permit permit(Plan plan, Step step) {
    return new Permit(plan, step, world, world.nanos() + inForce.settings().permitLife().toNanos());
  }
}
