package dev.reeve.recording;

import dev.reeve.model.Observation;
import dev.reeve.spi.CollectException;
import dev.reeve.time.Clocks;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Writes a recording on a thread of its own. What does not fit into its queue is left out and
 * counted: a recording has gaps rather than that a collector waits. A folder that cannot be written
 * is tried again a minute later.
 */
public final class FileRecorder implements Recorder {
  private static final Logger logger = System.getLogger(FileRecorder.class.getName());
  private static final int QUEUE = 1_024;
  private static final Duration RETRY = Duration.ofMinutes(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final BlockingQueue<Function<Anchor, String>> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong leftOut = new AtomicLong();
  private final Anchor anchor;
  private final Segments segments;
  private final Clocks clocks;
  private final Thread thread;
  private volatile boolean closed;
  private volatile long bytes;
  private long brokenUntil = Long.MIN_VALUE;

  private FileRecorder(Segments segments, Anchor anchor, Clocks clocks) {
    this.segments = segments;
    this.anchor = anchor;
    this.clocks = clocks;
    this.bytes = segments.bytes();
    this.thread = Thread.ofPlatform().daemon().name("recorder").unstarted(this::write);
  }

  /**
   * Starts to record.
   *
   * @param folder is made where it is absent; what an earlier run recorded there stays, as far as
   *     there is room
   * @param keeping how much of it
   * @param version of Reeve
   * @throws IOException when the folder cannot be written
   */
  public static FileRecorder start(Path folder, Keeping keeping, String version, Clocks clocks)
      throws IOException {
    Anchor anchor = Anchor.now(clocks);
    Segments segments =
        Segments.open(
            folder,
            keeping,
            Exposition.head(anchor, version, clocks.bootId()),
            new Machine(anchor, clocks));
    FileRecorder recorder = new FileRecorder(segments, anchor, clocks);
    recorder.thread.start();
    return recorder;
  }

  /** The date that the evidence clock tells: one that is set while it runs makes nothing old. */
  private record Machine(Anchor anchor, Clocks clocks) implements Segments.Ports {
    @Override
    public long wallMillis() {
      return anchor.wall(clocks.evidence().nanos()) / 1_000_000;
    }

    @Override
    public long freeBytes(Path folder) throws IOException {
      return Files.getFileStore(folder).getUsableSpace();
    }
  }

  @Override
  public void accept(Observation observation) {
    offer(it -> Exposition.of(observation, it));
  }

  @Override
  public void failed(String source, CollectException why) {
    long now = clocks.evidence().nanos();
    offer(it -> Exposition.ofFailure(source, now, why, it));
  }

  @Override
  public long bytes() {
    return bytes;
  }

  /** How many answers are missing in the files. */
  public long leftOut() {
    return leftOut.get();
  }

  private void offer(Function<Anchor, String> made) {
    if (closed || !queue.offer(made)) {
      leftOut(1);
    }
  }

  private void leftOut(long count) {
    if (leftOut.getAndAdd(count) == 0) {
      logger.log(Level.WARNING, "the recording has a gap: an answer could not be written in time");
    }
  }

  private void write() {
    try {
      while (!closed || !queue.isEmpty()) {
        Function<Anchor, String> next = queue.poll(200, TimeUnit.MILLISECONDS);
        if (next != null) {
          write(next);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      closeFile();
    }
  }

  private void write(Function<Anchor, String> made) {
    long now = clocks.world().nanos();
    if (now < brokenUntil) {
      leftOut(1);
      return;
    }
    try {
      byte[] exposition = made.apply(anchor).getBytes(StandardCharsets.UTF_8);
      if (segments.fits(exposition)) {
        segments.append(exposition);
        bytes = segments.bytes();
      } else {
        leftOut(1);
      }
    } catch (IOException | RuntimeException failure) {
      leftOut(1);
      brokenUntil = now + RETRY.toNanos();
      logger.log(Level.WARNING, "the recording pauses for a minute: " + failure);
    }
  }

  private void closeFile() {
    try {
      segments.close();
    } catch (IOException failure) {
      logger.log(Level.WARNING, "the recording did not end well: " + failure);
    }
  }

  /** Writes what is queued and ends; waits up to five seconds. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(STOP_LIMIT)) {
        thread.interrupt();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
