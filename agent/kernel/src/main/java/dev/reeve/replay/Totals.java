package dev.reeve.replay;

import dev.reeve.daemon.Shapes;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.loop.Cycle;
import dev.reeve.model.Money;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.WorkloadKind;
import dev.reeve.spi.History.Heard;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a back-test adds up to, by rule and over all. */
public final class Totals {
  private final String ruleSet;
  private final SortedMap<String, Sum> rules = new TreeMap<>();
  private final Sum all = new Sum();
  private final List<String> notes = new ArrayList<>();
  private long fromNanos;
  private long toNanos;
  private long answers;
  private long failures;
  private long samples;
  private long cycles;
  private boolean workloads;
  private boolean kindless;
  private String problem = "";

  private static final class Sum {
    private long notices;
    private long actions;
    private long heldUp;
    private long falseKills;
    private long unpriced;
    private double gpuHours;
    private final SortedMap<String, Money> saved = new TreeMap<>();

    void add(Happened what, Optional<Stop> stop) {
      switch (what.word()) {
        case "told" -> notices++;
        case "go" -> actions++;
        default -> heldUp++;
      }
      stop.ifPresent(this::add);
    }

    private void add(Stop stop) {
      falseKills += stop.activeAgain().isPresent() ? 1 : 0;
      gpuHours += stop.gpuHours();
      if (stop.saved().isPresent()) {
        Money money = stop.saved().get();
        saved.merge(money.currency().getCurrencyCode(), money, Money::plus);
      } else {
        unpriced++;
      }
    }

    JsonObjectBuilder json() {
      return Json.object()
          .put("notices", notices)
          .put("actions", actions)
          .put("held_up", heldUp)
          .put("false_kills", falseKills)
          .put("gpu_hours", rounded(gpuHours))
          .put("saved", Shapes.sums(saved.values()))
          .put("actions_without_price", unpriced);
    }
  }

  Totals(RuleSet set) {
    ruleSet = set.hash();
    for (Rule rule : set.rules()) {
      rules.put(rule.id(), new Sum());
    }
  }

  void from(long nanos) {
    fromNanos = nanos;
    toNanos = nanos;
  }

  void to(long nanos) {
    toNanos = nanos;
  }

  void notes(List<String> more) {
    notes.addAll(more);
  }

  void heard(Heard heard) {
    switch (heard) {
      case Heard.Answer answer -> {
        answers++;
        samples += answer.observation().samples().size();
      }
      case Heard.Failure _ -> failures++;
    }
  }

  void cycled(Cycle cycle) {
    cycles++;
    workloads |= !cycle.snapshot().workloads().isEmpty();
    kindless |=
        cycle.situations().values().stream()
            .flatMap(situation -> situation.workload().stream())
            .anyMatch(workload -> workload.sighting().kind() == WorkloadKind.UNKNOWN);
    if (!cycle.problem().isEmpty()) {
      problem = cycle.problem();
    }
  }

  void add(Happened what, Optional<Stop> stop) {
    all.add(what, stop);
    rules.computeIfAbsent(what.rule(), _ -> new Sum()).add(what, stop);
  }

  /** Whether every pass judged; what did not is in the notes. */
  public boolean judged() {
    return problem.isEmpty();
  }

  /** One object, in the shape that {@code docs/backtest.md} describes. */
  public JsonObject json() {
    List<JsonObject> byRule = new ArrayList<>();
    for (Map.Entry<String, Sum> rule : rules.entrySet()) {
      JsonObjectBuilder one = Json.object().put("rule", rule.getKey());
      rule.getValue().json().build().members().forEach(one::put);
      byRule.add(one.build());
    }
    return Json.object()
        .put("type", "summary")
        .put("v", 1)
        .put("from", Report.time(fromNanos))
        .put("to", Report.time(toNanos))
        .put("hours", rounded(Duration.ofNanos(toNanos - fromNanos).toMillis() / 3.6e6))
        .put("rule_set", ruleSet)
        .put("answers", answers)
        .put("failures", failures)
        .put("samples", samples)
        .put("cycles", cycles)
        .put("rules", Json.array(byRule))
        .put("all", all.json())
        .put("notes", Json.texts(allNotes()))
        .build();
  }

  /** What people have to know of how far the sums can be trusted. */
  private List<String> allNotes() {
    List<String> said = new ArrayList<>(notes);
    if (answers == 0) {
      said.add("the history has nothing in it");
    } else if (!workloads) {
      said.add("nobody says who holds a GPU, so only rules about GPUs could judge");
    }
    if (kindless) {
      said.add(
          "of some workloads nobody says the kind, so nothing but a notice is possible for them;"
              + " --assume-kind says what would be if they were of one");
    }
    if (all.unpriced > 0) {
      said.add(
          "of %d of the actions nobody knows what the workload cost; 'prices' in the configuration"
                  .formatted(all.unpriced)
              + " says it");
    }
    if (!problem.isEmpty()) {
      said.add("the rules could not judge at times: " + problem);
    }
    return said;
  }

  static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
  }
}
