package dev.reeve.platform.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one program by its arguments, never by a shell, with a deadline and a limit on what it may
 * say.
 *
 * @param program the program and what always stands before the arguments of a call
 * @param deadline on the world clock; then the program and what it started are killed
 */
public record Command(List<String> program, Duration deadline) implements Program {
  private static final int LONGEST_OUTPUT = 4 * 1024 * 1024;
  private static final int LONGEST_MESSAGE = 2000;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  public Command {
    program = List.copyOf(program);
    if (program.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
  }

  /** How a call ended. */
  public sealed interface Result {
    /**
     * It ended by itself.
     *
     * @param message what it wrote to its error output, on one line, cut
     */
    record Ended(int status, String output, String message) implements Result {}

    /** It could not be started. */
    record NotStarted(String reason) implements Result {}

    /** It was killed at the deadline; what it did meanwhile is not known. */
    record TooLate(Duration deadline) implements Result {}

    /** It said more than is read, and was killed. */
    record TooMuch(int limit) implements Result {}
  }

  @Override
  public Result run(String... arguments) throws InterruptedException {
    List<String> words = new ArrayList<>(program);
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("SYSTEMD_PAGER", "");
    builder.environment().put("SYSTEMD_COLORS", "0");
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Result.NotStarted(program.getFirst() + " cannot be started: " + e.getMessage());
    }
    Reader output = new Reader(process.getInputStream());
    Reader message = new Reader(process.getErrorStream());
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Result.TooLate(deadline);
      }
      output.thread.join(LAST_WORDS);
      message.thread.join(LAST_WORDS);
      return output.overflow
          ? new Result.TooMuch(LONGEST_OUTPUT)
          : new Result.Ended(process.exitValue(), output.text(), plain(message.text()));
    } finally {
      kill(process);
    }
  }

  private static String plain(String message) {
    return Wording.plain(message.strip().replaceAll("\\s+", " "), LONGEST_MESSAGE);
  }

  private static void kill(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Reads one stream to its end, and kills nobody: a full pipe makes the program wait. */
  private static final class Reader {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread thread;
    private volatile boolean overflow;

    Reader(InputStream from) {
      thread = Thread.ofVirtual().name("output-of-command").start(() -> read(from));
    }

    private void read(InputStream from) {
      byte[] chunk = new byte[8192];
      try (from) {
        for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
          if (size() + n > LONGEST_OUTPUT) {
            overflow = true; // closing the pipe ends the program at its next word
            return;
          }
          append(chunk, n);
        }
      } catch (IOException e) {
        // the process is gone; what came is what there is
      }
    }

    private synchronized int size() {
      return bytes.size();
    }

    private synchronized void append(byte[] chunk, int length) {
      bytes.write(chunk, 0, length);
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
