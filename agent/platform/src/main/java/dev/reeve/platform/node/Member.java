package dev.reeve.platform.node;

/** One process of a workload. */
public record Member(ProcessEntry process, ProcessDetails details) {
  public ProcessKey key() {
    return process.key();
  }
}
