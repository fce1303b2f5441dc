package dev.reeve.guard;

import dev.reeve.board.WallTime;
import dev.reeve.model.WorkloadSighting;
import java.util.List;

/**
 * What one cycle saw besides the workload that it judged.
 *
 * @param wall what people's clocks showed
 * @param workloads that were seen and are surely attributed: what shares are shares of
 */
public record Scene(WallTime wall, List<WorkloadSighting> workloads) {
  public Scene {
    workloads = List.copyOf(workloads);
  }
}
