package dev.reeve.actions.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.spi.Notifier;
import dev.reeve.spi.NotifierProvider;
import dev.reeve.spi.Surroundings;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Clocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookProviderTest {
  @TempDir Path folder;

  @Test
  void isFoundByTheServiceLoader() {
    assertTrue(
        ServiceLoader.load(NotifierProvider.class).stream()
            .anyMatch(each -> each.type().equals(WebhookProvider.class)));
  }

  @Test
  void makesNothingWhereNothingIsWritten() {
    assertEquals(0, read("{}").size());
  }

  @Test
  void takesUrlAndTokenFromFiles() throws Exception {
    secret("url", "https://example.org/hook/s3cret", "rw-------");
    secret("token", "t0ken", "rw-r-----");

    List<Notifier> made =
        read("notifiers:\n  webhook:\n    url_file: url\n    token_file: token\n");
    assertEquals("webhook", made.getFirst().name());
    assertEquals("", problems);
    assertFalse(shown.contains("s3cret"), shown);
    made.getFirst().close();
  }

  @Test
  void secretThatEverybodyMayReadIsAProblem() throws Exception {
    secret("token", "t0ken", "rw-r--r--");

    read("notifiers:\n  webhook:\n    url: https://example.org/\n    token_file: token\n")
        .forEach(Notifier::close);
    assertTrue(problems.contains("chmod o-r"), problems);
  }

  @Test
  void urlWithPasswordOrOfAnotherKindIsAProblem() {
    assertTrue(read("notifiers:\n  webhook:\n    url: https://a:b@example.org/\n").isEmpty());
    assertTrue(problems.contains("without user and password"), problems);
    assertTrue(read("notifiers:\n  webhook:\n    url: file:///etc/passwd\n").isEmpty());
    assertTrue(problems.contains("http or https"), problems);
    assertTrue(read("notifiers:\n  webhook:\n    timeout: 5s\n").isEmpty());
    assertTrue(problems.contains("http or https"), problems);
  }

  private String problems = "";
  private String shown = "";

  private List<Notifier> read(String yaml) {
    Configuration configuration = ConfigReader.parse(folder.resolve("reeve.yaml"), yaml);
    Clocks clocks = Clocks.system(new BootTicker(() -> 0), "boot", 1);
    List<Notifier> made =
        new WebhookProvider()
            .create(
                configuration.root().section("notifiers").section("webhook"),
                new Surroundings(clocks, folder, folder));
    problems = configuration.finish().toString();
    problems = configuration.problems().isEmpty() ? "" : problems;
    shown = configuration.yaml(false);
    return made;
  }

  private void secret(String name, String text, String mode) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
