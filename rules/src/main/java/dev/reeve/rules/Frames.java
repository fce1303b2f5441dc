package dev.reeve.rules;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** What daemon and compiler say to each other: a letter, a length, and so many bytes. */
final class Frames {
  /** A file's name, followed by its text. */
  static final char NAME = 'N';

  static final char TEXT = 'T';

  /** Nothing more comes. */
  static final char END = 'E';

  /** What the compiler is about to do, so that it can be told what it died of. */
  static final char DOING = 'D';

  /** A finished archive; what its tests came to follows. */
  static final char ARCHIVE = 'A';

  /** What came of its tests, as JSON; the last word. */
  static final char TESTED = 'V';

  /** Why there is none, as JSON. */
  static final char REFUSED = 'R';

  static final int MAX_FILES = 256;
  static final int MAX_TEXTS = 16 << 20;

  private Frames() {}

  /** One of them. */
  static final class Frame {
    private final char letter;
    private final byte[] content;

    Frame(char letter, byte[] content) {
      this.letter = letter;
      this.content = content;
    }

    char letter() {
      return letter;
    }

    byte[] content() {
      return content;
    }

    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  static void write(DataOutputStream out, char letter, byte[] content) throws IOException {
    out.writeByte(letter);
    out.writeInt(content.length);
    out.write(content);
    out.flush();
  }

  static void write(DataOutputStream out, char letter, String text) throws IOException {
    write(out, letter, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Throws {@link EOFException} where the other side ended. */
  static Frame read(DataInputStream in, int most) throws IOException {
    char letter = (char) in.readUnsignedByte();
    int length = in.readInt();
    if (length < 0 || length > most) {
      throw new IOException("a frame of " + length + " bytes, at most " + most + " are read");
    }
    byte[] content = in.readNBytes(length);
    if (content.length < length) {
      throw new EOFException("a frame was cut short");
    }
    return new Frame(letter, content);
  }

  static void writeTexts(DataOutputStream out, SortedMap<String, String> texts) throws IOException {
    for (var entry : texts.entrySet()) {
      write(out, NAME, entry.getKey());
      write(out, TEXT, entry.getValue());
    }
    write(out, END, "");
  }

  static SortedMap<String, String> readTexts(DataInputStream in) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    int left = MAX_TEXTS;
    for (Frame frame = read(in, left); frame.letter() != END; frame = read(in, left)) {
      Frame text = read(in, left);
      left -= frame.content().length + text.content().length;
      if (frame.letter() != NAME || text.letter() != TEXT || left < 0) {
        throw new IOException("not a list of files");
      }
      if (texts.size() >= MAX_FILES || texts.put(frame.text(), text.text()) != null) {
        throw new IOException("too many files, or two of one name");
      }
    }
    return texts;
  }
}
