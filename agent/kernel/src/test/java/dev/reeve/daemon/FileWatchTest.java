package dev.reeve.daemon;

import dev.reeve.linux.BootClock;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {
  private static final Ticker WORLD = new BootTicker(BootClock::nanos);

  @TempDir private Path folder;

  private final AtomicInteger looks = new AtomicInteger();

  private FileWatch watch(Path of, Duration period) {
    return new FileWatch(List.of(of), period, Duration.ofMillis(50), WORLD, looks::incrementAndGet)
        .start();
  }

  private void awaitLooks(int more, int before) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> looks.get() >= before + more);
  }

  @Test
  void editorsThatRenameAndLinksThatAreReplacedAreSeen() throws Exception {
    Path old = Files.createDirectory(folder.resolve("..old"));
    Path fresh = Files.createDirectory(folder.resolve("..new"));
    Files.createSymbolicLink(folder.resolve("..data"), old.getFileName());
    FileWatch watch = watch(folder, Duration.ofHours(1));
    try {
      Thread.sleep(300);
      int before = looks.get();
      Files.writeString(folder.resolve("a.yaml.tmp"), "x");
      Files.move(
          folder.resolve("a.yaml.tmp"), folder.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE);
      awaitLooks(1, before);
      before = looks.get();
      Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), fresh.getFileName());
      Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      awaitLooks(1, before);
    } finally {
      watch.close();
    }
  }

  @Test
  void aFolderThatComesLaterIsLookedAt() throws Exception {
    Path later = folder.resolve("rules.d");
    FileWatch watch = watch(later, Duration.ofMillis(100));
    try {
      awaitLooks(2, 0);
      Files.createDirectory(later);
      awaitLooks(2, looks.get());
    } finally {
      watch.close();
    }
  }

  @Test
  void aFileThatIsWrittenAllTheTimeDoesNotKeepTheLookAway() throws Exception {
    FileWatch watch = watch(folder, Duration.ofMillis(300));
    AtomicBoolean enough = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; !enough.get(); i++) {
                    write(folder.resolve("log"), "line " + i);
                    LockSupport.parkNanos(5_000_000);
                  }
                });
    try {
      awaitLooks(3, looks.get());
    } finally {
      enough.set(true);
      writer.join();
      watch.close();
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
