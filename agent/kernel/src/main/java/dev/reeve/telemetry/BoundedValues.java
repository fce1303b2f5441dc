package dev.reeve.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values that one label may have, at most so many: whoever invents names must not be able to
 * fill the memory of this daemon and of everything that scrapes it. The first ones keep their
 * names, all later ones share {@link #OTHER}.
 *
 * <p>Threads: any.
 */
final class BoundedValues {
  static final String OTHER = "other";
  private static final int LONGEST = 200;

  private final int most;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  BoundedValues(int most) {
    this.most = most;
  }

  String of(String raw) {
    String value = plain(raw);
    if (seen.contains(value)) {
      return value;
    }
    synchronized (seen) {
      if (seen.size() >= most && !seen.contains(value)) {
        return OTHER;
      }
      seen.add(value);
      return value;
    }
  }

  /** Without control characters and not longer than people read. */
  static String plain(String raw) {
    if (isPlain(raw)) {
      return raw;
    }
    String cut = raw.length() <= LONGEST ? raw : raw.substring(0, LONGEST - 1) + "…";
    StringBuilder out = new StringBuilder(cut.length());
    cut.codePoints()
        .map(c -> Character.isISOControl(c) || isSurrogate(c) ? '?' : c)
        .forEach(out::appendCodePoint);
    return out.isEmpty() ? "none" : out.toString();
  }

  /** What nearly all names are, and then there is nothing to copy. */
  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) < ' ' || raw.charAt(i) > '~') {
        return false;
      }
    }
    return !raw.isEmpty() && raw.length() <= LONGEST;
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
