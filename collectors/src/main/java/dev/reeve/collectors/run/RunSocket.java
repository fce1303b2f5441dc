package dev.reeve.collectors.run;

import dev.reeve.linux.LinuxUnavailable;
import dev.reeve.model.Notice;
import dev.reeve.model.Observation;
import dev.reeve.model.Protection;
import dev.reeve.model.SubjectId;
import dev.reeve.platform.node.OnlyEnvironment;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.Collector;
import dev.reeve.spi.Notifier;
import dev.reeve.spi.Shield;
import dev.reeve.spi.Surroundings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What running programs report and declare; and the channel that reaches them. */
final class RunSocket implements Collector, Notifier, Shield {
  static final String SOCKET = "run.sock";

  private static final Logger logger = System.getLogger(RunSocket.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration LEAST = Duration.ofMillis(150);
  static final Duration SCAN = Duration.ofSeconds(10);

  /**
   * @param files whose files named by REEVE_RUN are read too; empty: none
   * @param scan world clock: how often they are, and how often is looked whether workloads live
   */
  record Settings(
      ThisNode node, Optional<OnlyEnvironment> files, Quota.Limits limits, Duration scan) {}

  private record Running(Desk desk, RunServer server, Thread scanner) {}

  private final Settings settings;
  private final Surroundings surroundings;
  private Optional<Running> running = Optional.empty();
  private boolean closed;

  RunSocket(Settings settings, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "run_socket";
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  /** Listens from the first call on, so that whoever only checks a configuration takes nothing. */
  @Override
  public Observation collect() throws CollectException {
    Desk desk = running().desk();
    Inbox.Content content = desk.inbox().take();
    return new Observation(
        name(),
        surroundings.clocks().evidence().nanos(),
        INTERVAL,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        desk.ledger().all(),
        content.reports(),
        List.of(),
        content.drops());
  }

  /** What was acknowledged holds at once; where it cannot be read, everybody asked for it. */
  @Override
  public Protection protection(SubjectId workload) {
    try {
      return running().desk().ledger().protects(workload)
          ? Protection.because("it declared it on the run socket")
          : Protection.none();
    } catch (CollectException unreadable) {
      return Protection.because(
          "what workloads declared cannot be read: " + unreadable.getMessage());
    }
  }

  private synchronized Running running() throws CollectException {
    if (closed) {
      throw new CollectException(CollectException.Reason.FAILED, "the run socket is closed");
    }
    if (running.isEmpty()) {
      running = Optional.of(start());
    }
    return running.get();
  }

  private Running start() throws CollectException {
    var world = surroundings.clocks().world();
    try {
      Ledger ledger =
          Ledger.open(new LedgerFile(surroundings.stateFolder(), settings.node().bootId()));
      Desk desk =
          new Desk(
              surroundings.clocks(),
              new Speakers(settings.node(), world),
              new Quota(settings.limits(), world),
              new Inbox(),
              ledger,
              new Listeners(world));
      RunServer server = RunServer.start(surroundings.runtimeFolder().resolve(SOCKET), desk);
      Thread scanner = RunServer.thread("run-files", () -> scanAgainAndAgain(desk));
      scanner.start();
      return new Running(desk, server, scanner);
    } catch (IOException | LinuxUnavailable e) {
      throw new CollectException(
          CollectException.Reason.FAILED,
          "programs cannot report to "
              + surroundings.runtimeFolder().resolve(SOCKET)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private void scanAgainAndAgain(Desk desk) {
    Optional<RunFiles> files =
        settings.files().map(whose -> new RunFiles(settings.node(), whose, desk));
    Endings endings = new Endings(settings.node(), desk.ledger());
    while (!Thread.currentThread().isInterrupted()) {
      try {
        endings.look();
        if (files.isPresent()) {
          files.get().scan();
        }
        pause();
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        logger.log(Level.WARNING, "run files cannot be read: " + e);
        rest();
      }
    }
  }

  private void rest() {
    try {
      pause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Delivery deliver(Notice notice) throws InterruptedException {
    Optional<Running> now;
    synchronized (this) {
      now = running;
    }
    return now.isEmpty()
        ? new Delivery.NotDelivered("the run socket is not open")
        : now.get().desk().listeners().deliver(notice);
  }

  @Override
  public synchronized void close() {
    closed = true;
    running.ifPresent(
        now -> {
          now.server().close();
          now.scanner().interrupt();
        });
    running = Optional.empty();
  }

  /** On the evidence clock, since a report's age counts on it; but never in a busy loop. */
  private void pause() throws InterruptedException {
    Duration wanted =
        Duration.ofNanos((long) (settings.scan().toNanos() / surroundings.clocks().speed()));
    surroundings.clocks().world().sleep(wanted.compareTo(LEAST) < 0 ? LEAST : wanted);
  }
}
