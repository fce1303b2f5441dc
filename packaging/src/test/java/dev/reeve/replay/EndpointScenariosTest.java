package dev.reeve.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.rules.yaml.RuleSources;
import dev.reeve.spi.RuleEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule on an endpoint with more replicas than its objective needs, from its text to a notice. */
class EndpointScenariosTest {
  private static final String RULE =
      """
      pack: {name: site, version: 1}
      rules:
        - id: over-provisioned
          version: 1
          title: Serves faster than it must
          severity: info
          status: stable
          why: The slowest of twenty answers begins well before it must.
          risk: None; it only tells the owner.
          subjects:
            - as: w
              is: workload
              when: workload.gpus >= 2
            - as: e
              is: endpoint
              join: e.owner == w.subject
              when: p95(endpoint.ttft, 1h) < 0.6 * slo and max(endpoint.queue, 1h) < 1
          target: e
          ladder: [warn at 1h]
      """;
  private static final String SCENARIO =
      """
      tests:
        - name: endpoint
          series:
            - {series: 'gpu_utilization{workload="k8s/a/Deployment/chat",gpu="G"}', values: 0.5x300}
            - {series: 'gpu_utilization{workload="k8s/a/Deployment/chat",gpu="H"}', values: 0.5x300}
            - {series: 'endpoint_queue{workload="k8s/a/Deployment/chat",endpoint="v1"}', values: 0x300}
            - {series: 'endpoint_slo_seconds{workload="k8s/a/Deployment/chat",endpoint="v1"}', values: 1x300}
            - {series: 'endpoint_ttft_bucket{workload="k8s/a/Deployment/chat",endpoint="v1",le="0.5"}', values: 0+5x300}
            - {series: 'endpoint_ttft_bucket{workload="k8s/a/Deployment/chat",endpoint="v1",le="1"}', values: 0+5x300}
            - {series: 'endpoint_ttft_bucket{workload="k8s/a/Deployment/chat",endpoint="v1",le="+Inf"}', values: 0+5x300}
          expect:
            - at: 55m
              rule: over-provisioned
            - at: 140m
              rule: over-provisioned
              actions: [ACTION]
              answers: [{endpoint: k8s/a/Deployment/chat/v1, is: ANSWER}]
      """;
  private static final String TOLD = "{remedy: notify, endpoint: k8s/a/Deployment/chat/v1}";

  @TempDir private Path folder;

  @Test
  void tellsTheOwnerOfAnEndpointThatIsFasterThanItMust() throws Exception {
    holds(SCENARIO.replace("ACTION", TOLD).replace("ANSWER", "confirmed"));
  }

  @Test
  void leavesAnEndpointAloneWhoseSlowestAnswersMayBeTooSlow() throws Exception {
    // 90 % within half a second, the rest within one: the quantile may be anywhere up to that
    quiet(SCENARIO.replace("le=\"0.5\"}', values: 0+5x300", "le=\"0.5\"}', values: 0+4.5x300"));
  }

  @Test
  void leavesAnEndpointAloneThatLetsRequestsWait() throws Exception {
    quiet(SCENARIO.replace("endpoint=\"v1\"}', values: 0x300", "endpoint=\"v1\"}', values: 2x300"));
  }

  @Test
  void knowsNothingOfAnEndpointWithoutRequests() throws Exception {
    unknown(SCENARIO.replace("0+5x300", "7x300"));
  }

  @Test
  void knowsNothingWithoutTheBucketOfAll() throws Exception {
    unknown(SCENARIO.replace("le=\"+Inf\"}', values: 0+5x300", "le=\"+Inf\"}', values: stalex300"));
  }

  @Test
  void knowsNothingWhereNoObjectiveIsDeclared() throws Exception {
    unknown(SCENARIO.replace("values: 1x300", "values: stalex300"));
  }

  @Test
  void knowsNothingWhileARestartLiesInTheSpan() throws Exception {
    unknown(SCENARIO.replace("0+5x300", "0+5x99 0+5x200").replace("140m", "70m"));
  }

  private void quiet(String scenario) throws Exception {
    holds(scenario.replace("ACTION", "").replace("ANSWER", "refuted"));
  }

  private void unknown(String scenario) throws Exception {
    holds(scenario.replace("ACTION", "").replace("ANSWER", "unknown"));
  }

  private void holds(String scenario) throws Exception {
    RuleSources.Loaded loaded = RuleSources.parse(new LinkedHashMap<>(Map.of("site.yaml", RULE)));
    assertEquals("", loaded.report());
    Path tests = Files.writeString(folder.resolve("test.yaml"), scenario);
    RuleEngine engine =
        new TreeEngine(
            loaded.rules().stream().filter(rule -> rule.id().equals("over-provisioned")).toList());
    List<RuleTests.Result> results = new RuleTests(engine, _ -> true, folder).run(tests);
    assertEquals(1, results.size());
    assertEquals(List.of(), results.getFirst().failures());
  }
}
