package dev.reeve.model;

/** Patterns for names: {@code *} is any text, {@code ?} any one character. Case counts. */
public final class Wildcard {
  private Wildcard() {}

  /** Whether the whole name fits. Linear in the name for each star, whatever the pattern. */
  public static boolean matches(String pattern, String name) {
    int at = 0;
    int in = 0;
    int star = -1;
    int mark = 0;
    while (in < name.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        mark = in;
      } else if (at < pattern.length()
          && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++mark;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}
