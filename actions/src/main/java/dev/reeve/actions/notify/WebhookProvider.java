package dev.reeve.actions.notify;

import dev.reeve.config.Secret;
import dev.reeve.config.Section;
import dev.reeve.spi.Notifier;
import dev.reeve.spi.NotifierProvider;
import dev.reeve.spi.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Makes the notifier that posts to a server. */
public final class WebhookProvider implements NotifierProvider {
  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

  /** Called by the service loader. */
  public WebhookProvider() {}

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public List<Notifier> create(Section section, Surroundings surroundings) {
    section.about("url", "where notices are posted as JSON; 2xx means that the owner was told");
    Optional<Secret> written = section.secret("url");
    section.about("token", "sent as 'Authorization: Bearer'");
    Optional<Secret> token = section.secret("token");
    section.about("timeout", "how long a whole call may take");
    Duration patience =
        section.duration("timeout", USUAL_PATIENCE, Duration.ofMillis(100), Duration.ofMinutes(1));
    notForEverybody(section, "token_file");
    notForEverybody(section, "url_file");
    if (token.filter(secret -> !header(secret.reveal())).isPresent()) {
      section.problem("token", "a token of printable ASCII characters");
      return List.of();
    }
    Optional<HttpUrl> url = written.flatMap(WebhookProvider::parse);
    if (section.present() && url.isEmpty()) {
      section.problem("url", "an http or https URL without user and password, or url_file");
    }
    return url.<List<Notifier>>map(found -> List.of(new Webhook(found, token, patience)))
        .orElse(List.of());
  }

  private static Optional<HttpUrl> parse(Secret written) {
    return Optional.ofNullable(HttpUrl.parse(written.reveal().strip()))
        .filter(url -> url.username().isEmpty() && url.password().isEmpty());
  }

  private static boolean header(String token) {
    return !token.isEmpty() && token.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }

  private static void notForEverybody(Section section, String key) {
    Optional<Path> file = section.path(key);
    try {
      if (file.isPresent()
          && Files.getPosixFilePermissions(file.get()).contains(PosixFilePermission.OTHERS_READ)) {
        section.problem(key, "a file that not everybody may read: chmod o-r " + file.get());
      }
    } catch (IOException | UnsupportedOperationException e) {
      // that it cannot be read is reported where it is read
    }
  }
}
