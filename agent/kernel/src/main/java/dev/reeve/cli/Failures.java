package dev.reeve.cli;

import dev.reeve.control.Control;
import dev.reeve.control.NoDaemonException;
import dev.reeve.daemon.StartException;
import dev.reeve.spi.History;
import picocli.CommandLine;

/** Turns what a command throws into a sentence and an exit code. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  static final int CONFIGURATION = 78;

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
    return switch (failure) {
      case NoDaemonException none -> say(none, NoDaemonException.EXIT);
      case Control.RefusedException refused -> say(refused, 1);
      case History.HistoryException unreadable -> say(unreadable, 1);
      case StartException cannot -> say(cannot, CONFIGURATION);
      default -> throw failure;
    };
  }

  private static int say(Exception failure, int code) {
    System.err.println("reeve: " + Text.plain(String.valueOf(failure.getMessage())));
    return code;
  }
}
