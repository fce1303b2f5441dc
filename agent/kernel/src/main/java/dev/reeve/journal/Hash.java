package dev.reeve.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256, as 64 hexadecimal digits.
record Hash(String hex) {
  static final int BYTES = 32;

  /// What stands where there is no record before.
  static final Hash NONE = new Hash("0".repeat(2 * BYTES));

  static Hash of(byte[] bytes, int offset, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, offset, length);
      return ofDigest(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  static Hash ofDigest(byte[] digest) {
    return new Hash(HexFormat.of().formatHex(digest));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
