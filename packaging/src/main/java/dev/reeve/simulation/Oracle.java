package dev.reeve.simulation;

import dev.reeve.guard.Mode;
import dev.reeve.journal.JournalRecord;
import dev.reeve.journal.LyingDisk;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Knows how the world truly is, and not what Reeve thinks of it; says so when a promise is broken.
 */
final class Oracle implements Ledger.Listener, SimMachine.Signalled {
  /** What the configuration of the simulation asks for. */
  static final int BUDGET = 2;

  static final long BUDGET_PER = 60 * SimClock.MINUTE;
  static final long COOLDOWN = 180 * SimClock.MINUTE;
  static final long NOTICE = 15 * SimClock.MINUTE;
  static final long APPROVED = 60 * SimClock.MINUTE;

  /** The span of the one shipped rule that ends idle workloads. */
  static final int SPAN = 30;

  /** How old what is judged may be: three cycles, and three intervals before them. */
  private static final int FRESH = 6;

  /** Cores over a whole span that are work, if not the GPU's. */
  private static final double AT_WORK = 0.5;

  /** A window lacks a tenth of its samples at most. */
  private static final int UNSEEN = 3;

  private final World world;
  private final LyingDisk disk;
  private final Switches switches;
  private final Map<String, Intent> newest = new HashMap<>();
  private final Map<String, Intent> first = new HashMap<>();
  private final List<Intent> begun = new ArrayList<>();
  private final Map<String, Long> told = new HashMap<>();
  private final Figures figures;
  private final Sight sight;
  private int life;
  private long lifeBegan;

  /** An intent as it was acknowledged. */
  private record Intent(
      String plan,
      int step,
      String name,
      String rule,
      String workload,
      String uid,
      int life,
      long atNanos,
      String json) {}

  /** What could be seen of the world at all. */
  interface Sight {
    /** Whether all sources lied at once for less than a span: nobody can know it. */
    boolean shortLie();

    /** At which call an action looked at the GPUs last. */
    long readAgainAt();
  }

  Oracle(World world, LyingDisk disk, Switches switches, Figures figures, Sight sight) {
    this.world = world;
    this.disk = disk;
    this.switches = switches;
    this.figures = figures;
    this.sight = sight;
  }

  /** The daemon starts. */
  void begins(int number) {
    life = number;
    lifeBegan = world.clock.nanos();
  }

  /** An owner was reached. */
  void told(String rule, String workload) {
    world.named(workload).ifPresent(of -> told.put(key(rule, of), world.clock.nanos()));
  }

  private static String key(String rule, Workload of) {
    return rule + "/" + of.name + "/" + of.run;
  }

  @Override
  public void appended(JournalRecord record, long sinceCall) {
    JsonObject json = record.json();
    switch (record.type()) {
      case "intent" -> intended(json, sinceCall);
      case "approved" -> switches.approved.put(text(json, "plan"), world.clock.nanos());
      case "refused" -> switches.denied.add(text(json, "episode"));
      default -> {}
    }
    tell(record);
  }

  private void tell(JournalRecord record) {
    JsonObject json = record.json();
    switch (record.type()) {
      case "episode" ->
          world.story.tell(
              "decided",
              text(json, "id")
                  + " of "
                  + text(json, "rule")
                  + " about "
                  + brief(json)
                  + " is "
                  + text(json, "state")
                  + note(json));
      case "plan" -> {}
      default -> world.story.tell("journal", record.type() + " " + Json.write(json));
    }
  }

  private static String note(JsonObject json) {
    String note = text(json, "note");
    return note.isEmpty() ? "" : ": " + note;
  }

  private static String brief(JsonObject json) {
    return text(json, "workload").isEmpty() ? text(json, "subject") : text(json, "workload");
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElse("");
  }

