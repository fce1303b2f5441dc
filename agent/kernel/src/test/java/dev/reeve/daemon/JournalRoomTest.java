package dev.reeve.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.JournalConfig;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionWriter;
import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.FileJournal;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalCheckpoint;
import dev.reeve.journal.JournalPorts;
import dev.reeve.journal.JournalSettings;
import dev.reeve.journal.OpenResult;
import dev.reeve.json.Json;
import dev.reeve.linux.BootClock;
import dev.reeve.linux.Directories;
import dev.reeve.time.Clocks;
import dev.reeve.time.FakeTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be understood makes the daemon observe, and stays as it is. */
final class JournalRoomTest {
  private static final int SEGMENT = 4 << 10;

  @TempDir private Path folder;
  private final FakeTicker ticker = new FakeTicker();
  private final Clocks clocks =
      new Clocks(ticker, ticker, InstantSource.system(), BootClock.bootId(), 1);

  private JournalRoom open() throws StartException {
    return JournalRoom.open(
        JournalPlace.folder(folder),
        new JournalConfig(SEGMENT, Duration.ofDays(365), 1 << 20),
        clocks,
        new JournalRoom.Ports(JournalRoomTest::fatal, CrashPoint.NONE, _ -> {}));
  }

  private static void fatal(String reason, Throwable cause) {
    throw new AssertionError(reason, cause);
  }

  private void checkpoint(int version) {
    OpenResult result =
        FileJournal.open(
            folder,
            new JournalSettings(SEGMENT, (_, _) -> true),
            new JournalPorts(
                JournalRoom.stamps(clocks),
                JournalRoomTest::fatal,
                CrashPoint.NONE,
                Directories::sync));
    if (!(result instanceof OpenResult.Opened(Journal journal, long _))) {
      throw new AssertionError(result.toString());
    }
    journal.checkpoint(new JournalCheckpoint(version, Json.object().build(), 1), journal.last());
    journal.close();
  }

  private Map<String, Long> sizes() throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sizes.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    sizes.keySet().removeIf(file -> file.endsWith("journal.lock"));
    return sizes;
  }

  @Test
  void stampsNameTheBootOfTheClockThatTheyAreTakenFrom() {
    UUID other = new UUID(7, 7);
    Clocks clocks = new Clocks(ticker, ticker, InstantSource.system(), other.toString(), 1);
    assertEquals(other, JournalRoom.stamps(clocks).now().bootId());
  }

  @Test
  void aJournalThatIsUnderstoodMayBeActedOn() throws StartException {
    JournalRoom room = open();
    assertEquals("", room.observeOnly());
    for (int i = 0; i < 100; i++) {
      room.log().append(new Decision.Paused("ana", "why", true, OptionalLong.empty()));
    }
    room.log().close();
    JournalRoom again = open();
    assertEquals("", again.observeOnly());
    assertTrue(again.log().locked(state -> state.pauseAt(ticker.nanos())).isPresent());
    again.log().close();
  }

  @Test
  void aCheckpointThatDisagreesMakesItObserve() throws StartException {
    JournalRoom room = open();
    room.log().append(new Decision.Started("1", "act", 1, "rules"));
    room.log().close();
    checkpoint(1);
    JournalRoom observing = open();
    assertTrue(observing.observeOnly().contains("record 2 of the journal"), observing::observeOnly);
    // it can be lived with, and nothing of it lasts
    observing.log().append(new Decision.Started("1", "observe", 1, "rules"));
    observing.log().close();
    assertTrue(open().observeOnly().contains("record 2"));
  }

  @Test
  void aCheckpointOfALaterReleaseMakesItObserveAndStaysAsItIs() throws Exception {
    JournalRoom room = open();
    room.log().append(new Decision.Started("1", "act", 1, "rules"));
    room.log().close();
    checkpoint(2);
    assertTrue(!DecisionWriter.knows(JournalCheckpoint.TYPE, 2));
    Map<String, Long> before = sizes();
    JournalRoom observing = open();
    assertTrue(observing.observeOnly().contains("newer release"), observing::observeOnly);
    observing.log().append(new Decision.Started("1", "observe", 1, "rules"));
    observing.log().close();
    assertEquals(before, sizes());
  }
}
