package dev.reeve.daemon;

import dev.reeve.time.Ticker;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Says when it is worth a look at some folders: soon after something was written, renamed or linked
 * there, and every few seconds besides, for what the system does not tell of, such as a network
 * file system or a mount.
 */
final class FileWatch implements AutoCloseable {
  private static final Logger logger = System.getLogger(FileWatch.class.getName());
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private final List<Path> folders;
  private final Duration period;
  private final Duration quiet;
  private final Ticker world;
  private final Runnable look;
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final Thread thread;

  /**
   * @param quiet how long nothing more may happen before it is looked at: editors write in steps
   */
  FileWatch(List<Path> folders, Duration period, Duration quiet, Ticker world, Runnable look) {
    this.folders = List.copyOf(folders);
    this.period = period;
    this.quiet = quiet;
    this.world = world;
    this.look = look;
    this.thread = Thread.ofVirtual().name("files").unstarted(this::run);
  }

  FileWatch start() {
    thread.start();
    return this;
  }

  private void run() {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      while (!Thread.currentThread().isInterrupted()) {
        folders.forEach(folder -> watch(service, folder));
        await(service);
        look();
      }
    } catch (InterruptedException stopped) {
      // closed
    } catch (IOException | UnsupportedOperationException failure) {
      logger.log(Level.WARNING, "the system does not tell of changed files: " + failure);
      lookNowAndThen();
    }
  }

  private void lookNowAndThen() {
    try {
      while (true) {
        world.sleep(period);
        look();
      }
    } catch (InterruptedException stopped) {
      // closed
    }
  }

  private void look() {
    try {
      look.run();
    } catch (RuntimeException failure) {
      logger.log(Level.ERROR, "what changed was not taken up: " + failure, failure);
    }
  }

  private void await(WatchService service) throws InterruptedException {
    WatchKey key = service.poll(period.toMillis(), TimeUnit.MILLISECONDS);
    // a file beside them that is written all the time must not keep the look away
    long until = world.nanos() + period.toNanos();
    while (key != null) {
      key.pollEvents();
      key.reset();
      if (world.nanos() >= until) {
        return;
      }
      key = service.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** A folder that was not there, or that was replaced, is watched as soon as it is there. */
  private void watch(WatchService service, Path folder) {
    WatchKey known = keys.get(folder);
    if ((known != null && known.isValid()) || !Files.isDirectory(folder)) {
      return;
    }
    try {
      keys.put(
          folder,
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE));
    } catch (IOException failure) {
      logger.log(Level.DEBUG, folder + " is not watched: " + failure);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      if (!thread.join(STOP_LIMIT)) {
        logger.log(Level.WARNING, "what was taken up last is not done yet");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
