package dev.reeve.simulation;

import java.nio.file.Path;

/** Lives through one world in a process of its own, and prints its digest. */
final class Fork {
  private Fork() {}

  public static void main(String[] arguments) throws Exception {
    Quiet.please();
    Path scratch = Path.of(arguments[0]);
    Trials trials = new Trials(scratch, Sets.shipped(scratch), Integer.parseInt(arguments[1]));
    System.out.println(trials.live(Long.parseLong(arguments[2])).digest());
  }
}
