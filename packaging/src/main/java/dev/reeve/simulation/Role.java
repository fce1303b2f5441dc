package dev.reeve.simulation;

/** What a workload is like; whether Reeve may end it follows from that. */
enum Role {
  WORKER("training", "", true),
  LIGHT_WORKER("training", "", true),
  IDLER("training", "", true),
  IDLE_BATCH("batch", "", true),
  BURSTY("training", "", true),
  FLAPPING("training", "", true),
  CPU_WORK("training", "", true),
  STARTING("training", "", true),
  HUNG("training", "", true),
  NOTEBOOK("notebook", "", false),
  SERVING("serving", "", false),
  UNDECLARED("", "", false),
  SHIELDED("training", "REEVE_PROTECT=1", false),
  KEPT("training", "", false);

  private final String kind;
  private final String environment;
  private final boolean mayEnd;

  Role(String kind, String environment, boolean mayEnd) {
    this.kind = kind;
    this.environment = environment;
    this.mayEnd = mayEnd;
  }

  /** What it declares of its kind; empty where it declares nothing. */
  String kind() {
    return kind;
  }

  String environment() {
    return environment;
  }

  /** Whether it is a training or a batch job, and not protected by its own word or by its name. */
  boolean mayEnd() {
    return mayEnd;
  }
}
