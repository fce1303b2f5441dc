package dev.reeve.daemon;

import dev.reeve.config.JournalConfig;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.DecisionWriter;
import dev.reeve.decision.Retention;
import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.Fatal;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalPorts;
import dev.reeve.journal.JournalSettings;
import dev.reeve.journal.OpenResult;
import dev.reeve.journal.Stamps;
import dev.reeve.linux.Directories;
import dev.reeve.time.Clocks;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The journal of this daemon, opened.
 *
 * @param observeOnly why nothing may be done whatever the configuration says; empty if it may
 */
record JournalRoom(DecisionLog log, String observeOnly) {
  /** What the journal tells its surroundings. */
  record Ports(Fatal fatal, CrashPoint crashPoint, Consumer<Duration> appended) {}

  private static final Logger logger = System.getLogger(JournalRoom.class.getName());

  static JournalRoom open(JournalPlace place, JournalConfig config, Clocks clocks, Ports ports)
      throws StartException {
    Stamps stamps = stamps(clocks);
    OpenResult result =
        place.open(
            new JournalSettings(Math.toIntExact(config.segmentSize()), DecisionWriter::knows),
            new JournalPorts(stamps, ports.fatal(), ports.crashPoint(), Directories::sync));
    return switch (result) {
      case OpenResult.Opened opened -> {
        warn(opened.cutBytes());
        yield over(
            new TimedJournal(opened.journal(), clocks.world(), ports.appended()),
            new Retention(config.age(), config.size()),
            stamps);
      }
      case OpenResult.ObserveOnly newer ->
          observing(stamps, "the journal was written by a newer release: " + newer.problem());
      case OpenResult.Refused refused ->
          throw new StartException(
              "the journal in "
                  + place
                  + " cannot be used: "
                  + refused.problem()
                  + "; 'reeve journal verify' says more. Nothing was changed.");
    };
  }

  private static void warn(long cutBytes) {
    if (cutBytes > 0) {
      logger.log(
          Level.WARNING,
          "cut {0} bytes off the end of the journal: a record that was never acknowledged",
          cutBytes);
    }
  }

  private static JournalRoom over(Journal journal, Retention retention, Stamps stamps)
      throws StartException {
    try {
      return new JournalRoom(DecisionLog.over(journal, retention), "");
    } catch (DecisionLog.Unreadable unreadable) {
      journal.close();
      return observing(stamps, String.valueOf(unreadable.getMessage()));
    }
  }

  /** What was decided is not known: nothing is, and the journal stays as it is. */
  private static JournalRoom observing(Stamps stamps, String why) throws StartException {
    try {
      return new JournalRoom(DecisionLog.over(new VolatileJournal(stamps)), why);
    } catch (DecisionLog.Unreadable empty) {
      throw new StartException(String.valueOf(empty.getMessage()), empty);
    }
  }

  /** Records carry the world's clock of this boot. */
  static Stamps stamps(Clocks clocks) {
    UUID boot = UUID.fromString(clocks.bootId());
    return () -> new Stamps.Stamp(clocks.wall().millis(), boot, clocks.world().nanos());
  }
}
