package dev.reeve.rules.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Right texts that a fuzzer begins with: those of tests, and those that are shipped. */
final class Bases {
  private static final List<String> SHIPPED = List.of("money.yaml", "training.yaml", "gpu.yaml");
  private static final String WHEN =
      """
          when:
            - max(gpu.engine_active, 30m) < $below
            - max(gpu.utilization, 30m) < $below
      """;

  private final List<String> all;

  private Bases(List<String> all) {
    this.all = List.copyOf(all);
  }

  String one(Choices choices) {
    return all.get(choices.below(all.size()));
  }

  List<String> all() {
    return all;
  }

  static Bases yaml() {
    List<String> all = new ArrayList<>(List.of(PackReaderTest.RULE, PackReaderTest.RULE));
    all.add(Drl.YAML.replace("condition: drl", "subject: workload\n    when: workload.gpus > 1"));
    SHIPPED.forEach(name -> all.add(shipped(name)));
    return new Bases(all);
  }

  static Bases conditions() {
    return new Bases(
        List.of(
            "max(gpu.engine_active, 30m) < 1% and max(gpu.utilization, 30m) < 1%",
            "workload.kind in [training, batch] or mean(gpu.power, 10m) < 0.5 * max(gpu.power, 1h)",
            "cost.rate > 5 USD/h and (workload.gpus >= 2 or max(gpu.pcie_rate, 1h) < 3 MiB/s)",
            "(max(gpu.memory_used, 30m) + 1 GiB) / 2 < 20 GiB",
            "workload.kind == training"));
  }

  static Bases drl() {
    return new Bases(
        List.of(
            Drl.of("workload_gpus > 1"),
            """
            // a comment
            rule "special"
            when
              $w : Workload(workload_kind == "training", gpu_engine_active_max_30m < 0.01 /* so */,
                  (workload_gpus > 2 || workload_gpus < 9) && gpu_power_mean_10m < 0.5 * gpu_power_max_1h)
              $g : Gpu(owner == $w.subject, gpu_power_max_30m + 1 < 75)
            then
              decide.terminate($w);
            end
            """));
  }

  /** The rule of the tests with that condition alone. */
  static String inRule(String condition) {
    String rule = PackReaderTest.RULE.replace(WHEN, "    when: " + condition + "\n");
    // a parameter that nobody asks for is refused
    int from = rule.indexOf("    params:");
    return rule.substring(0, from) + rule.substring(rule.indexOf("    subject:"));
  }

  private static String shipped(String name) {
    ClassLoader loader = Bases.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream("META-INF/reeve/rules/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
