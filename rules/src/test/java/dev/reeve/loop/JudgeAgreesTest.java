package dev.reeve.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.board.Snapshot;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.Extent;
import dev.reeve.model.Holding;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Match;
import dev.reeve.model.Pattern;
import dev.reeve.model.Protection;
import dev.reeve.model.Rule;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Truth;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.rules.Engines;
import dev.reeve.rules.RandomRules;
import dev.reeve.spi.RuleEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the loop calls confirmed is what the engine fires, over random rules and estates. */
class JudgeAgreesTest {
  private static final int RULES = 300;
  private static final int PASSES = 20;
  private static final Cost FREE = new Cost.Unknown("a test");

  private final long seed = Long.getLong("reeve.seed", 20260102);
  private final RandomRules random = new RandomRules(seed, true);
  private final Random estate = new Random(seed);

  @Test
  void whatIsConfirmedIsJustWhatFires() throws Exception {
    RuleEngine engine = Engines.of(random.rules(RULES));
    int joined = 0;
    int existing = 0;
    int unknown = 0;
    int refuted = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      Snapshot snapshot = snapshot(engine.ruleSet().slots());
      Judge judge = new Judge(engine.ruleSet(), snapshot);
      SortedSet<String> fired = new TreeSet<>();
      for (Match match : engine.evaluate(judge.facts())) {
        Rule rule = engine.ruleSet().rule(match.rule()).orElseThrow();
        int target = rule.named().indexOf(rule.targetPattern());
        fired.add(rule.id() + ":" + match.facts().get(target).subject());
        joined += rule.named().size() > 1 ? 1 : 0;
        existing += exists(rule) ? 1 : 0;
      }
      SortedSet<String> confirmed = new TreeSet<>();
      for (Rule rule : engine.ruleSet().rules()) {
        for (Subject subject : snapshot.subjects()) {
          if (subject.id().kind() == rule.targetPattern().kind()) {
            Truth truth = judge.judge(rule, subject.id()).truth();
            if (truth == Truth.CONFIRMED) {
              confirmed.add(rule.id() + ":" + subject.id().key());
            }
            unknown += exists(rule) && truth == Truth.UNKNOWN ? 1 : 0;
            refuted += exists(rule) && truth == Truth.REFUTED ? 1 : 0;
          }
        }
      }
      assertEquals(fired, confirmed, "seed " + seed + ", pass " + pass);
    }
    assertTrue(
        joined > 200 && existing > 200 && unknown > 200 && refuted > 200,
        "too few to prove much: " + List.of(joined, existing, unknown, refuted));
  }

  private static boolean exists(Rule rule) {
    return rule.patterns().stream().anyMatch(Pattern::exists);
  }

  private Snapshot snapshot(SlotTable table) {
    SortedMap<SubjectId, Subject.Workload> workloads = new TreeMap<>();
    SortedMap<SubjectId, Subject.Gpu> gpus = new TreeMap<>();
    SortedMap<SubjectId, Subject.Run> runs = new TreeMap<>();
    SortedMap<SubjectId, Subject.Endpoint> endpoints = new TreeMap<>();
    List<SubjectId> ids = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Subject.Workload workload = workload(table, i);
      workloads.put(workload.id(), workload);
      ids.add(workload.id());
    }
    for (int i = 0; i < 20; i++) {
      SubjectId id = SubjectId.gpu("GPU-" + i);
      Optional<SubjectId> holder =
          estate.nextInt(4) == 0 ? Optional.empty() : Optional.of(any(ids));
      gpus.put(
          id,
          new Subject.Gpu(
              new Device(id, "H100", "0", "host", "", 80L << 30),
              "boot",
              holder,
              new Holding.Unsure("a test"),
              FREE,
              random.slots(table, SubjectKind.GPU)));
      SubjectId run = SubjectId.run("run-" + i);
      runs.put(run, new Subject.Run(run, any(ids), FREE, random.slots(table, SubjectKind.RUN)));
      SubjectId server = any(ids);
      SubjectId endpoint = SubjectId.endpoint(server, "e" + i);
      endpoints.put(
          endpoint,
          new Subject.Endpoint(
              endpoint, server, "uid", FREE, random.slots(table, SubjectKind.ENDPOINT)));
    }
    return new Snapshot(
        1,
        Duration.ofMinutes(30),
        workloads,
        gpus,
        runs,
        endpoints,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        Collections.emptySortedSet(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  private Subject.Workload workload(SlotTable table, int number) {
    WorkloadSighting sighting =
        new WorkloadSighting(
            new WorkloadId("node", "m", "team-" + "ab".charAt(number % 2), "unit", "w" + number),
            Incarnation.of("uid", List.of("uid")),
            any(List.of(WorkloadKind.values())),
            any(List.of("", "ana", "ben")),
            any(List.of("", "a", "b")),
            Extent.of(List.of(SubjectId.gpu("GPU-" + estate.nextInt(20)))),
            Protection.none(),
            Optional.empty(),
            "");
    return new Subject.Workload(
        sighting,
        new Subject.Attribution.Agreed(),
        FREE,
        random.slots(table, SubjectKind.WORKLOAD),
        "");
  }

  private <E> E any(List<E> of) {
    return of.get(estate.nextInt(of.size()));
  }
}
