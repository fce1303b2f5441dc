package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.Place;
import dev.reeve.config.Value;
import dev.reeve.model.Condition;
import dev.reeve.model.ConditionText;
import dev.reeve.model.Conditions;
import dev.reeve.model.Expression;
import dev.reeve.model.Feature;
import dev.reeve.model.SubjectKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  private final RuleProblems problems = new RuleProblems();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "max(gpu.engine_active, 30m) < 1%; max(gpu.engine_active, 30m) < 1%",
        "max(gpu.engine_active,30m)<1%; max(gpu.engine_active, 30m) < 1%",
        "1% > max(gpu.engine_active, 30m); max(gpu.engine_active, 30m) < 1%",
        "(max(gpu.power, 1h30m)) >= 0.3 kW; max(gpu.power, 1h30m) >= 300 W",
        "max(gpu.power_over_idle, 5m) < 1.3x; max(gpu.power_over_idle, 5m) < 130%",
        "min(gpu.memory_free, 5m) < 2 GiB; min(gpu.memory_free, 5m) < 2147483648 B",
        "max(gpu.pcie_rate, 5m) < 10 MiB/s; max(gpu.pcie_rate, 5m) < 10485760 B/s",
        "mean(endpoint.request_rate, 5m) < 0.1/s; mean(endpoint.request_rate, 5m) < 0.1/s",
        "increase(gpu.energy, 1h) < 5 kJ; increase(gpu.energy, 1h) < 5000 J",
        "cost.rate > 2.50 USD/h; cost.rate > 2.5 USD/h",
        "cost.rate / workload.gpus > 5 USD/h; cost.rate / workload.gpus > 5 USD/h",
        "workload.kind == training; workload.kind in [training]",
        "workload.kind in [batch, training]; workload.kind in [training, batch]",
        "workload.gpus > 1 and workload.gpus < 9 or workload.gpus > 64;"
            + "(workload.gpus > 1 and workload.gpus < 9) or workload.gpus > 64",
        "mean(gpu.power, 10m) < 0.5 * max(gpu.power, 1h);"
            + "mean(gpu.power, 10m) < 0.5 * max(gpu.power, 1h)",
        "(workload.gpus - 1 - 2) * 3 > 4; ((workload.gpus - 1) - 2) * 3 > 4",
        "max(gpu.temperature, 5m) > -5 C; max(gpu.temperature, 5m) > -5 C",
      })
  void readsWhatItSays(String text, String canonical) {
    Condition condition = read(text, SubjectKind.WORKLOAD).orElseThrow();
    assertEquals("", problems.text());
    assertEquals(canonical.strip(), ConditionText.of(condition));
    assertEquals(condition, read(ConditionText.of(condition), SubjectKind.WORKLOAD).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "max(gpu.engine_active, 30m) < 1 %& x; RV0402; 34; and",
        "max(gpu.engine_actve, 30m) < 1%; RV0404; 5; gpu.engine_active",
        "gpu.utilization < 1%; RV0404; 1; ",
        "mx(gpu.utilization, 30m) < 1%; RV0405; 1; max",
        "avg(gpu.utilization, 30m) < 1%; RV0405; 1; mean",
        "p95(gpu.utilization, 30m) < 1%; RV0406; 1; ",
        "p96(gpu.utilization, 30m) < 1%; RV0405; 1; p90",
        "p95(endpoint.ttft, 1h) < 1s; RV0412; 5; ",
        "increase(gpu.power, 30m) < 1 W; RV0406; 1; ",
        "max(gpu.energy, 30m) < 1 J; RV0406; 1; ",
        "max(cost.rate, 30m) > 1 USD/h; RV0406; 1; ",
        "max(gpu.utilization, 30) < 1%; RV0407; 22; ",
        "max(gpu.utilization, 30s) < 1%; RV0407; 22; ",
        "max(gpu.utilization, 25h) < 1%; RV0407; 22; ",
        "max(gpu.utilization) < 1%; RV0407; 1; ",
        "max(gpu.utilization, 30m) < 1; RV0408; 29; ",
        "max(gpu.power, 30m) < 1%; RV0408; 23; ",
        "max(gpu.power, 30m) + workload.gpus < 1 W; RV0408; 21; ",
        "max(gpu.power, 30m) * max(gpu.power, 1h) < 1 W; RV0408; 21; ",
        "not max(gpu.utilization, 30m) < 1%; RV0409; 1; ",
        "workload.gpus > 1 and not (workload.gpus > 2); RV0409; 23; ",
        "workload.gpus != 1; RV0410; 15; ",
        "workload.kind != training; RV0410; 15; ",
        "workload.gpus == 1; RV0411; 15; ",
        "run.not_finite >= 3; RV0412; 1; ",
        "1 < 2; RV0413; 1; ",
        "max(gpu.utilization, 30m) < 0%; RV0414; 1; ",
        "max(gpu.utilization, 30m) < 101%; RV0414; 1; ",
        "1 < workload.gpus < 3; RV0416; 19; ",
        "workload.gpus; RV0417; 1; ",
        "(workload.gpus > 1) > 2; RV0417; 2; ",
      })
  void saysWhatIsWrongAndWhere(String text, String code, int column, String nearest) {
    assertWrong(text, code, column, nearest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "workload.kind == trainin; RV0418; 18; training",
        "workload.kind == unknown; RV0418; 18; ",
        "workload.gpus in [training]; RV0418; 1; ",
        "cost.rate > 5; RV0419; 1; ",
        "cost.rate > 5 USD/h + 1 EUR/h; RV0419; 1; ",
        "max(gpu.power, 30m) < $x; RV0501; 23; ",
        "workload.gpus > 1 AND workload.gpus < 3; RV0402; 19; and",
        "workload.gpus > 1 && workload.gpus < 3; RV0402; 19; and",
        "workload.gpus > 1 || workload.gpus < 3; RV0402; 19; or",
        "workload.gpus = 1; RV0402; 15; <=",
        "workload.gpus > ; RV0402; 16; ",
        "(workload.gpus > 1; RV0402; 19; ",
        "workload.gpus > 1); RV0402; 18; ",
        "max(gpu.power, 30m) < 5 watt; RV0403; 23; ",
        "max(gpu.power, 30m) < 1e9; RV0403; 23; ",
        "max(gpu.power, 30m) < 0x10; RV0403; 23; ",
        "cost.rate > 5 usd/h; RV0403; 13; ",
        "workload.gpus > 1111111111111111; RV0403; 17; ",
        "workload.gpus ≥ 1; RV0401; 15; ",
        "workload.gpus > #1; RV0401; 17; ",
        "java.lang.Runtime; RV0417; 1; ",
        "eval(1, 2) > 3; RV0405; 1; ",
      })
  void saysWhatElseIsWrongAndWhere(String text, String code, int column, String nearest) {
    assertWrong(text, code, column, nearest);
  }

  private void assertWrong(String text, String code, int column, String nearest) {
    assertEquals(Optional.empty(), read(text, SubjectKind.WORKLOAD));
    RuleProblem first = problems.list().getFirst();
    assertEquals(code + " " + column, first.code().text() + " " + first.place().column());
    assertEquals(nearest == null ? "" : nearest, first.nearest(), first.sentence());
  }

  @Test
  void findsAllWrongUnitsOfOneConditionAtOnce() {
    read(
        "max(gpu.power, 30m) < 1% and max(gpu.utilization, 30m) < 1 W and run.age > 5m",
        SubjectKind.WORKLOAD);
    assertEquals(3, problems.list().size(), problems.text());
  }

  @Test
  void showsTheRightFormOfWhatNotWouldSay() {
    read("not (max(gpu.utilization, 30m) < 1%)", SubjectKind.WORKLOAD);
    assertEquals(
        "when: expected `max(gpu.utilization, 30m) >= 1%`, found 'not'",
        problems.list().getFirst().sentence());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "max(gpu.power, 30) < 1 W; a span from 1m to 24h, found a number without a unit",
        "max(gpu.power, 30%) < 1 W; a span from 1m to 24h, found a share, such as 1% or 1.3x",
        "max(gpu.power, 25h) < 1 W; a span from 1m to 24h, found a shorter or longer one",
        "max(gpu.power, gpu.power) < 1 W; a span from 1m to 24h, found no number",
        "max(gpu.power) < 1 W; a signal and a span: max(gpu.power, 30m), found one of the two",
        "workload.gpus > 1 in [training]; 'and', 'or' or the end, found 'in'",
        "workload.gpus > 1 and and workload.gpus < 3; a number, a signal or an attribute, found"
            + " 'and'",
      })
  void saysWhatStandsThere(String text, String sentence) {
    assertEquals(Optional.empty(), read(text, SubjectKind.WORKLOAD));
    assertEquals("when: expected " + sentence, problems.list().getFirst().sentence());
  }

  @Test
  void knowsWhatEachSubjectHas() {
    assertTrue(read("run.not_finite >= 3", SubjectKind.RUN).isPresent());
    assertTrue(read("gpu.unheld >= 30m", SubjectKind.GPU).isPresent());
    for (String wrong : new String[] {"max(gpu.power, 5m) < 1 W", "workload.gpus > 1"}) {
      assertEquals(Optional.empty(), read(wrong, SubjectKind.RUN), wrong);
    }
    assertEquals(Optional.empty(), read("max(process.cpu_rate, 5m) < 1 cores", SubjectKind.GPU));
    assertEquals(Optional.empty(), read("workload.kind == training", SubjectKind.GPU));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "p95(endpoint.ttft, 1h) < 0.6 * slo; upper; p95(endpoint.ttft, 1h) < 0.6 * endpoint.slo",
        "p95(endpoint.ttft, 1h) <= 2s; upper; p95(endpoint.ttft, 1h) <= 2s",
        "2s < p99(endpoint.ttft, 1h); lower; p99(endpoint.ttft, 1h) > 2s",
        "p50(endpoint.ttft, 5m) >= 1s; lower; p50(endpoint.ttft, 5m) >= 1s",
        "slo - p90(endpoint.ttft, 1h) > 1s; upper; endpoint.slo - p90(endpoint.ttft, 1h) > 1s",
        "slo > p90(endpoint.ttft, 1h); upper; endpoint.slo > p90(endpoint.ttft, 1h)",
        "slo / p95(endpoint.ttft, 1h) > 200%; upper; endpoint.slo / p95(endpoint.ttft, 1h) > 200%",
        "p95(endpoint.ttft, 1h) / slo < 50%; upper; p95(endpoint.ttft, 1h) / endpoint.slo < 50%",
        "p95(endpoint.ttft, 1h) * -2 < -1s; lower; p95(endpoint.ttft, 1h) * -2 < -1s",
      })
  void takesTheBoundWithWhichAComparisonIsHarderToMeet(String text, String bound, String written) {
    Condition condition = read(text, SubjectKind.ENDPOINT).orElseThrow();
    assertEquals("", problems.text());
    assertEquals(written.strip(), ConditionText.of(condition));
    assertEquals(
        List.of(bound.strip()),
        Conditions.features(condition).stream()
            .filter(Feature.OfQuantile.class::isInstance)
            .map(feature -> ((Feature.OfQuantile) feature).bound().text())
            .toList());
  }

  @Test
  void bothBoundsOfOneQuantileAreAskedForApart() {
    Condition between =
        read("p95(endpoint.ttft, 1h) > 1s and p95(endpoint.ttft, 1h) < 2s", SubjectKind.ENDPOINT)
            .orElseThrow();
    assertEquals(
        List.of("lower bound of p95(endpoint.ttft, 1h)", "upper bound of p95(endpoint.ttft, 1h)"),
        Conditions.features(between).stream().map(Feature::text).toList());
  }

  @Test
  void refusesAQuantileThatIsScaledByWhatMayBeOfEitherSign() {
    assertEquals(
        Optional.empty(),
        read("p95(endpoint.ttft, 1h) * (max(endpoint.queue, 1h) - 1) < 1s", SubjectKind.ENDPOINT));
    assertEquals(RuleCode.WRONG_STATISTIC, problems.list().getFirst().code());
  }

  @Test
  void aHistogramHasNoMeanAndOnlyEndpointsHaveIt() {
    assertEquals(Optional.empty(), read("mean(endpoint.ttft, 1h) < 1s", SubjectKind.ENDPOINT));
    assertEquals(
        "when: expected p50, p90, p95 or p99, found mean", problems.list().getFirst().sentence());
    assertTrue(read("max(endpoint.queue, 1h) < 1", SubjectKind.ENDPOINT).isPresent());
    assertEquals(Optional.empty(), read("max(gpu.power, 1h) < 1 W", SubjectKind.ENDPOINT));
    assertEquals(Optional.empty(), read("slo > 1s", SubjectKind.WORKLOAD));
  }

  @Test
  void countsBracketsAndOperations() {
    String deep = "(".repeat(16) + "workload.gpus" + ")".repeat(16) + " > 1";
    assertEquals(Optional.empty(), read(deep, SubjectKind.WORKLOAD));
    assertEquals(RuleCode.TOO_COMPLEX, problems.list().getLast().code());
    String fits = "(".repeat(15) + "workload.gpus" + ")".repeat(15) + " > 1";
    assertTrue(read(fits, SubjectKind.WORKLOAD).isPresent());
    String minus = "- ".repeat(20) + "1 < workload.gpus";
    assertEquals(Optional.empty(), read(minus, SubjectKind.WORKLOAD));
    String sum = "workload.gpus" + " + 1".repeat(9) + " > 1";
    assertEquals(Optional.empty(), read(sum, SubjectKind.WORKLOAD));
  }

  @Test
  void keepsTheMeasuredSideOnTheLeftWhereWitnessesAreCounted() {
    Condition condition = read("1% > max(gpu.utilization, 30m)", SubjectKind.GPU).orElseThrow();
    assertEquals(
        true,
        condition instanceof Condition.Compare compare && compare.left() instanceof Expression.Ask);
  }

  private Optional<Condition> read(String text, SubjectKind kind) {
    problems.source(new SourceText("f", text));
    Value.Written written =
        new Value.Written(0, text.codePointCount(0, text.length()), Value.Form.PLAIN);
    Value scalar = new Value.Scalar(text, Value.Kind.TEXT, new Place("f", 1, 1), written);
    return new ConditionReader(problems, kind, new Parameters()).read(scalar, "when");
  }
}
