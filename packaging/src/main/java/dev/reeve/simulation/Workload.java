package dev.reeve.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** One workload of the world as it truly is, through all of its runs. */
final class Workload {
  final String name;
  final Role role;
  final List<Integer> gpus;
  private final int minutes;
  private final Random random;

  /** Living processes, the root first. */
  final List<Task> tasks = new ArrayList<>();

  /** What was truly done in each minute, and in which of them a source said so. */
  final boolean[] worked;

  final boolean[] toldBusy;
  final boolean[] sampled;

  /** In which minutes all sources lied about it. */
  final boolean[] lied;

  Script script;

  /** How its present run is called by those who look at processes. */
  String uid = "";

  int run;
  int startedMinute;
  int againAt = -1;

  /** The call of the daemon before which it was set to work while somebody acted on it. */
  long workedSince = Long.MAX_VALUE;

  /** Whether it declared itself protected while it ran. */
  boolean shielded;

  long shieldedSince;

  Workload(String name, Role role, List<Integer> gpus, int minutes, Random random) {
    this.name = name;
    this.role = role;
    this.gpus = new ArrayList<>(gpus);
    this.minutes = minutes;
    this.random = random;
    this.worked = new boolean[minutes + 1];
    this.toldBusy = new boolean[minutes + 1];
    this.sampled = new boolean[minutes + 1];
    this.lied = new boolean[minutes + 1];
    this.script = Script.of(role, 0, minutes, random);
  }

  boolean alive() {
    return !tasks.isEmpty();
  }

  boolean busy(int minute) {
    return alive() && script.gpu(minute);
  }

  /** It was started again: another run under the same name. */
  void begin(int minute) {
    run++;
    startedMinute = minute;
    againAt = -1;
    shielded = false;
    workedSince = Long.MAX_VALUE;
    if (run > 1) {
      script = Script.of(role, minute, minutes, random);
    }
  }

  /** It has ended; its owner may start it again. */
  void ended(int minute) {
    shielded = false;
    againAt = random.nextInt(3) == 0 ? -1 : minute + 15 + random.nextInt(150);
  }

  /** Whether an incarnation is its present run: what a root leaves behind is a run by itself. */
  boolean isCalled(String incarnation) {
    return incarnation.equals(uid)
        || tasks.stream()
            .anyMatch(task -> incarnation.startsWith(task.pid + "@" + task.startTicks + "@"));
  }

  /** How many minutes before this one it has been idle, within its present run. */
  int idleFor(int minute) {
    int idle = 0;
    while (minute - idle >= startedMinute && !worked[minute - idle]) {
      idle++;
    }
    return idle;
  }

  @Override
  public String toString() {
    return name + " (" + role.name().toLowerCase(Locale.ROOT) + ", run " + run + ")";
  }
}
