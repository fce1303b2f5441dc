package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Condition;
import dev.reeve.model.ConditionText;
import dev.reeve.model.Conditions;
import dev.reeve.model.Fact;
import dev.reeve.model.Feature;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.model.RuleMode;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Slots;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Truth;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class PackReaderTest {
  static final String RULE =
      """
      pack: {name: site, version: 3, owner: platform}
      rules:
        - id: quiet
          version: 2
          title: Quiet
          severity: warning
          status: stable
          why: because
          risk: what is not saved is lost
          runbook: https://wiki.example.net/quiet
          false_positives: [a lunch break, a lock]
          params:
            below:
              default: 1%
              cases:
                - {group: ml-*, value: 5%}
                - {gpu_model: "*T4*", value: 3%}
          subject: workload
          when:
            - max(gpu.engine_active, 30m) < $below
            - max(gpu.utilization, 30m) < $below
          except:
            - namespace: [kube-*, ci]
            - {owner: alice, when: workload.gpus > 8}
          ladder: [warn at 30m, downsize to 1 at 50m, migrate to spot-pool at 1h, terminate at 2h]
          acts_on: [training, batch]
          min_notice: 20m
      """;

  @Test
  void readsEveryKeyOfARule() {
    Rule rule = rule(RULE, "quiet");
    assertEquals(2, rule.version());
    assertEquals(
        new RuleCard(
            "site 3",
            "platform",
            RuleCard.Status.STABLE,
            "what is not saved is lost",
            "https://wiki.example.net/quiet",
            List.of("a lunch break", "a lock")),
        rule.card());
    assertEquals(RuleMode.ACT, rule.mode());
    assertEquals(Duration.ofMinutes(20), rule.minNotice());
    assertEquals(
        List.of(
            new Remedy.Notify(),
            new Remedy.Downsize(1),
            new Remedy.Migrate("spot-pool"),
            new Remedy.Terminate()),
        rule.ladder().stream().map(rung -> rung.remedy()).toList());
  }

  @Test
  void aParameterHoldsByNameAndByNoneWhereTheNameIsUnknown() {
    Condition condition = rule(RULE, "quiet").targetPattern().condition();
    assertEquals(Truth.CONFIRMED, truth(condition, new Who("bob", "ml-x", "T4"), 0.04));
    assertEquals(Truth.REFUTED, truth(condition, new Who("bob", "web", "A100"), 0.04));
    assertEquals(Truth.CONFIRMED, truth(condition, new Who("bob", "web", "Tesla T4"), 0.02));
    assertEquals(Truth.UNKNOWN, truth(condition, new Who("bob", "", "Tesla T4"), 0));
    assertEquals(Truth.UNKNOWN, truth(condition, new Who("bob", "web", ""), 0));
  }

  @Test
  void anExceptionHoldsWhereItFitsAndWhereItCannotBeRead() {
    Condition condition = rule(RULE, "quiet").targetPattern().condition();
    Who alice = new Who("alice", "web", "A100");
    assertEquals(Truth.CONFIRMED, truth(condition, new Who("bob", "web", "A100"), 0));
    assertEquals(Truth.CONFIRMED, truth(condition, alice, 0), "4 GPUs are not above 8");
    assertEquals(Truth.REFUTED, truth(condition, alice.in("kube-system"), 0));
    assertEquals(Truth.UNKNOWN, truth(condition, alice.in(""), 0));
    assertEquals(Truth.CONFIRMED, truth(condition, new Who("", "web", "A100"), 0));
    assertEquals(Truth.REFUTED, truth(condition, alice.with(9), 0));
    assertEquals(Truth.UNKNOWN, truth(condition, new Who("", "web", "A100").with(9), 0));
  }

  @Test
  void anOverrideChangesOnlyWhatItSays() {
    Rule shipped = rule("idle-workload");
    Rule changed =
        rule(
            """
            pack: {name: site, version: 1}
            overrides:
              - rule: idle-workload
                mode: observe
                severity: critical
                owner: night shift
                runbook: https://r.example.net
                params: {idle_below: 2%}
                ladder: [warn at 1h, suspend at 3h]
                acts_on: [batch]
                min_notice: 1h
                except: [{namespace: dev-*}]
            """,
            "idle-workload");
    assertEquals(shipped.title(), changed.title());
    assertEquals(shipped.version(), changed.version());
    assertEquals(RuleMode.OBSERVE, changed.mode());
    assertEquals("night shift", changed.card().owner());
    assertEquals(Duration.ofHours(1), changed.minNotice());
    String text = ConditionText.of(changed.targetPattern().condition());
    assertTrue(text.contains("< 2%") && !text.contains("< 1%"), text);
    assertTrue(text.endsWith("namespace not like dev-*"), text);
    assertEquals(
        "gpu 1", changed.card().pack(), "it is still the pack's rule, whoever overrides it");
  }

  @Test
  void aRuleThatIsOffIsCheckedAndNotLoaded() {
    RuleSources.Loaded loaded =
        Repository.read(
            "pack: {name: site, version: 1}\noverrides: [{rule: unheld-gpu, mode: off}]\n");
    assertEquals("", loaded.report());
    assertEquals(List.of("unheld-gpu"), loaded.off());
    assertTrue(loaded.rules().stream().noneMatch(rule -> rule.id().equals("unheld-gpu")));
  }

  @Test
  void aPackOfAShippedNameStandsInItsPlace() {
    String own = RULE.replace("name: site", "name: gpu").replace("id: quiet", "id: unheld-gpu");
    assertEquals(
        List.of("unheld-gpu", "runaway-run"),
        Repository.read(own).rules().stream().map(Rule::id).toList());
    RuleSources.Loaded twice = Repository.read(RULE.replace("id: quiet", "id: unheld-gpu"));
    assertEquals(RuleCode.SAME_ID, twice.problems().errors().getFirst().code());
  }

  @Test
  void twoOverridesOfOneKeyAreRefused() {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    String first = "pack: {name: %s, version: 1}\noverrides: [{rule: unheld-gpu, %s}]\n";
    texts.put("a.yaml", first.formatted("a", "severity: info"));
    texts.put("b.yaml", first.formatted("b", "severity: warning"));
    RuleProblem problem = RuleSources.parse(texts).problems().errors().getFirst();
    assertEquals(RuleCode.OVERRIDDEN_TWICE, problem.code());
    assertEquals("b.yaml", problem.place().file());
  }

  @Test
  void anExperimentOnlyObserves() {
    String experiment = RULE.replace("status: stable", "status: experimental");
    assertEquals(RuleMode.OBSERVE, rule(experiment, "quiet").mode());
    String acts = experiment.replace("    subject:", "    mode: act\n    subject:");
    assertEquals(
        RuleCode.EXPERIMENT_ACTS, Repository.read(acts).problems().errors().getFirst().code());
  }

  @Test
  void warnsWhereOneWitnessIsEnough() {
    String alone = RULE.replace("      - max(gpu.engine_active, 30m) < $below\n", "");
    RuleSources.Loaded loaded = Repository.read(alone);
    assertTrue(loaded.ok());
    assertEquals(RuleCode.ONE_WITNESS, loaded.problems().warnings().getFirst().code());
    String either =
        RULE.replace("    when:\n", "    when:\n      any:\n")
            .replace("      - max", "        - max");
    RuleProblem warning = Repository.read(either).problems().warnings().getFirst();
    assertEquals("profiling alone, nvml alone", warning.found());
    assertEquals(List.of(), Repository.read(RULE).problems().warnings());
  }

  @Test
  void findsAllProblemsOfAllFilesAtOnce() {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put("a.yaml", RULE.replace("severity: warning", "severity: loud"));
    texts.put("b.yaml", RULE.replace("quiet", "quiet2").replace("terminate", "kill"));
    texts.put("c.yaml", "pack: {name: c, version: 1, x: 1}\n\trules: []\n");
    List<String> places =
        RuleSources.parse(texts).problems().errors().stream()
            .map(problem -> problem.code().text() + " " + problem.place())
            .toList();
    assertEquals(List.of("RV0203 a.yaml:6:15", "RV0302 b.yaml:25:77", "RV0102 c.yaml:2:1"), places);
  }

  @Test
  void pointsIntoEveryFormOfScalar() {
    String[] forms = {
      "when: workload.gpus > 1 and max(gpu.powr, 5m) > 1 W",
      "when: 'workload.gpus > 1 and max(gpu.powr, 5m) > 1 W'",
      "when: \"workload.gpus > 1 and max(gpu.powr, 5m) > 1 W\"",
      "when: workload.gpus > 1\n      and max(gpu.powr, 5m) > 1 W",
      "when: |\n      workload.gpus > 1\n      and max(gpu.powr, 5m) > 1 W",
      "when: |- # why\n        workload.gpus > 1\n\n        and max(gpu.powr, 5m) > 1 W",
      "when: >-\n      workload.gpus > 1\n      and max(gpu.powr, 5m) > 1 W",
      "when: \"workload.gpus > 1\n      and max(gpu.powr, 5m) > 1 W\"",
      "when:\n      all:\n        - workload.gpus > 1\n        - max(gpu.powr, 5m) > 1 W",
    };
    for (String form : forms) {
      int from = RULE.indexOf("    when:");
      int to = RULE.indexOf("    except:");
      String text = RULE.substring(0, from) + "    " + form + "\n" + RULE.substring(to);
      int at = text.indexOf("gpu.powr");
      String before = text.substring(0, at);
      int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
      int column = at - before.lastIndexOf('\n');
      RuleProblem problem =
          Repository.read(text).problems().list().stream()
              .filter(of -> of.code() == RuleCode.UNKNOWN_NAME)
              .findFirst()
              .orElseThrow();
      assertEquals("site.yaml:" + line + ":" + column, problem.place().toString(), form);
      assertEquals("gpu.powr".length(), problem.width(), form);
    }
  }

  private static Rule rule(String id) {
    return rule("pack: {name: none, version: 1}\nrules: []\n", id);
  }

  private static Rule rule(String text, String id) {
    RuleSources.Loaded loaded = Repository.read(text);
    assertEquals(List.of(), loaded.problems().errors(), loaded.report());
    assertFalse(loaded.rules().isEmpty());
    return loaded.rules().stream().filter(of -> of.id().equals(id)).findFirst().orElseThrow();
  }

  /** A workload as a fact. */
  private record Who(String owner, String group, String model, String namespace, int gpus) {
    Who(String owner, String group, String model) {
      this(owner, group, model, "team-a", 4);
    }

    Who in(String other) {
      return new Who(owner, group, model, other, gpus);
    }

    Who with(int more) {
      return new Who(owner, group, model, namespace, more);
    }
  }

  private static Truth truth(Condition condition, Who who, double used) {
    SlotTable table =
        SlotTable.ofFeatures(
            java.util.Map.of(SubjectKind.WORKLOAD, Conditions.features(condition)));
    Slots.Builder slots = Slots.builder(table, SubjectKind.WORKLOAD).gpuModel(who.model());
    for (Feature feature : table.features(SubjectKind.WORKLOAD)) {
      boolean attribute = feature instanceof Feature.OfAttribute;
      slots.set(table.slot(SubjectKind.WORKLOAD, feature), attribute ? who.gpus() : used);
    }
    String subject = "k8s/c/" + who.namespace() + "/job/train#uid";
    return Conditions.truth(
        condition,
        Fact.of(
            SubjectKind.WORKLOAD, subject, who.owner(), who.group(), "training", slots.build()));
  }
}
