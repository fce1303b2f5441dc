package dev.reeve.journal;

/// Which records this release understands.
@FunctionalInterface
public interface RecordVersions {
  boolean knows(String type, int version);
}
