package dev.reeve.config;

import java.util.List;
import java.util.regex.Pattern;

/** Writes texts as YAML, with quotes only where they are needed. */
final class Plain {
  private static final Pattern NEEDS_NONE = Pattern.compile("[A-Za-z/_][A-Za-z0-9/_.@%+*-]*");
  private static final Pattern OTHER_KIND =
      Pattern.compile("true|false|null", Pattern.CASE_INSENSITIVE);

  private Plain() {}

  static String text(String text) {
    if (NEEDS_NONE.matcher(text).matches() && !OTHER_KIND.matcher(text).matches()) {
      return text;
    }
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ' || c > '~') {
            quoted.append("\\u%04X".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  static String list(List<String> texts) {
    return "[" + String.join(", ", texts.stream().map(Plain::text).toList()) + "]";
  }
}
