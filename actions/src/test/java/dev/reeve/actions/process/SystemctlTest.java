package dev.reeve.actions.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Outcome;
import dev.reeve.platform.node.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program in the place of systemctl that notes what it is told. */
@SuppressWarnings("NullAway.Init") // set before each test
class SystemctlTest {
  private static final Systemctl.Unit UNIT = new Systemctl.Unit("work.service", "");

  @TempDir Path folder;
  private Path program;

  @BeforeEach
  void write() throws IOException {
    program = folder.resolve("systemctl");
    answers("InvocationID=abc\nActiveState=active\nRequiredBy=\nBoundBy=\nConsistsOf=\n", "exit 0");
  }

  private void answers(String shown, String otherwise) throws IOException {
    Files.writeString(folder.resolve("shown"), shown);
    Files.writeString(
        program,
        """
        #!/bin/sh
        here=$(dirname "$0")
        echo "$@" >> "$here/calls"
        case " $* " in
          *" show "*) cat "$here/shown"; exit;;
          *" is-active "*) cat "$here/states"; exit 3;;
        esac
        %s
        """
            .formatted(otherwise));
    assertTrue(program.toFile().setExecutable(true));
  }

  private Systemctl systemctl(Duration patience) {
    return new Systemctl(new Command(List.of(program.toString()), patience), 1000);
  }

  private Outcome stop(Systemctl.Unit unit) throws InterruptedException {
    return systemctl(Duration.ofSeconds(10)).stop(unit, "abc", Optional::empty);
  }

  private String calls() throws IOException {
    return Files.readString(folder.resolve("calls"));
  }

  @Test
  void stopsTheRunThatWasJudged() throws Exception {
    assertInstanceOf(Outcome.Done.class, stop(UNIT));
    assertTrue(calls().endsWith("--no-ask-password stop --no-block -- work.service\n"), calls());
  }

  @Test
  void leavesALaterRunAlone() throws Exception {
    answers("InvocationID=def\nActiveState=active\n", "exit 0");
    assertInstanceOf(Outcome.Refused.class, stop(UNIT));
    assertFalse(calls().contains(" stop "), calls());
  }

  @Test
  void doesNotStopWhatWouldTakeOtherUnitsAlong() throws Exception {
    answers(
        "InvocationID=abc\nActiveState=active\nBoundBy=b.service\nConsistsOf=c.service\n",
        "exit 0");
    Files.writeString(folder.resolve("states"), "inactive\nactive\n");
    Outcome outcome = stop(UNIT);
    assertInstanceOf(Outcome.Refused.class, outcome);
    assertTrue(outcome.detail().contains("c.service"), outcome.detail());
    Files.writeString(folder.resolve("states"), "inactive\nfailed\n");
    assertInstanceOf(Outcome.Done.class, stop(UNIT));
  }

  @Test
  void doesNotCallWithoutAPermit() throws Exception {
    Outcome refused = new Outcome.Refused("spent");
    assertEquals(
        refused, systemctl(Duration.ofSeconds(10)).stop(UNIT, "abc", () -> Optional.of(refused)));
    assertFalse(calls().contains(" stop "), calls());
  }

  @Test
  void doesNotKnowWhatCameOfACallWithoutAnAnswer() throws Exception {
    answers("InvocationID=abc\nActiveState=active\n", "exec sleep 300");
    Outcome outcome = systemctl(Duration.ofMillis(500)).stop(UNIT, "abc", Optional::empty);
    assertInstanceOf(Outcome.Unknown.class, outcome, outcome.detail());
  }

  @Test
  void saysWhatTheManagerObjects() throws Exception {
    answers("InvocationID=abc\nActiveState=active\n", "echo Access denied >&2; exit 4");
    Outcome outcome = stop(UNIT);
    assertInstanceOf(Outcome.Failed.class, outcome);
    assertTrue(outcome.detail().contains("Access denied"), outcome.detail());
    answers("", "exit 1");
    assertInstanceOf(Outcome.Failed.class, stop(UNIT));
  }

  @Test
  void asksTheManagerOfAUser() throws Exception {
    stop(new Systemctl.Unit("work.service", "1000"));
    assertTrue(calls().contains("--user stop"), calls());
    stop(new Systemctl.Unit("work.service", "1001"));
    assertTrue(calls().contains("--user --machine=1001@.host stop"), calls());
  }

  @Test
  void startsOnlyWhatRests() throws Exception {
    Systemctl systemctl = systemctl(Duration.ofSeconds(10));
    assertInstanceOf(Outcome.NothingToDo.class, systemctl.start(UNIT, Optional::empty));
    answers("InvocationID=\nActiveState=inactive\n", "exit 0");
    assertInstanceOf(Outcome.Done.class, systemctl.start(UNIT, Optional::empty));
    assertEquals(Optional.of(false), systemctl.active(UNIT));
  }
}
