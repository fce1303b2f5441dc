package dev.reeve.platform.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {
  private static final Command SHELL = new Command(List.of("sh", "-c"), Duration.ofSeconds(20));

  @Test
  void givesStatusOutputAndMessageOfAProgram() throws Exception {
    assertEquals(
        new Command.Result.Ended(3, "out\n", "two lines"),
        SHELL.run("echo out; printf 'two\\nlines' >&2; exit 3"));
  }

  @Test
  void passesArgumentsAsTheyAreWithoutAShell() throws Exception {
    Command echo = new Command(List.of("echo"), Duration.ofSeconds(20));
    assertEquals(new Command.Result.Ended(0, "$HOME; rm *\n", ""), echo.run("$HOME; rm *"));
  }

  @Test
  void killsAProgramAtTheDeadline() throws Exception {
    Command slow = new Command(List.of("sh", "-c"), Duration.ofMillis(100));
    assertInstanceOf(Command.Result.TooLate.class, slow.run("sleep 300 & wait"));
  }

  @Test
  void endsAProgramThatSaysTooMuch() throws Exception {
    Command.Result result = SHELL.run("yes");
    assertInstanceOf(Command.Result.TooMuch.class, result);
  }

  @Test
  void namesAProgramThatIsNotThere() throws Exception {
    Command absent = new Command(List.of("/nowhere/nvidia-smi"), Duration.ofSeconds(1));
    String reason = assertInstanceOf(Command.Result.NotStarted.class, absent.run()).reason();
    assertTrue(reason.contains("/nowhere/nvidia-smi"), reason);
  }

  @Test
  void givesAProgramNothingToRead() throws Exception {
    assertEquals(new Command.Result.Ended(0, "", ""), SHELL.run("cat"));
  }
}
