package dev.reeve.config;

import java.util.Collection;
import java.util.Locale;

/** Finds the word that was probably meant. */
public final class Nearest {
  private Nearest() {}

  /** Empty where nothing is near enough: a wrong suggestion is worse than none. */
  public static String to(String word, Collection<String> known) {
    String written = plain(word);
    String nearest = "";
    int least = Math.max(1, written.length() / 3) + 1;
    for (String candidate : known) {
      String other = plain(candidate);
      int distance = distance(written, other);
      if (distance >= least && written.length() > 2 && other.startsWith(written)) {
        distance = least - 1;
      }
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /// Edits with swaps of neighbours: the usual slips of a hand.
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 8 || a.length() > 64) {
      return Integer.MAX_VALUE;
    }
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int k = 0; k <= b.length(); k++) {
        if (i == 0 || k == 0) {
          edits[i][k] = i + k;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(k - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][k] + 1, edits[i][k - 1] + 1);
        best = Math.min(best, edits[i - 1][k - 1] + change);
        if (i > 1
            && k > 1
            && a.charAt(i - 1) == b.charAt(k - 2)
            && a.charAt(i - 2) == b.charAt(k - 1)) {
          best = Math.min(best, edits[i - 2][k - 2] + 1);
        }
        edits[i][k] = best;
      }
    }
    return edits[a.length()][b.length()];
  }
}
