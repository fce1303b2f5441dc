package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Attribute;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.Signal;
import dev.reeve.rules.drl.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DrlTierTest {
  private static Rule rule(RuleSources.Loaded loaded) {
    assertEquals(List.of(), loaded.problems().errors(), loaded.report());
    return loaded.rules().stream()
        .filter(of -> of.id().equals("special"))
        .findFirst()
        .orElseThrow();
  }

  private static void same(String drl, String yaml) {
    Rule left = rule(Drl.read(Drl.of(drl)));
    Rule right = rule(Drl.inYaml("subject: workload\n    when: '" + yaml + "'"));
    assertEquals(right, left, drl);
  }

  @Test
  void aConditionInDrlIsTheSameTreeAsInYaml() {
    same("gpu_engine_active_max_30m < 0.01", "max(gpu.engine_active, 30m) < 1%");
    same("gpu_utilization_max_60m < 0.01", "max(gpu.utilization, 1h) < 1%");
    same(
        "workload_kind == \"training\", (workload_gpus > 8 || workload_gpus < 2) &&"
            + " gpu_power_max_1h30m <= 75.5",
        "workload.kind == training and (workload.gpus > 8 or workload.gpus < 2) and"
            + " max(gpu.power, 1h30m) <= 75.5 W");
    same(
        "gpu_power_mean_10m < 0.5 * gpu_power_max_1h",
        "mean(gpu.power, 10m) < 0.5 * max(gpu.power, 1h)");
    same(
        "gpu_power_mean_10m - 30 < gpu_power_max_1h / 4",
        "mean(gpu.power, 10m) - 30 W < max(gpu.power, 1h) / 4");
    same("cost_rate_usd / workload_gpus > 2.5", "cost.rate / workload.gpus > 2.50 USD/h");
    same("gpu_energy_increase_1h < 500000", "increase(gpu.energy, 1h) < 500 kJ");
    same("process_cpu_rate_mean_10m < 0.05", "mean(process.cpu_rate, 10m) < 0.05 cores");
    same("gpu_memory_used_max_1h > 1073741824", "max(gpu.memory_used, 1h) > 1 GiB");
    same("gpu_temperature_min_10m > -5", "min(gpu.temperature, 10m) > -5 C");
    same("(workload_gpus * 1 + 1) * 2 > 3 // twice\n", "(workload.gpus * 1 + 1) * 2 > 3");
  }

  @Test
  void subjectsAreJoinedAsInYaml() {
    String drl =
        """
        rule "special" when
          $w : Workload(workload_gpus > 1) /* the
          job */
          $g : Gpu(gpu_temperature_min_10m > 85, owner == $w.subject)
          $r : Run($w.subject == owner, run_progress < 0.75)
        then decide.warn($g); end
        """;
    String yaml =
        """
        subjects:
              - {as: w, is: workload, when: workload.gpus > 1}
              - {as: g, is: gpu, join: g.owner == w.subject, when: 'min(gpu.temperature, 10m) > 85 C'}
              - {as: r, is: run, join: r.owner == w.subject, when: run.progress < 75%}
            target: g\
        """;
    assertEquals(rule(Drl.inYaml(yaml)), rule(Drl.read(drl)));
  }

  @Test
  void whatOnlyHasToExistIsWrittenAsInYaml() {
    String drl =
        """
        rule "special" when
          $w : Workload(workload_gpus > 1)
          exists Gpu(owner == $w.subject, gpu_temperature_min_10m > 85)
          exists(Run(owner == $w.subject, run_progress < 0.75))
          $g : Gpu(gpu_temperature_max_10m < 60, owner == $w.subject)
        then decide.warn($g); end
        """;
    String yaml =
        """
        subjects:
              - {as: w, is: workload, when: workload.gpus > 1}
              - {as: gpu, exists: gpu, join: gpu.owner == w.subject, when: 'min(gpu.temperature, 10m) > 85 C'}
              - {as: run, exists: run, join: run.owner == w.subject, when: run.progress < 75%}
              - {as: g, is: gpu, join: g.owner == w.subject, when: 'max(gpu.temperature, 10m) < 60 C'}
            target: g\
        """;
    Rule rule = rule(Drl.read(drl));
    assertEquals(rule(Drl.inYaml(yaml)), rule);
    assertEquals(List.of("w", "g"), rule.named().stream().map(Pattern::alias).toList());
    for (String tied : List.of("w.subject == gpu.owner", "g.owner == gpu.subject")) {
      RuleSources.Loaded loaded = Drl.inYaml(yaml.replace("g.owner == w.subject", tied));
      assertEquals(List.of("RV0603:14"), Drl.errors(loaded), loaded.report());
    }
    RuleSources.Loaded target = Drl.inYaml(yaml.replace("target: g", "target: gpu"));
    assertEquals(List.of("RV0603:15"), Drl.errors(target), target.report());
    RuleSources.Loaded both = Drl.inYaml(yaml.replace("as: run,", "as: run, is: run,"));
    assertEquals(List.of("RV0912:13"), Drl.errors(both), both.report());
    RuleSources.Loaded first = Drl.inYaml(yaml.replace("is: workload", "exists: workload"));
    assertTrue(Drl.errors(first).contains("RV0912:11"), first.report());
    RuleSources.Loaded neither = Drl.inYaml(yaml.replace("is: gpu, ", ""));
    assertEquals(List.of("RV0111:14"), Drl.errors(neither), neither.report());
  }

  @Test
  void aSubjectThatOnlyHasToExistIsNotFound() {
    RuleSources.Loaded loaded =
        Drl.read(
            """
            rule "special" when
              $w : Workload(workload_gpus > 1)
              exists Gpu(owner == $w.subject, gpu_temperature_min_10m > 85)
            then decide.warn($gpu); end
            """);
    assertEquals(List.of("RV0916:4"), Drl.errors(loaded), loaded.report());
  }

  @Test
  void parametersExceptionsAndTimesStayInYaml() {
    String more = "params: {below: {default: 1%, cases: [{namespace: ml-*, value: 5%}]}}\n";
    more += "    except: [{namespace: kube-*}]\n    times: mon-fri 08:00-18:00 Europe/Berlin\n    ";
    Rule inDrl =
        rule(
            Drl.read(
                Drl.YAML.replace("condition: drl", more + "condition: drl"),
                Drl.of("gpu_utilization_max_30m < $below")));
    Rule inYaml =
        rule(Drl.inYaml(more + "subject: workload\n    when: max(gpu.utilization, 30m) < $below"));
    assertEquals(inYaml, inDrl);
  }

  @Test
  void namesStayApartOnceDotsAreUnderscores() {
    List<String> names = new ArrayList<>();
    Arrays.stream(Signal.values()).map(Signal::text).map(Field::written).forEach(names::add);
    Arrays.stream(Attribute.values()).map(Attribute::text).map(Field::written).forEach(names::add);
    names.add(Field.KIND);
    assertEquals(names.size(), new TreeSet<>(names).size(), names.toString());
  }

  @Test
  void bothFilesMustNameTheSameRules() {
    String right = Drl.of("gpu_utilization_max_30m < 0.01");
    RuleSources.Loaded renamed = Drl.read(right.replace("\"special\"", "\"specials\""));
    assertEquals(List.of("RV0902:1", "RV0903:10"), Drl.errors(renamed), renamed.report());
    assertTrue(renamed.report().contains("did you mean 'special'?"), renamed.report());
    assertTrue(renamed.report().contains("did you mean 'specials'?"), renamed.report());
    assertEquals(List.of("RV0903:10"), Drl.errors(Repository.read(Drl.YAML)));
    SequencedMap<String, String> alone = new LinkedHashMap<>();
    alone.put("60-special.drl", right);
    assertEquals(List.of("RV0901:1"), Drl.errors(RuleSources.parse(alone)));
    RuleSources.Loaded both =
        Drl.read(Drl.YAML.replace("condition", "subject: gpu\n    condition"), right);
    assertEquals(List.of("RV0605:10"), Drl.errors(both), both.report());
    RuleSources.Loaded other = Drl.read(right.replace("terminate", "suspend"));
    assertEquals(List.of("RV0920:5"), Drl.errors(other), other.report());
  }

  @Test
  void everyConstraintThatIsWrongIsSaidAtOnceAndNothingOfTheRuleIsLetThrough() {
    RuleSources.Loaded loaded =
        Drl.read(
            Drl.of(
                "gpu_power_max_30m < 1.5f,\n(workload_gpus > 1 || nonsense > 2),\n"
                    + "workload_kind != \"training\", workload_gpus > 0"));
    assertEquals(List.of("RV0922:3", "RV0917:4", "RV0915:5"), Drl.errors(loaded));
  }

  @Test
  void anErrorShowsItsPlaceAndTheRightForm() {
    String report = Drl.read(Drl.of("gpu.utilisation < 0.01")).report();
    assertTrue(report.contains("60-special.drl:3:17"), report);
    RuleSources.Loaded near = Drl.read(Drl.of("gpu_utilisation_max_30m < 0.01"));
    assertTrue(near.report().contains("did you mean 'gpu_utilization_max_30m'?"), near.report());
    RuleSources.Loaded kind = Drl.read(Drl.of("workload_kind == \"trainin\""));
    assertTrue(kind.report().contains("did you mean 'training'?"), kind.report());
    assertEquals(List.of("RV0418:3"), Drl.errors(kind));
  }

  @Test
  void oneWitnessIsToldAsInYaml() {
    String report = Drl.read(Drl.of("gpu_utilization_max_30m < 0.01")).report();
    assertTrue(report.contains("RV0801"), report);
  }
}
