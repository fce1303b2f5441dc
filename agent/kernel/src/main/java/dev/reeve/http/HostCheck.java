package dev.reeve.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps other people's pages out: a browser that was led here by a name that somebody else owns
 * (DNS rebinding) says that name in its request.
 */
final class HostCheck {
  private static final Pattern LOCAL =
      Pattern.compile(
          "(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

  private HostCheck() {}

  /**
   * @param hosts all headers of that name
   */
  static boolean passes(List<String> hosts) {
    return hosts.size() == 1 && LOCAL.matcher(hosts.getFirst()).matches();
  }
}
