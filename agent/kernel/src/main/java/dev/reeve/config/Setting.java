package dev.reeve.config;

/**
 * One key that a reader asked for.
 *
 * @param path such as {@code guard.budget.per}
 * @param type what may stand there, in words
 * @param meaning for people; empty where the reader gave none
 * @param value as YAML; empty where it was not written and has no default
 * @param origin {@code file:line}, or {@code default}, or {@code not set}
 * @param secret whether the value is masked
 */
public record Setting(
    String path, String type, String meaning, String value, String origin, boolean secret) {
  static final String DEFAULT = "default";
  static final String NOT_SET = "not set";
}
