package dev.reeve.collectors.exposition;

/// What HELP and TYPE lines of one scrape say about a metric name.
///
/// @param help unescaped; empty where there is no HELP line or it has no text
public record Family(String name, String help, FamilyType type) {}
