package dev.reeve.telemetry;

/**
 * A page of metrics.
 *
 * @param bytes not copied; whoever gets it does not change it
 */
@SuppressWarnings("ArrayRecordComponent") // made for one answer, never compared
public record Exposition(String contentType, byte[] bytes) {}
