package dev.reeve.platform.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Hides values of a command line that look like secrets; rather one too many. */
final class Redaction {
  static final String HIDDEN = "[hidden]";

  private static final Set<String> SECRET_WORDS =
      Set.of(
          "token",
          "tokens",
          "secret",
          "secrets",
          "password",
          "passwd",
          "passphrase",
          "pass",
          "pwd",
          "pw",
          "key",
          "keys",
          "apikey",
          "credential",
          "credentials",
          "cred",
          "creds",
          "auth",
          "authorization",
          "bearer",
          "cookie",
          "signature",
          "sas",
          "dsn",
          "accesskey",
          "secretkey",
          "privatekey",
          "authtoken",
          "accesstoken",
          "mypwd");

  /** Where a name falls into words: at marks, and where a capital follows a small letter. */
  private static final Pattern WORD_BREAK = Pattern.compile("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])");

  private static final Pattern NAMED =
      Pattern.compile("(-{0,2}[A-Za-z_][\\w.:/-]*)=(.*)", Pattern.DOTALL);

  /** Tokens that are known by their look, wherever they stand. */
  private static final Pattern KNOWN_LOOKS =
      Pattern.compile(
          "(hf_|sk-|ghp_|gho_|ghs_|github_pat_|glpat-|xox[abprs]-|AKIA|ASIA|eyJ|nvapi-|ya29\\.)"
              + "[\\w.-]{8,}|\\b[0-9a-fA-F]{32,}\\b");

  /** Bounded, because any user may write a word of 128 KiB, and its square would be minutes. */
  private static final Pattern USER_OF_URL = Pattern.compile("(\\w{1,32}://)[^/@\\s]+@");

  private Redaction() {}

  static String redacted(List<String> words) {
    List<String> shown = new ArrayList<>();
    boolean hideNext = false;
    for (String word : words) {
      boolean flag = word.startsWith("-");
      if (hideNext && !flag) {
        shown.add(HIDDEN);
        hideNext = false;
        continue;
      }
      hideNext = flag && !word.contains("=") && isSecret(word);
      shown.add(within(word));
    }
    return String.join(" ", shown);
  }

  /** A word may itself be a command line, as behind {@code sh -c}. */
  private static String within(String word) {
    if (word.toLowerCase(Locale.ROOT).contains("authorization:")) {
      return HIDDEN;
    }
    String[] inner = word.split("(?<=\\s)|(?=\\s)", -1);
    StringBuilder shown = new StringBuilder();
    boolean hideNext = false;
    for (String part : inner) {
      if (part.isBlank()) {
        shown.append(part);
      } else if (hideNext && !part.startsWith("-")) {
        shown.append(HIDDEN);
        hideNext = false;
      } else {
        hideNext =
            inner.length > 1 && part.startsWith("-") && !part.contains("=") && isSecret(part);
        shown.append(single(part));
      }
    }
    return shown.toString();
  }

  private static String single(String part) {
    var named = NAMED.matcher(part);
    if (named.matches() && isSecret(named.group(1))) {
      return named.group(1) + "=" + HIDDEN;
    }
    String withoutUser = USER_OF_URL.matcher(part).replaceAll("$1" + HIDDEN + "@");
    return KNOWN_LOOKS.matcher(withoutUser).replaceAll(HIDDEN);
  }

  private static boolean isSecret(String name) {
    for (String word : WORD_BREAK.split(name, -1)) {
      if (SECRET_WORDS.contains(word.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
