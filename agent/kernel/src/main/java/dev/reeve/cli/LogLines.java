package dev.reeve.cli;

import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line a message on stderr; the service manager adds what else is wanted. */
final class LogLines extends Formatter {
  static void install() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFormatter(new LogLines());
    }
  }

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder();
    line.append(record.getInstant().truncatedTo(ChronoUnit.MILLIS))
        .append(' ')
        .append(record.getLevel().getName())
        .append(' ')
        .append(Text.line(formatMessage(record)));
    Throwable thrown = record.getThrown();
    if (thrown != null
        && record.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue()) {
      line.append('\n');
      for (StackTraceElement at : thrown.getStackTrace()) {
        line.append("  at ").append(at).append('\n');
      }
      return line.toString();
    }
    return line.append('\n').toString();
  }
}
