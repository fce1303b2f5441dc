package dev.reeve.json;

/// `null`: a value that is there and says nothing, which is not the same as an absent member.
public enum JsonNull implements JsonValue {
  NULL
}
