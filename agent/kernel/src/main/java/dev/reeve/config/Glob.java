package dev.reeve.config;

/**
 * A pattern for names: {@code *} is any text, also across slashes, {@code ?} any one character.
 * Case counts.
 */
public record Glob(String text) {
  /** Whether the whole name fits. Linear in the name for each star, whatever the pattern. */
  public boolean matches(String name) {
    int at = 0;
    int in = 0;
    int star = -1;
    int mark = 0;
    while (in < name.length()) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        mark = in;
      } else if (at < text.length()
          && (text.charAt(at) == '?' || text.charAt(at) == name.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++mark;
      } else {
        return false;
      }
    }
    while (at < text.length() && text.charAt(at) == '*') {
      at++;
    }
    return at == text.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
