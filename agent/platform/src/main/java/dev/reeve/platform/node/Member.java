package dev.reeve.platform.node;

import java.util.Optional;

/** One process of a workload. */
public record Member(ProcessEntry process, ProcessDetails details) {
  public ProcessKey key() {
    return process.key();
  }

  /** What could not be read, in words; of a process on its way out nothing has to be. */
  Optional<String> unreadable() {
    return process.exiting() ? Optional.empty() : details.unreadable();
  }
}
