package dev.reeve.platform.node;

import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Tells by cgroup, namespaces and environment to which other platform a process belongs. */
final class Foreign {
  private static final Pattern KUBERNETES = Pattern.compile("kubepods|/kubelet(/|$)");
  private static final Pattern SLURM =
      Pattern.compile("slurmstepd|/slurm(_[^/]*)?/|slurmd_|/uid_\\d+/job_\\d+");
  private static final Pattern CONTAINER =
      Pattern.compile(
          "/docker[/-]|docker-[0-9a-f]{12,}|containerd[/-]|libpod|/lxc[./]|lxc\\.(payload|monitor)"
              + "|crio-|/crio/|nerdctl|/machine\\.slice/|/ecs/|/garden/|buildkit|/podman-|\\.nspawn"
              + "|[0-9a-f]{64}");

  private final SortedMap<String, String> host;
  private final Optional<Confinement> ours;

  /**
   * @param host names of the namespaces of the machine itself
   * @param ours where Reeve runs, if what runs there too is not foreign to it
   */
  Foreign(SortedMap<String, String> host, Optional<Confinement> ours) {
    this.host = host;
    this.ours = ours;
  }

  /** The platform, such as {@code slurm}; empty if nothing speaks for another one. */
  Optional<String> platform(ProcessDetails details) {
    if (ours.isPresent() && ours.get().equals(details.confinement())) {
      return batch(details.environment());
    }
    return byCgroup(details, KUBERNETES, "kubernetes")
        .or(() -> byCgroup(details, SLURM, "slurm"))
        .or(() -> byEnvironment(details.environment()))
        .or(() -> byCgroup(details, CONTAINER, "container"))
        .or(() -> byNamespaces(details.confinement()));
  }

  private static Optional<String> byCgroup(
      ProcessDetails details, Pattern pattern, String platform) {
    return details.confinement().cgroups().stream().anyMatch(path -> pattern.matcher(path).find())
        ? Optional.of(platform)
        : Optional.empty();
  }

  private static Optional<String> byEnvironment(Environment environment) {
    if (!(environment instanceof Environment.Known known)) {
      return Optional.empty();
    }
    if (known.value("KUBERNETES_SERVICE_HOST").isPresent()) {
      return Optional.of("kubernetes");
    }
    Optional<String> batch = batch(environment);
    if (batch.isPresent()) {
      return batch;
    }
    boolean container =
        known.value("container").isPresent()
            || known.value("SINGULARITY_CONTAINER").isPresent()
            || known.value("APPTAINER_CONTAINER").isPresent();
    return container ? Optional.of("container") : Optional.empty();
  }

  private static Optional<String> batch(Environment environment) {
    if (!(environment instanceof Environment.Known known)) {
      return Optional.empty();
    }
    if (known.hasPrefix("SLURM_JOB")) {
      return Optional.of("slurm");
    }
    for (String[] batch :
        new String[][] {
          {"PBS_JOBID", "pbs"},
          {"LSB_JOBID", "lsf"},
          {"SGE_TASK_ID", "sge"},
          {"FLUX_JOB_ID", "flux"}
        }) {
      if (known.value(batch[0]).isPresent()) {
        return Optional.of(batch[1]);
      }
    }
    return Optional.empty();
  }

  /**
   * A mount namespace of its own is usual for a unit of the service manager, so it counts only
   * elsewhere.
   */
  private Optional<String> byNamespaces(Confinement confinement) {
    boolean unit = SystemdUnit.of(confinement.unitPath()).isPresent();
    for (var own : confinement.namespaces().entrySet()) {
      String hosts = host.getOrDefault(own.getKey(), own.getValue());
      boolean counts = !(own.getKey().equals("mnt") && unit) && !own.getValue().isEmpty();
      if (counts && !own.getValue().equals(hosts)) {
        return Optional.of("container");
      }
    }
    return Optional.empty();
  }
}
