package dev.reeve.simulation;

import dev.reeve.guard.Mode;
import dev.reeve.journal.LyingDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What goes wrong in one world, and when; all of it follows from the seed. */
final class Troubles {
  /** Each so many a seed has a world in which nothing goes wrong: there Reeve must do its work. */
  static final int CALM = 5;

  private static final int EARLIEST = 40;
  private static final int LEAST = 8;
  private static final int SPREAD = 7;
  private static final Fault[] ALL = Fault.values();

  private final Ground ground;
  private final Random random;
  private final int minutes;
  private final NavigableMap<Integer, List<Fault>> begins;
  private final TreeMap<Integer, List<Runnable>> ends = new TreeMap<>();
  private final Sick sick;
  private final Operators operators;
  private final boolean calm;
  private boolean powerCut;
  private boolean dieAtStart;
  private int boots;

  Troubles(Ground ground, long seed, int minutes) {
    this.ground = ground;
    this.minutes = minutes;
    this.random = new Random(seed * 17 + 12);
    this.sick = new Sick(ground, random);
    this.operators = new Operators(ground, random);
    this.calm = seed % CALM == 0;
    this.begins = schedule(seed, minutes);
  }

  /** What goes wrong in which minute. */
  static NavigableMap<Integer, List<Fault>> schedule(long seed, int minutes) {
    NavigableMap<Integer, List<Fault>> schedule = new TreeMap<>();
    Random random = new Random(seed * 17 + 11);
    int many = seed % CALM == 0 ? 0 : LEAST + random.nextInt(SPREAD);
    for (int i = 0; i < many; i++) {
      int minute = EARLIEST + random.nextInt(Math.max(1, minutes - EARLIEST));
      schedule.computeIfAbsent(minute, _ -> new ArrayList<>()).add(ALL[random.nextInt(ALL.length)]);
    }
    return schedule;
  }

  /** Whether nothing goes wrong. */
  boolean calm() {
    return calm;
  }

  /** A minute begins. */
  void begin(int minute) {
    while (!ends.isEmpty() && ends.firstKey() <= minute) {
      ends.pollFirstEntry().getValue().forEach(Runnable::run);
    }
    while (!begins.isEmpty() && begins.firstKey() <= minute) {
      begins.pollFirstEntry().getValue().forEach(this::befall);
    }
  }

  private void befall(Fault fault) {
    switch (fault) {
      case EXPORTER_DOWN,
          EXPORTER_SLOW,
          EXPORTER_EMPTY,
          EXPORTER_ERROR,
          EXPORTER_GARBAGE,
          EXPORTER_TORN,
          EXPORTER_NOT_A_NUMBER,
          EXPORTER_PARTIAL,
          EXPORTER_FROZEN,
          EXPORTER_LIES,
          EXPORTER_RESTARTS,
          ALL_LIE,
          SMI_FAILS,
          SMI_SLOW,
          SMI_GARBAGE,
          SMI_NO_PROCESSES,
          NOTICE_FAILS,
          NOTICE_REPLY_LOST ->
          lasting(fault, sick::with, sick::without);
      case TORN_WRITE, FSYNC_FAILS, DISK_FULL -> lasting(fault, sick::disk, sick::diskWorks);
      case WALL_BACK ->
          at(fault, () -> ground.clock.shift(Duration.ofHours(-1 - random.nextInt(72))));
      case WALL_FORWARD ->
          at(fault, () -> ground.clock.shift(Duration.ofDays(random.nextInt(3650))));
      case DAYLIGHT_SAVING -> lasting(fault, _ -> shift(1), _ -> shift(-1));
      case SUSPEND -> at(fault, this::suspend);
      case CRASH -> armDeath(fault, 200, false);
      case CRASH_WHILE_ACTING -> armDeath(fault, 40, true);
      case CRASH_AT_START -> {
        dieAtStart = true;
        armDeath(fault, 50, false);
      }
      case POWER_CUT -> armDeath(fault, 200, false);
      case POWER_CUT_WHILE_ACTING -> armDeath(fault, 40, true);
      case TARGET_WORKS -> armChange(fault, this::work);
      case TARGET_SHIELDED -> armChange(fault, this::shield);
      case TARGET_REPLACED -> armChange(fault, ground.world::replace);
      case TARGET_ENDS -> armChange(fault, ground.world::finish);
      case GPU_CHANGES_HANDS -> at(fault, ground.world::changeHands);
      case PAUSE, DENY -> at(fault, () -> operators.want(fault, minutes()));
      case PAUSE_WHILE_ACTING -> operators.pauseWhileActing(minutes());
      case STOP_FILE -> lasting(fault, _ -> operators.stop(true), _ -> operators.stop(false));
      case STOP_FILE_WHILE_ACTING ->
          ground.wire.changeAt(
              random.nextInt(30),
              () -> lasting(fault, _ -> operators.stop(true), _ -> operators.stop(false)));
      case MODE_OBSERVE, MODE_OFF, MODE_APPROVE ->
          lasting(fault, operators::mode, _ -> operators.mode(Mode.ACT));
      case RULES_TIGHTER, RULES_LOOSER, RULES_BROKEN ->
          lasting(fault, operators::rules, _ -> operators.shippedRules());
    }
  }

