package dev.reeve.json;

/// `true` or `false`.
public record JsonBoolean(boolean value) implements JsonValue {}
