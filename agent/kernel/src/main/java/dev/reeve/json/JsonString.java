package dev.reeve.json;

/// A JSON string.
public record JsonString(String text) implements JsonValue {}