  private void intended(JsonObject json, long sinceCall) {
    String display = text(json, "workload");
    String name = display.substring(display.lastIndexOf('/') + 1);
    Intent intent =
        new Intent(
            text(json, "plan"),
            (int) json.whole("step").orElse(0),
            text(json, "name"),
            text(json, "rule"),
            name,
            text(json, "incarnation"),
            life,
            world.clock.nanos(),
            Json.write(json));
    newest.put(intent.workload(), intent);
    if (!text(json, "effect").equalsIgnoreCase("harming")) {
      return;
    }
    figures.intents++;
    Workload target =
        world
            .named(name)
            .orElseThrow(() -> new Broken(Promise.STRANGER, display + " is no workload"));
    always(intent, target, sinceCall);
    Optional<Intent> before = Optional.ofNullable(first.get(intent.plan()));
    if (before.isEmpty()) {
      begins(intent, target);
    } else if (before.get().life() != life) {
      evidence(intent, target, false);
    }
  }

  /** What every harming step needs, also the later ones of a plan. */
  private void always(Intent intent, Workload target, long sinceCall) {
    if (switches.mode().compareTo(Mode.APPROVE) < 0 && switches.modeSince(sinceCall)) {
      broken(Promise.MODE, intent, "the mode is " + switches.mode().text());
    }
    if (switches.paused(world.clock.nanos(), sinceCall)) {
      broken(Promise.PAUSE, intent, "an operator paused it");
    }
    if (switches.stopped(sinceCall)) {
      broken(Promise.PAUSE, intent, "the file STOP is there");
    }
    if (target.shielded && target.shieldedSince < sinceCall) {
      broken(Promise.PROTECTED, intent, "it declared itself protected");
    }
    if (target.role == Role.SHIELDED || target.role == Role.KEPT) {
      broken(Promise.PROTECTED, intent, "it is protected from its start on");
    }
    if (!target.role.mayEnd()) {
      broken(Promise.KIND, intent, "it is " + target.role.name().toLowerCase(Locale.ROOT));
    }
  }

  private void begins(Intent intent, Workload target) {
    long now = world.clock.nanos();
    first.put(intent.plan(), intent);
    figures.plans++;
    begun.stream()
        .filter(other -> other.workload().equals(intent.workload()))
        .filter(other -> now - other.atNanos() < COOLDOWN)
        .findFirst()
        .ifPresent(other -> broken(Promise.COOLDOWN, intent, "acted on " + ago(other.atNanos())));
    begun.add(intent);
    long spent = begun.stream().filter(other -> now - other.atNanos() < BUDGET_PER).count();
    if (spent > BUDGET) {
      broken(Promise.BUDGET, intent, spent + " plans within an hour, " + BUDGET + " may be");
    }
    Long noticed = told.get(key(intent.rule(), target));
    if (noticed == null || now - noticed < NOTICE) {
      broken(Promise.NOTICE, intent, noticed == null ? "nobody was told" : "told " + ago(noticed));
    }
    evidence(intent, target, consents(intent));
  }

  /** Whether somebody approved it. */
  private boolean consents(Intent intent) {
    String episode = intent.plan().substring(0, intent.plan().lastIndexOf('-'));
    if (switches.denied.contains(episode)) {
      broken(Promise.DENIAL, intent, "episode " + episode + " was denied");
    }
    Long approved = switches.approved.remove(intent.plan());
    boolean inTime = approved != null && world.clock.nanos() - approved <= APPROVED;
    if (switches.mode() == Mode.APPROVE && !inTime) {
      broken(
          Promise.APPROVAL,
          intent,
          approved == null ? "nobody approved it" : "approved " + ago(approved));
    }
    return inTime;
  }

  private String ago(long nanos) {
    return (world.clock.nanos() - nanos) / SimClock.MINUTE + " minutes ago";
  }

