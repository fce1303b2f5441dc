package dev.reeve.rules;

/**
 * One set, verified.
 *
 * @param key names what it was made of
 * @param hash SHA-256 of its archive
 */
record CompiledSet(String key, String hash, CompiledRules compiled) {}