  private int minutes() {
    return 5 + random.nextInt(random.nextInt(3) == 0 ? 240 : 60);
  }

  private void at(Fault fault, Runnable what) {
    ground.figures.met(fault);
    ground.story.tell("fault", fault.words());
    what.run();
  }

  private void lasting(Fault fault, Consumer<Fault> begin, Consumer<Fault> end) {
    int until = ground.clock.minute() + minutes();
    at(fault, () -> begin.accept(fault));
    ends.computeIfAbsent(until, _ -> new ArrayList<>())
        .add(
            () -> {
              ground.story.tell("fault", fault.words() + " is over");
              end.accept(fault);
            });
  }

  private void shift(int hours) {
    ground.clock.shift(Duration.ofHours(hours));
  }

  private void suspend() {
    long hours = 1L + random.nextInt(6);
    ground.clock.advanceTo(
        Math.min(
            minutes * SimClock.MINUTE - 1, ground.clock.nanos() + hours * 60 * SimClock.MINUTE));
  }

  private void armDeath(Fault fault, int within, boolean whileActing) {
    ground.wire.dieAt(
        random.nextInt(within),
        whileActing,
        () ->
            at(
                fault,
                () ->
                    powerCut |= fault == Fault.POWER_CUT || fault == Fault.POWER_CUT_WHILE_ACTING));
  }

  private void armChange(Fault fault, Consumer<Workload> what) {
    ground.wire.changeAt(
        random.nextInt(40),
        () -> ground.world.mostIdle().ifPresent(target -> at(fault, () -> what.accept(target))));
  }

  private void work(Workload target) {
    ground.world.work(target);
    target.workedSince = ground.wire.calls();
  }

  private void shield(Workload target) {
    target.shielded = true;
    target.shieldedSince = ground.wire.calls();
    ground.story.tell("world", target + " declares itself protected");
  }

  /** The daemon has looked at its files. */
  void looked() {
    operators.inForce();
  }

  /** Operators do what they want to. */
  void operate(Ground.Life life) {
    operators.act(life);
  }

  /** The daemon is about to start. */
  void starting() {
    operators.inForce();
    if (dieAtStart) {
      dieAtStart = false;
      sick.dieAtDiskOperation(random.nextInt(14));
    }
  }

  /** The disk is asked to change something. */
  LyingDisk.Fault diskOperation() {
    return sick.diskOperation();
  }

  /** The daemon is dead; with it the machine, if the power was cut. */
  void died() {
    if (powerCut) {
      powerCut = false;
      ground.disk.cutPower(random);
      ground.clock.reboot();
      ground.story.tell("world", "the machine boots for the " + (++boots + 1) + ". time");
      ground.world.boot();
    } else {
      ground.disk.restartProcess();
    }
    ground.disk.plan(_ -> sick.diskOperation());
  }
}
