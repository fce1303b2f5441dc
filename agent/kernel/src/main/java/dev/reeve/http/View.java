package dev.reeve.http;

import dev.reeve.json.JsonValue;

/**
 * What the server shows: the daemon as it is now, in the shapes that {@code docs/api.md} describes.
 * Every answer is an object with {@code "v":1} and {@code "at"}, the wall time of what it shows;
 * members that are not known are left out.
 *
 * <p>Threads: any, several at once. An answer comes from a snapshot that is there already; one that
 * takes longer than some seconds is given up, and nobody else waits for it.
 */
public interface View {
  /** Mode, pause, rules, collectors, GPUs, workloads, money and the newest notices. */
  JsonValue status();

  /** What is judged to be waste now, with evidence and money. */
  JsonValue findings();

  /** What would be done, and what the guard says of it. */
  JsonValue plans();

  /** The open and the lately closed episodes. */
  JsonValue episodes();

  Readiness readiness();

  /**
   * Whether it does its work.
   *
   * @param ready the rules are live and every collector was asked once
   * @param reason in words, for people
   */
  record Readiness(boolean ready, String reason) {}
}
