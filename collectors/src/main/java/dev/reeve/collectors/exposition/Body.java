package dev.reeve.collectors.exposition;

import java.util.Arrays;

/// A reusable buffer for one response. [ExpositionParser#parse(Body)] takes the bytes and leaves
/// those of an earlier response behind, so a body goes from the socket to the parser without a
/// copy.
///
/// Not safe for use by several threads.
public final class Body {
  private byte[] bytes;
  private int length;

  public Body() {
    this(new byte[0], 0);
  }

  /// Wraps the array without copying it; the parser may keep it and never writes to it.
  public Body(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
    length(length);
  }

  /// The array that holds the content in its first [#length] bytes. What stands behind is
  /// undefined.
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /// Says how many bytes are content, after something was written into [#bytes].
  public void length(int newLength) {
    if (newLength < 0 || newLength > bytes.length) {
      throw new IllegalArgumentException(newLength + " bytes in an array of " + bytes.length);
    }
    length = newLength;
  }

  /// Returns an array of at least this capacity that holds the content so far.
  public byte[] room(int capacity) {
    if (capacity > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(capacity, (int) Math.min(2L * bytes.length, 1 << 30)));
    }
    return bytes;
  }

  /// Hands the array over in exchange for another one, which counts as empty.
  byte[] exchange(byte[] other) {
    byte[] mine = bytes;
    bytes = other;
    length = 0;
    return mine;
  }
}