  /** What the whole span truly was like, and what of it anybody was told. */
  private void evidence(Intent intent, Workload target, boolean approved) {
    long watched = world.clock.nanos() - lifeBegan;
    if (watched < SPAN * SimClock.MINUTE) {
      broken(
          Promise.WINDOW,
          intent,
          "the daemon runs since " + watched / SimClock.MINUTE + " minutes");
    }
    if (switches.held()) {
      broken(Promise.MODE, intent, "its rule may only warn, for its file does not load");
    }
    int now = world.clock.minute();
    int blind = 0;
    int lied = 0;
    int samples = 0;
    double cores = 0;
    for (int minute = now - SPAN - 1; minute <= now; minute++) {
      if (minute < 0) {
        continue;
      }
      boolean inSpan = minute > now - SPAN;
      if (inSpan && target.worked[minute] && target.toldBusy[minute] && minute < now) {
        broken(Promise.BUSY, intent, "it worked " + (now - minute) + " minutes ago, and was seen");
      }
      blind += inSpan && minute <= now - FRESH && target.worked[minute] ? 1 : 0;
      lied +=
          inSpan && minute <= now - FRESH && target.worked[minute] && target.lied[minute] ? 1 : 0;
      samples += target.sampled[minute] ? 1 : 0;
      cores += inSpan ? target.script.cores(minute) : 0;
    }
    if (cores / SPAN >= AT_WORK) {
      broken(Promise.BUSY, intent, "it took " + cores / SPAN + " cores over the whole span");
    }
    if (blind > UNSEEN && blind - lied <= UNSEEN && (sight.shortLie() || approved)) {
      figures.undetectable++;
    } else if (blind > UNSEEN) {
      broken(Promise.BLIND, intent, "it worked in " + blind + " minutes of its last " + SPAN);
    }
    if (samples < SPAN * 9 / 10 - 1) {
      broken(Promise.SILENCE, intent, "only " + samples + " of " + SPAN + " minutes have a sample");
    }
    if (target.workedSince < sight.readAgainAt() && target.busy(now)) {
      broken(Promise.AGAIN, intent, "it had begun to work before the action read it again");
    }
    if (target.worked[now]) {
      figures.raced++;
    }
  }

  @Override
  public void sent(Task task, int signal) {
    boolean harming = signal == 9 || signal == 15 || signal == 19;
    if (harming) {
      covered(task, signal);
    }
    figures.signals++;
    world.story.tell("effect", "signal " + signal + " reaches " + task);
    Optional<Workload> workload = world.of(task);
    switch (signal) {
      case 9 -> {
        workload.ifPresent(this::count);
        world.end(task);
      }
      case 15 -> {
        workload.ifPresent(this::count);
        int stubborn = (task.owner.run() * 7 + task.owner.name().hashCode()) & 3;
        if (stubborn != 0) {
          world.endLater(task, stubborn * 9_000_000_000L);
        }
      }
      case 18 -> task.stopped = false;
      case 19 -> task.stopped = true;
      default -> {}
    }
  }

  private void count(Workload workload) {
    figures.ended.add(workload.name + "/" + workload.run);
  }

  private void covered(Task task, int signal) {
    Workload target =
        world
            .of(task)
            .filter(workload -> workload.tasks.contains(task))
            .orElseThrow(
                () -> new Broken(Promise.STRANGER, "signal " + signal + " reaches " + task));
    Intent intent = newest.get(target.name);
    String needs = signal == 15 ? "sigterm" : signal == 9 ? "sigkill" : "";
    if (intent == null
        || !target.isCalled(intent.uid())
        || (!needs.isEmpty() && !intent.name().equals(needs))) {
      throw new Broken(
          Promise.INTENT,
          "signal " + signal + " reaches " + task + " of " + target + " without one");
    }
    if (intent.life() != life) {
      broken(Promise.ONCE, intent, "it was sent by an earlier life");
    }
    byte[] needle = intent.json().getBytes(StandardCharsets.UTF_8);
    if (disk.durable().values().stream().noneMatch(file -> holds(file, needle))) {
      broken(Promise.INTENT, intent, "it is not on the disk");
    }
  }

  private static boolean holds(byte[] file, byte[] needle) {
    return new String(file, StandardCharsets.ISO_8859_1)
        .contains(new String(needle, StandardCharsets.ISO_8859_1));
  }

  private void broken(Promise promise, Intent intent, String how) {
    throw new Broken(
        promise,
        "step '"
            + intent.name()
            + "' of plan "
            + intent.plan()
            + " for "
            + intent.workload()
            + ": "
            + how);
  }
}
