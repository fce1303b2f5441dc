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
}
