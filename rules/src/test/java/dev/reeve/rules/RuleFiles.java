package dev.reeve.rules;

/** Rule files as operators would write them. */
final class RuleFiles {
  private RuleFiles() {}

  /** One rule that acts on what is idle for so many minutes. */
  static String rule(String id, int minutes) {
    return """
    pack: {name: %1$s-pack, version: 1, owner: ops}
    rules:
      - id: %1$s
        version: 1
        title: Idle by two witnesses
        severity: warning
        status: stable
        mode: act
        why: a test
        risk: a test
        subject: workload
        when: max(gpu.engine_active, %2$dm) < 1%% and max(gpu.utilization, %2$dm) < 1%%
        acts_on: [training, batch]
        min_notice: 15m
        ladder: [warn at 30m, terminate at 60m]
    """
        .formatted(id, minutes);
  }

  /** The same for thirty minutes, where a file in DRL gives the condition. */
  static String inDrl(String id) {
    String rule = rule(id, 30);
    int from = rule.indexOf("    subject:");
    int to = rule.indexOf("    acts_on:");
    return rule.substring(0, from) + "    condition: drl\n" + rule.substring(to);
  }

  /** That file. */
  static String drl(String id) {
    return """
    rule "%s"
    when
      $w : Workload(gpu_engine_active_max_30m < 0.01, gpu_utilization_max_30m < 0.01)
    then
      decide.terminate($w);
    end
    """
        .formatted(id);
  }

  /** One rule that holds for each pair of workloads of a group. */
  static String explosive(String id) {
    return """
    pack: {name: %1$s-pack, version: 1, owner: ops}
    rules:
      - id: %1$s
        version: 1
        title: Every pair
        severity: info
        status: stable
        why: a test
        risk: a test
        subjects:
          - as: a
            is: workload
            when: workload.gpus >= 1
          - as: b
            is: workload
            join: b.group == a.group
            when: workload.gpus >= 1
        target: a
        ladder: [warn at 30m]
    """
        .formatted(id);
  }

  /** One whose pairs and triples are as many, and which holds for none of them. */
  static String explosiveInVain(String id) {
    return explosive(id)
        .replace(
            "    target: a\n",
            """
                  - as: c
                    is: workload
                    join: c.group == b.group
                    when: workload.gpus >= 1
                  - as: d
                    is: gpu
                    join: d.owner == c.group
                    when: max(gpu.power, 30m) > 1 W
                target: a
            """);
  }
}
