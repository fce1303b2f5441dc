package dev.reeve.decision;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What people answered. Guarded as the state that it is a part of. */
public final class Consents {
  private final Map<String, List<Given>> given = new TreeMap<>();
  private final Map<String, Decision.Refused> refused = new TreeMap<>();

  /**
   * One approval.
   *
   * @param atNanos on the state's timeline
   * @param boot how often the boot had changed when it was given: time between two boots counts
   *     against an approval, and how long that was is not known
   * @param used whether its plan has begun: it counts for that plan's other steps, and nothing else
   */
  private record Given(Decision.Approved approval, long atNanos, long boot, boolean used) {}

  /**
   * Names what somebody approves: the target's incarnation, the remedy with its steps, and the rule
   * as it was. What varies from cycle to cycle is not part of it.
   */
  public static String shown(Plan plan) {
    List<String> parts =
        new ArrayList<>(
            List.of(
                plan.id(),
                plan.rule(),
                plan.ruleSet(),
                plan.workload().toString(),
                plan.target().incarnation().uid(),
                plan.remedy().verb()));
    plan.steps().stream().map(Step::name).forEach(parts::add);
    return digest(parts);
  }

  /** One name for all of them, in their order. */
  static String digest(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new AssertionError("every Java has SHA-256", missing);
    }
  }

  void approved(Decision.Approved approval, long nowNanos, long boot) {
    given.values().forEach(all -> all.removeIf(old -> over(old, nowNanos, boot)));
    given.values().removeIf(List::isEmpty);
    List<Given> all = given.computeIfAbsent(approval.plan(), _ -> new ArrayList<>());
    // whoever approves again approves what is shown now
    all.removeIf(old -> person(old.approval().by()).equals(person(approval.by())));
    all.add(new Given(approval, nowNanos, boot, false));
  }

  /** Who somebody is, whichever process speaks. */
  private static String person(String by) {
    int process = by.indexOf(" (pid ");
    return process < 0 ? by : by.substring(0, process);
  }

  void refused(Decision.Refused answer) {
    refused.put(answer.episode(), answer);
  }

  /** A plan has begun: what was approved is used up. */
  void begun(String plan, long nowNanos, long boot) {
    List<Given> all = given.getOrDefault(plan, new ArrayList<>());
    all.removeIf(old -> over(old, nowNanos, boot));
    all.replaceAll(old -> new Given(old.approval(), old.atNanos(), old.boot(), true));
    if (all.isEmpty()) {
      given.remove(plan);
    }
  }

  void planClosed(String plan) {
    given.remove(plan);
  }

  void episodeClosed(String episode) {
    refused.remove(episode);
  }

  void goesOn(String before, String as) {
    Decision.Refused answer = refused.remove(before);
    if (answer != null) {
      refused.put(as, answer);
    }
  }

  private static boolean over(Given one, long nowNanos, long boot) {
    return !one.used()
        && (one.boot() != boot || nowNanos - one.atNanos() >= one.approval().forNanos());
  }

  /** Who approved exactly this plan, each once, as far as that still counts. */
  List<String> approvedBy(Plan plan, long nowNanos, long boot) {
    String shown = shown(plan);
    return given.getOrDefault(plan.id(), List.of()).stream()
        .filter(one -> !over(one, nowNanos, boot))
        .filter(one -> one.approval().shown().equals(shown))
        .map(one -> person(one.approval().by()))
        .toList();
  }

  /** Whether an approval of a plan is there, used or not. */
  boolean holds(String plan) {
    return given.containsKey(plan);
  }

  JsonObject write() {
    return Json.object()
        .put(
            "given",
            StateCodec.list(
                given.values().stream().flatMap(List::stream).toList(), Consents::write))
        .put("refused", StateCodec.list(refused.values(), DecisionWriter::write))
        .build();
  }

  private static JsonObject write(Given one) {
    return Json.object()
        .put("approval", DecisionWriter.write(one.approval()))
        .put("at_nanos", one.atNanos())
        .put("boot", one.boot())
        .put("used", one.used())
        .build();
  }

  void restore(JsonObject json) {
    StateCodec.requireOnly(json, Set.of("given", "refused"));
    StateCodec.read(json, "given", Consents::readGiven)
        .forEach(
            one -> given.computeIfAbsent(one.approval().plan(), _ -> new ArrayList<>()).add(one));
    StateCodec.read(json, "refused", of -> StateCodec.read(Decision.Refused.class, "refused", of))
        .forEach(answer -> refused.put(answer.episode(), answer));
  }

  private static Given readGiven(JsonObject json) {
    return new Given(
        StateCodec.read(
            Decision.Approved.class, "approved", DecisionReader.object(json, "approval")),
        DecisionReader.whole(json, "at_nanos"),
        DecisionReader.whole(json, "boot"),
        DecisionReader.flag(json, "used"));
  }

  /** Who said that nothing is to be done about an episode. */
  public Optional<Decision.Refused> refusal(String episode) {
    return Optional.ofNullable(refused.get(episode));
  }
}
