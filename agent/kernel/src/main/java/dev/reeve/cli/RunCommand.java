package dev.reeve.cli;

import dev.reeve.config.Quantities;
import dev.reeve.config.ReeveConfig;
import dev.reeve.daemon.Check;
import dev.reeve.daemon.Daemon;
import dev.reeve.daemon.StartException;
import dev.reeve.linux.SdNotify;
import dev.reeve.linux.Signals;
import dev.reeve.recording.FileRecorder;
import dev.reeve.recording.Keeping;
import dev.reeve.recording.Recorder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The daemon; without a file it finds what is here and observes. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the daemon; without a configuration it finds what is here and observes.")
final class RunCommand implements Callable<Integer> {
  private static final Logger logger = System.getLogger(RunCommand.class.getName());

  @Mixin private ConfigFile file = new ConfigFile();

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description = "keeps what sources say in DIR, for 'reeve backtest'; see docs/recording.md")
  @SuppressWarnings("NullAway.Init")
  private Path record;

  @Option(
      names = "--record-size",
      paramLabel = "SIZE",
      description = "of all files of a recording together, 1GiB if not set; the oldest make room",
      defaultValue = "1GiB")
  private String recordSize = "";

  @Override
  public Integer call() throws Exception {
    ConfigFile.Read read = file.read();
    if (!read.configuration().problems().isEmpty()) {
      Check.providers(read.configuration(), read.config());
      System.err.print(Text.plain(read.configuration().problems().text()));
      return Failures.CONFIGURATION;
    }
    SdNotify manager = SdNotify.from(System.getenv(), ProcessHandle.current().pid());
    CountDownLatch stop = new CountDownLatch(1);
    Daemon daemon =
        Daemon.start(
            new Daemon.Read(read.config(), read.configuration(), file.source()),
            Version.text(),
            new EndOfProcess(),
            recorder(read.config()));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  manager.stopping();
                  daemon.close();
                  stop.countDown();
                },
                "shutdown"));
    Signals.handle("HUP", () -> daemon.reload("SIGHUP"));
    Signals.handle("USR1", () -> daemon.pause("SIGUSR1"));
    manager.ready();
    logger.log(
        Level.INFO,
        "reeve {0} runs in mode {1}{2}",
        Version.text(),
        read.config().mode().text(),
        daemon.address().isEmpty() ? "" : "; page at " + daemon.address());
    stop.await();
    return 0;
  }

  private Recorder recorder(ReeveConfig config) throws StartException {
    if (record == null) {
      return Recorder.NONE;
    }
    long bytes =
        Quantities.size(recordSize)
            .orElseThrow(
                () ->
                    new StartException(
                        "--record-size: expected a size such as 1GiB, found '" + recordSize + "'"));
    try {
      return FileRecorder.start(
          record, Keeping.recording(bytes), Version.text(), Daemon.clocks(config));
    } catch (IOException cannot) {
      throw new StartException("cannot record into " + record + ": " + cannot, cannot);
    }
  }
}
