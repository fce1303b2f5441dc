package dev.reeve.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must not be shown, and what a terminal must not be sent. */
public final class Masking {
  static final String MASK = "********";
  private static final int LONGEST = 80;
  private static final Pattern SECRET_LINE =
      Pattern.compile("((?:token|password|secret)[\"']?\\s*:\\s*)\\S.*", Pattern.CASE_INSENSITIVE);

  private Masking() {}

  /** Whether the name alone says that the value is a secret; the name of a file is none. */
  static boolean secret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return lower.endsWith("token") || lower.endsWith("password") || lower.endsWith("secret");
  }

  /** A line of a file without the secret that it may hold. */
  static String line(String line) {
    Matcher matcher = SECRET_LINE.matcher(line);
    return matcher.find() ? matcher.replaceFirst("$1" + MASK) : line;
  }

  /** Keeps the width: a tab becomes a space, a control character a question mark. */
  public static String printable(String text) {
    var shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(c == '\t' ? ' ' : hidden(c) ? '?' : c);
    }
    return shown.toString();
  }

  /** A value in quotes, cut to a length that fits a line. */
  public static String quoted(String value) {
    String text = printable(value.replace("\n", "\\n"));
    return "'" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text) + "'";
  }

  /// Controls, and what turns the direction of text: a terminal would show another line than there
  /// is.
  private static boolean hidden(char c) {
    return Character.isISOControl(c)
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
