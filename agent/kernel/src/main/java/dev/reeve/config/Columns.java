package dev.reeve.config;

/**
 * How many columns of a terminal a text takes: wide characters take two, marks that stand on the
 * one before take none. What a terminal makes of several characters joined to one picture differs
 * between terminals; here each counts for itself.
 */
public final class Columns {
  /** First and last of each block of wide characters, by Unicode's East Asian width. */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x2E80, 0x303E, 0x3041, 0x4DBF, 0x4E00, 0xA4CF,
    0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF01, 0xFF60,
    0xFFE0, 0xFFE6, 0x16FE0, 0x18DFF, 0x1AFF0, 0x1B2FF, 0x1F200, 0x1F265, 0x20000, 0x3FFFD
  };

  private Columns() {}

  /** The columns of all of a text; it holds nothing that moves the cursor. */
  public static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  private static int of(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default ->
          c >= 0x1160 && c <= 0x11FF ? 0 : wide(c) ? 2 : 1; // vowels within a Korean syllable
    };
  }

  private static boolean wide(int c) {
    for (int i = 0; i < WIDE.length; i += 2) {
      if (c >= WIDE[i] && c <= WIDE[i + 1]) {
        return true;
      }
    }
    return Character.isEmojiPresentation(c);
  }
}
