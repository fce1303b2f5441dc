package dev.reeve.daemon;

import dev.reeve.json.JsonObject;

/** Takes up now what operators changed. Threads: any; returns when it judges. */
@FunctionalInterface
interface Reloading {
  /**
   * @param by who or what asked
   * @return what came of it, in the shape of {@code docs/api.md}
   */
  JsonObject reload(String by);
}
