package dev.reeve.platform.node;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Those few of a process's variables that Reeve needs; the others are not kept. */
public sealed interface Environment {

  /** Read; a variable that is not here was not there when the process started. */
  record Known(SortedMap<String, String> variables) implements Environment {
    public Known {
      variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }

    /** Whether it has a variable whose name begins so. */
    boolean hasPrefix(String prefix) {
      SortedMap<String, String> from = variables.tailMap(prefix);
      return !from.isEmpty() && from.firstKey().startsWith(prefix);
    }
  }

  /**
   * Not known.
   *
   * @param reason in words, for people
   */
  record Unreadable(String reason) implements Environment {}

  /** The value of a variable, if it was read and is there. */
  default Optional<String> value(String name) {
    return this instanceof Known(SortedMap<String, String> variables)
        ? Optional.ofNullable(variables.get(name))
        : Optional.empty();
  }

  /**
   * Which variables are kept.
   *
   * @param more names that configuration asks for besides
   */
  record Kept(Set<String> more) {
    private static final int LONGEST_VALUE = 4096;
    private static final Set<String> NAMES =
        Set.of(
            "WORLD_SIZE",
            "LOCAL_WORLD_SIZE",
            "RANK",
            "LOCAL_RANK",
            "MASTER_ADDR",
            "PET_NNODES",
            "KUBERNETES_SERVICE_HOST",
            "container",
            "SINGULARITY_CONTAINER",
            "APPTAINER_CONTAINER",
            "PBS_JOBID",
            "LSB_JOBID",
            "SGE_TASK_ID",
            "FLUX_JOB_ID",
            "RAY_JOB_ID",
            "RAY_RAYLET_PID");
    private static final Set<String> PREFIXES =
        Set.of("REEVE_", "OMPI_", "PMI_", "PMIX_", "SLURM_");

    public Kept {
      more = Set.copyOf(more);
    }

    boolean keeps(String name) {
      return NAMES.contains(name)
          || more.contains(name)
          || PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** The value as it is kept: of names that only have to be there, nothing. */
    String cut(String name, String value) {
      boolean byPrefixOnly =
          !NAMES.contains(name) && !more.contains(name) && !name.startsWith("REEVE_");
      return byPrefixOnly || value.length() > LONGEST_VALUE ? "" : value;
    }
  }
}
