package dev.reeve.time;

import java.time.InstantSource;

/**
 * The clocks of one daemon.
 *
 * @param evidence samples, spans, notices, cooldowns, budgets; a demonstration or a replay may run
 *     it faster
 * @param world what the outside world takes: call deadlines, a process's grace, fsync, watchdog,
 *     leases, CPU time as a rate; never sped up
 * @param wall dates that people wrote, and stamps for people
 * @param bootId which boot the tickers' readings belong to
 * @param speed how many nanoseconds of evidence pass in one of the world; 1 outside of a
 *     demonstration
 */
public record Clocks(
    Ticker evidence, Ticker world, InstantSource wall, String bootId, double speed) {

  /** The clocks of this machine. */
  public static Clocks system(Ticker world, String bootId, double speed) {
    Ticker evidence = speed == 1 ? world : new FasterTicker(world, speed);
    return new Clocks(evidence, world, InstantSource.system(), bootId, speed);
  }
}
