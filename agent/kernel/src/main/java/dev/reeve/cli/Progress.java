package dev.reeve.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/** A bar on one line of a terminal; nothing where there is none. */
final class Progress implements DoubleConsumer {
  private static final int WIDTH = 40;

  private final PrintStream out;
  private final boolean shown;
  private int last = -1;

  Progress(PrintStream out, boolean shown) {
    this.out = out;
    this.shown = shown;
  }

  static Progress onTerminal(PrintStream out) {
    return new Progress(out, isTerminal());
  }

  /** Of standard error: standard output may well go into a file. */
  private static boolean isTerminal() {
    try {
      String to = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return to.startsWith("/dev/pts/") || to.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  @Override
  public void accept(double share) {
    int percent = (int) (Math.clamp(share, 0, 1) * 100);
    if (shown && percent != last) {
      last = percent;
      int full = percent * WIDTH / 100;
      out.print("\r[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + percent + " %");
      out.flush();
    }
  }

  /** Leaves the line empty. */
  void end() {
    if (last >= 0) {
      out.print("\r" + " ".repeat(WIDTH + 10) + "\r");
      out.flush();
    }
  }
}
