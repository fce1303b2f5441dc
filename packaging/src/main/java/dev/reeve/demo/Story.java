package dev.reeve.demo;

import dev.reeve.cli.Text;
import dev.reeve.journal.JournalVerifier;
import dev.reeve.journal.Verification;
import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what happens while it happens, and what came of it. */
final class Story {
  private final World world;
  private final DaemonProcess daemon;
  private final Map<String, String> states = new HashMap<>();
  private final Map<Role, Double> ended = new HashMap<>();
  private int heard;
  private double overSince = -1;

  Story(World world, DaemonProcess daemon) {
    this.world = world;
    this.daemon = daemon;
  }

  /** Whether all that is to be ended has been, for some minutes of evidence. */
  boolean over() {
    boolean all = Role.all().stream().filter(Role::ends).allMatch(ended::containsKey);
    if (all && overSince < 0) {
      overSince = world.minute();
    }
    return all && world.minute() > overSince + 6;
  }

  /** Looks once, and says what is new. */
  void goOn() throws InterruptedException {
    for (Map.Entry<Role, Process> workload : world.workloads().entrySet()) {
      if (!workload.getValue().isAlive() && !ended.containsKey(workload.getKey())) {
        ended.put(workload.getKey(), world.minute());
        say(workload.getKey().name() + " has ended");
      }
    }
    List<String> notices = world.notices();
    for (; heard < notices.size(); heard++) {
      read(notices.get(heard)).text("text").ifPresent(text -> say("notice: " + text));
    }
    for (JsonObject episode : list("/api/v1/episodes", "episodes")) {
      String id = episode.text("id").orElse("");
      String state = episode.text("state").orElse("");
      if (!state.equals(states.put(id, state))) {
        say(
            episode.text("rule").orElse("")
                + ": "
                + episode
                    .text("workload")
                    .filter(text -> !text.isEmpty())
                    .orElse(episode.text("subject").orElse(""))
                + " is "
                + state
                + episode
                    .text("note")
                    .filter(text -> !text.isEmpty())
                    .map(n -> " (" + n + ")")
                    .orElse(""));
      }
    }
  }

  private void say(String what) {
    System.out.printf(Locale.ROOT, "%5.1f min  %s%n", world.minute(), Text.cell(what));
  }

  private List<JsonObject> list(String path, String name) throws InterruptedException {
    List<JsonObject> all = new ArrayList<>();
    read(daemon.get(path))
        .array(name)
        .ifPresent(
            array -> {
              for (JsonValue value : array) {
                if (value instanceof JsonObject object) {
                  all.add(object);
                }
              }
            });
    return all;
  }

  private static JsonObject read(String text) {
    try {
      return Json.readObject(text.isEmpty() ? "{}" : text);
    } catch (JsonException broken) {
      return Json.object().build();
    }
  }

  /** The summary. True if exactly the right workloads were ended and all records agree. */
  boolean end(Path journal) throws InterruptedException {
    goOn();
    List<String> wrong = new ArrayList<>();
    System.out.println("\nWhat came of it:");
    for (Role role : Role.all()) {
      boolean gone = ended.containsKey(role);
      System.out.println(
          "  " + role.name() + " " + role.why() + ": " + (gone ? "ended" : "left alone"));
      if (gone != role.ends()) {
        wrong.add(role.name() + " was " + (gone ? "ended" : "left alone"));
      }
    }
    long verified =
        list("/api/v1/plans", "plans").stream()
            .filter(plan -> plan.text("result").filter("verified"::equals).isPresent())
            .count();
    String metrics = daemon.get("/metrics");
    long calls = (long) sum(metrics, "reeve_steps_total", "outcome=\"done\"");
    long delivered = (long) sum(metrics, "reeve_notices_total", "delivery=\"delivered\"");
    agree(wrong, "ended workloads and verified plans", ended.size(), verified);
    agree(wrong, "ended workloads and steps done on /metrics", ended.size(), calls);
    agree(wrong, "notices that arrived and those on /metrics", world.notices().size(), delivered);
    System.out.printf(
        "  %d plans verified, %d steps made, %d notices delivered%n", verified, calls, delivered);
    switch (JournalVerifier.verify(journal)) {
      case Verification.Sound sound ->
          System.out.println("  the journal is sound: " + sound.checked().records() + " records");
      case Verification.Unsound unsound -> wrong.add("the journal: " + unsound.problem());
    }
    wrong.forEach(what -> System.out.println("  WRONG: " + what));
    return wrong.isEmpty();
  }

  private static void agree(List<String> wrong, String what, long left, long right) {
    if (left != right) {
      wrong.add(what + " do not agree: " + left + " and " + right);
    }
  }

  /** Adds up the samples of a metric whose labels hold a text. */
  static double sum(String metrics, String name, String label) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
