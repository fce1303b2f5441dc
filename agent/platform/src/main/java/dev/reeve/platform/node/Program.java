package dev.reeve.platform.node;

/** A program of the machine that can be run, each time with other arguments. */
@FunctionalInterface
public interface Program {
  /** Runs it once. Blocks until it has ended or its time is over. */
  Command.Result run(String... arguments) throws InterruptedException;
}
