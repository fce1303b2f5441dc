package dev.reeve.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {
  @TempDir private Path folder;

  private final AtomicInteger looks = new AtomicInteger();

  private FileWatch watch(Path of, Duration period) {
    return new FileWatch(List.of(of), period, Duration.ofMillis(50), looks::incrementAndGet)
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
}
