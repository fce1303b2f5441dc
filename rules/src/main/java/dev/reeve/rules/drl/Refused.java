package dev.reeve.rules.drl;

/**
 * One thing that the gate does not let through.
 *
 * @param nearest what was probably meant; empty where nothing is near
 */
public record Refused(DrlCode code, Stretch at, String expected, String found, String nearest) {}
