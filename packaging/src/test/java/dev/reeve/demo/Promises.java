package dev.reeve.demo;

import dev.reeve.journal.JournalRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold of every history, however often the daemon was killed in it. The journal is read
 * by the names in its records, not through the daemon's own classes.
 */
final class Promises {
  /** The clock that the workloads can read has steps of 10 ms. */
  private static final double STEP_SECONDS = 0.011;

  /** The longest span of each shipped rule that acts. */
  private static final Map<String, Duration> WINDOWS =
      Map.of("idle-workload", Duration.ofMinutes(30), "runaway-run", Duration.ofMinutes(10));

  private final List<String> broken = new ArrayList<>();
  private final List<Intent> intents = new ArrayList<>();

  private record Intent(String plan, long step, String name, String incarnation, double seconds) {}

  private Promises() {}

  /**
   * Every promise that a history breaks, in words; none if all is well.
   *
   * @param records the whole journal
   * @param signals what the workloads received
   * @param ended the workloads that are no more, and the pid of the first process of each
   */
  static List<String> broken(
      List<JournalRecord> records, List<Signalled> signals, Map<Role, Long> ended) {
    Promises promises = new Promises();
    promises.read(records);
    promises.signals(signals);
    ended.forEach(promises::ended);
    return List.copyOf(promises.broken);
  }

  private void read(List<JournalRecord> records) {
    long started = Long.MAX_VALUE;
    double speed = 1;
    Set<String> sent = new HashSet<>();
    for (JournalRecord record : records) {
      switch (record.type()) {
        case "started" -> {
          started = record.bootNanos();
          speed = record.json().real("speed").orElseThrow();
        }
        case "intent" -> intent(record, (record.bootNanos() - started) / 1e9 * speed, sent);
        case "outcome" -> outcome(record);
        default -> {}
      }
    }
  }

  private void intent(JournalRecord record, double evidenceSeconds, Set<String> sent) {
    Intent intent =
        new Intent(
            text(record, "plan"),
            record.json().whole("step").orElseThrow(),
            text(record, "name"),
            text(record, "incarnation"),
            record.bootNanos() / 1e9);
    intents.add(intent);
    if (!sent.add(intent.incarnation() + " " + intent.name())) {
      broken.add(intent.name() + " was sent twice to " + intent.incarnation());
    }
    Duration window = WINDOWS.getOrDefault(text(record, "rule"), Duration.ofDays(1));
    if (text(record, "effect").equals("harming") && !(evidenceSeconds >= window.toSeconds())) {
      broken.add(
          intent.name()
              + " came "
              + Math.round(evidenceSeconds)
              + " s of evidence after a start; a window is "
              + window.toSeconds());
    }
  }

  private void outcome(JournalRecord record) {
    String plan = text(record, "plan");
    long step = record.json().whole("step").orElseThrow();
    if (intents.stream().noneMatch(i -> i.plan().equals(plan) && i.step() == step)) {
      broken.add("step " + step + " of " + plan + " has an outcome and no intent");
    }
  }

  private void signals(List<Signalled> signals) {
    Map<Long, Integer> times = new HashMap<>();
    for (Signalled signal : signals) {
      if (times.merge(signal.pid(), 1, Integer::sum) > 1) {
        broken.add(signal.workload() + " received SIGTERM twice");
      }
      if (intents.stream().noneMatch(intent -> explains(intent, signal))) {
        broken.add(signal.workload() + " received SIGTERM without a durable intent");
      }
    }
  }

  private static boolean explains(Intent intent, Signalled signal) {
    return intent.name().equals("sigterm")
        && intent.incarnation().startsWith(signal.pid() + "@")
        && intent.seconds() <= signal.bootSeconds() + STEP_SECONDS;
  }

  private void ended(Role role, long pid) {
    if (!role.ends()) {
      broken.add(role.name() + " " + role.why() + ", and was ended");
    } else if (intents.stream().noneMatch(i -> i.incarnation().startsWith(pid + "@"))) {
      broken.add(role.name() + " was ended without a durable intent");
    }
  }

  private static String text(JournalRecord record, String name) {
    return record.json().text(name).orElseThrow();
  }

  /** How many intents the journal holds; a history without any proves nothing. */
  static long intents(List<JournalRecord> records) {
    return records.stream().filter(record -> record.type().equals("intent")).count();
  }
}
