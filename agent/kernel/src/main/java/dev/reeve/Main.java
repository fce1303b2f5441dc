package dev.reeve;

import dev.reeve.cli.CommandLineInterface;

/** The program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(CommandLineInterface.run(arguments));
  }
}
