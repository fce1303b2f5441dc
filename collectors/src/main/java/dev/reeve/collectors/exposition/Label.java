package dev.reeve.collectors.exposition;

/// One label of a series; the value is unescaped and may be empty.
public record Label(String name, String value) {}
