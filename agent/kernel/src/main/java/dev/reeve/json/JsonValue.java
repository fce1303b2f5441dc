package dev.reeve.json;

/// A JSON value. Immutable, and equal by content.
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {}
