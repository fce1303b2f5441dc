package dev.reeve.platform.node;

/** What a process is to the others around it. */
enum Role {
  /** Part of somebody's work. */
  ORDINARY(""),
  SESSION_SHELL("a login or interactive shell"),
  REMOTE_LOGIN("a remote login"),
  MULTIPLEXER("a terminal multiplexer"),
  EDITOR("the server of an editor"),
  DESKTOP("part of a session"),
  CRON("a scheduler of commands"),
  SERVICE_MANAGER("a service manager"),
  CONTAINER_SHIM("the shim of a container"),
  BATCH_SHIM("the step daemon of a batch system"),
  /** Serves the GPUs themselves, or looks at them. */
  INFRASTRUCTURE("infrastructure of the GPUs"),
  /** This daemon, or what started it. */
  REEVE("Reeve itself, or what started it");

  private final String words;

  Role(String words) {
    this.words = words;
  }

  /** For people. */
  String words() {
    return words;
  }

  /** Whether a workload ends below it, and it can never be a member. */
  boolean boundary() {
    return this != ORDINARY;
  }
}
