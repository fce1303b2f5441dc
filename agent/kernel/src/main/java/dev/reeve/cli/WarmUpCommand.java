package dev.reeve.cli;

import dev.reeve.daemon.Daemon;
import dev.reeve.recording.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Starts and stops a daemon that reads nothing, so that a start-up archive can be made of it. */
@Command(name = "warm-up", hidden = true, description = "Loads what a start loads.")
final class WarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("reeve-warm-up");
    try {
      String text =
          "state_dir: %s/state\nruntime_dir: %s/run\nhttp: {listen: \"127.0.0.1:0\"}\ncycle: 1s\n"
              .formatted(folder, folder);
      ConfigFile.Read read =
          ConfigFile.read(dev.reeve.config.ConfigReader.parse(folder.resolve("x.yaml"), text));
      try (Daemon daemon =
          Daemon.start(
              read.config(),
              read.configuration(),
              Version.text(),
              new EndOfProcess(),
              Recorder.NONE)) {
        Thread.sleep(2_500);
        return daemon.address().isEmpty() ? 1 : 0;
      }
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
