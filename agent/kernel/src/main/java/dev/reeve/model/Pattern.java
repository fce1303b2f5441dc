package dev.reeve.model;

import java.util.Optional;

/**
 * One subject of a rule and what must hold of it.
 *
 * @param join how it is tied to an earlier pattern; only the first has none
 */
public record Pattern(String alias, SubjectKind kind, Condition condition, Optional<Join> join) {}
