package dev.reeve.journal;

import dev.reeve.json.JsonObject;
import java.util.UUID;

/// One durable entry, with when it was appended.
///
/// @param sequence from 1 on, without gaps
/// @param wallMillis wall time in milliseconds since 1970; for people, not for ages
/// @param bootId the boot in which it was appended
/// @param bootNanos CLOCK_BOOTTIME in nanoseconds: ages within one boot are differences of it
/// @param type see [JournalEntry]
/// @param version see [JournalEntry]
/// @param json see [JournalEntry]
public record JournalRecord(
    long sequence,
    long wallMillis,
    UUID bootId,
    long bootNanos,
    String type,
    int version,
    JsonObject json) {}
