package dev.reeve.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys below {@code http}.
 *
 * @param enabled whether pages and metrics are served at all
 * @param listen a loopback address; port 0 takes a free one
 */
public record HttpConfig(boolean enabled, InetSocketAddress listen) {
  private static final String USUAL = "127.0.0.1:9477";
  private static final Pattern LISTEN = Pattern.compile("\\[?([0-9A-Fa-f:.]+?)]?:(\\d{1,5})");

  static HttpConfig read(Section section) {
    section.about("enabled", "whether pages and metrics are served");
    boolean enabled = section.flag("enabled", true);
    section.about(
        "listen",
        "address and port of the pages and metrics, on loopback only: they are read-only, but show"
            + " without a login whose jobs run here");
    Optional<InetSocketAddress> listen = parse(section.text("listen", USUAL));
    if (listen.isEmpty()) {
      section.problem(
          "listen",
          "a loopback address and port such as "
              + USUAL
              + ", since pages and metrics ask for no login; let a proxy with a login stand in"
              + " front for other machines");
    }
    return new HttpConfig(enabled, listen.or(() -> parse(USUAL)).orElseThrow());
  }

  private static Optional<InetSocketAddress> parse(String text) {
    Matcher matcher = LISTEN.matcher(text.replaceFirst("^localhost:", "127.0.0.1:"));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(2));
    try {
      InetAddress address = InetAddress.ofLiteral(matcher.group(1));
      return port <= 65_535 && address.isLoopbackAddress()
          ? Optional.of(new InetSocketAddress(address, port))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
