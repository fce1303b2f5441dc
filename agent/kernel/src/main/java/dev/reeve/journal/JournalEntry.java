package dev.reeve.journal;

import dev.reeve.json.JsonObject;

/// What is to be appended.
///
/// @param type lower case words with hyphens, such as `intent`
/// @param version of the type's content, from 1 on: a new release that changes what a type says
///   raises it, and an older one then only observes
/// @param json the content
public record JournalEntry(String type, int version, JsonObject json) {
  private static final int MAX_TYPE_LENGTH = 64;

  public JournalEntry {
    requireType(type);
    if (version < 1) {
      throw new IllegalArgumentException("versions count from 1, not " + version);
    }
  }

  /// The first version of a type.
  public JournalEntry(String type, JsonObject json) {
    this(type, 1, json);
  }

  private static void requireType(String type) {
    if (type.isEmpty() || type.length() > MAX_TYPE_LENGTH) {
      throw new IllegalArgumentException("a type has 1 to " + MAX_TYPE_LENGTH + " characters");
    }
    if (!type.chars().allMatch(c -> "abcdefghijklmnopqrstuvwxyz0123456789-".indexOf(c) >= 0)) {
      throw new IllegalArgumentException("a type is a word in lower case: " + type);
    }
  }
}
