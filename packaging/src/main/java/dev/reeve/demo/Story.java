package dev.reeve.demo;

import dev.reeve.cli.Text;
import dev.reeve.journal.JournalVerifier;
import dev.reeve.journal.Verification;
import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Tells what happens while it happens, and what came of it. */
final class Story {
  private final World world;
  private final DaemonProcess daemon;
  private final Map<String, String> states = new HashMap<>();
  private final Set<Role> ended = new HashSet<>();
  private int heard;
  private double overSince = -1;

  Story(World world, DaemonProcess daemon) {
    this.world = world;
    this.daemon = daemon;
  }

  /** Whether all that is to be ended has been, for some minutes of evidence. */
  boolean over() {
    boolean all = Role.all().stream().filter(Role::ends).allMatch(ended::contains);
    if (all && overSince < 0) {
      overSince = world.minute();
    }
    return all && world.minute() > overSince + 6;
  }

  /** Looks once, and says what is new. */
  void goOn() throws InterruptedException {
    Map<Role, Integer> now = world.living();
    if (world.closing()) {
      return;
    }
    now.forEach(
        (role, living) -> {
          if (living == 0 && ended.add(role)) {
            say(role.name() + " has ended");
          }
        });
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
    return objects(read(daemon.get(path)), name);
  }

  private static List<JsonObject> objects(JsonObject of, String name) {
    List<JsonObject> all = new ArrayList<>();
    for (JsonValue value : of.array(name).orElse(Json.array())) {
      if (value instanceof JsonObject object) {
        all.add(object);
      }
    }
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
    Verification verification = JournalVerifier.verify(journal);
    // what the world saw is taken once: who ends later has not ended in time
    Map<Role, Integer> living = world.living();
    long arrived = world.notices().size();
    Verdict verdict = verdict(living, arrived, verification);
    for (int again = 0; again < 3 && !verdict.wrong().isEmpty() && daemon.alive(); again++) {
      world.pause(); // a judgement may have come between two of the questions
      verdict = verdict(living, arrived, verification);
    }
    System.out.println("\nWhat came of it:");
    for (Role role : Role.all()) {
      String fate = verdict.ended(role) ? "ended" : "left alone";
      System.out.println("  " + role.name() + " " + role.why() + ": " + fate);
    }
    Verdict.Account api = verdict.api();
    System.out.printf(
        "  %d plans verified, %d steps done, %d notices delivered%n",
        verdict.verified(), api.steps(), api.delivered());
    System.out.println("  saves " + said(api.saving()) + ", still wasted " + said(api.wasting()));
    System.out.println("  journal: " + verification.checked().records() + " records checked");
    verdict.wrong().forEach(what -> System.out.println("  WRONG: " + what));
    return verdict.wrong().isEmpty();
  }

  private static String said(String amount) {
    return amount.isEmpty() ? "an unknown amount" : amount + " USD an hour";
  }

  private Verdict verdict(Map<Role, Integer> living, long arrived, Verification verification)
      throws InterruptedException {
    Optional<String> journal =
        verification instanceof Verification.Unsound unsound
            ? Optional.of(unsound.problem().toString())
            : Optional.empty();
    List<JsonObject> plans = list("/api/v1/plans", "plans");
    long verified =
        count(plans, plan -> plan.text("result").filter("verified"::equals).isPresent());
    return new Verdict(
        living, verified, arrived, byApi(plans), byMetrics(daemon.get("/metrics")), journal);
  }

  private Verdict.Account byApi(List<JsonObject> plans) throws InterruptedException {
    JsonObject status = read(daemon.get("/api/v1/status"));
    JsonObject money = status.object("money").orElse(Json.object().build());
    return new Verdict.Account(
        list("/api/v1/findings", "findings").size(),
        plans.stream().mapToLong(plan -> count(objects(plan, "steps"), Story::done)).sum(),
        count(objects(status, "notices"), notice -> notice.bool("delivered").orElse(false)),
        rate(money, "wasting"),
        rate(money, "saving"));
  }

  static Verdict.Account byMetrics(String page) {
    return new Verdict.Account(
        (long) sum(page, "reeve_findings_open", ""),
        (long) sum(page, "reeve_steps_total", "outcome=\"done\""),
        (long) sum(page, "reeve_notices_total", "delivery=\"delivered\""),
        amount(page, "reeve_waste_money_per_hour"),
        amount(page, "reeve_saving_money_per_hour"));
  }

  private static boolean done(JsonObject step) {
    return step.text("outcome").filter("done"::equals).isPresent();
  }

  private static long count(List<JsonObject> all, Predicate<JsonObject> which) {
    return all.stream().filter(which).count();
  }

  private static String rate(JsonObject money, String name) {
    return objects(money, name).stream()
        .flatMap(rate -> rate.text("amount").stream())
        .map(text -> Verdict.amount(new BigDecimal(text)))
        .findFirst()
        .orElse("");
  }

  private static String amount(String page, String name) {
    boolean there = page.lines().anyMatch(line -> line.startsWith(name + "{"));
    return there ? Verdict.amount(BigDecimal.valueOf(sum(page, name, "USD"))) : "";
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
