package dev.reeve.spi;

import dev.reeve.model.Protection;
import dev.reeve.model.SubjectId;

/**
 * Knows what workloads declared of their protection before the board does. A collector that
 * acknowledges such declarations is one: what was acknowledged holds from then on, not from the
 * next cycle on.
 *
 * <p>Threads: any. Asked as the last before a step; must answer at once.
 */
public interface Shield {
  /**
   * Whether a workload asked for protection. What cannot be read is protected.
   *
   * @param workload one incarnation
   */
  Protection protection(SubjectId workload);
}
