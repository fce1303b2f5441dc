package dev.reeve.cli;

import dev.reeve.daemon.Check;
import dev.reeve.daemon.Daemon;
import dev.reeve.linux.HangUp;
import dev.reeve.linux.SdNotify;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The daemon; without a file it finds what is here and observes. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the daemon; without a configuration it finds what is here and observes.")
final class RunCommand implements Callable<Integer> {
  private static final Logger logger = System.getLogger(RunCommand.class.getName());

  @Mixin private ConfigFile file = new ConfigFile();

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
            read.config(), read.configuration(), file.source(), Version.text(), new EndOfProcess());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  manager.stopping();
                  daemon.close();
                  stop.countDown();
                },
                "shutdown"));
    HangUp.handle(() -> daemon.reload("SIGHUP"));
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
}
