package dev.reeve.journal;

/// What a segment says of itself.
record SegmentHeader(int version, long number, long firstSequence, Hash previous) {
  static SegmentHeader after(long number, ChainHead head) {
    return new SegmentHeader(SegmentFormat.VERSION, number, head.sequence() + 1, head.hash());
  }

  /// What a reader that trusts the header expects the first record to follow.
  ChainHead head() {
    return new ChainHead(firstSequence - 1, previous);
  }

  /// Whether its first record must be a checkpoint: the first segment follows nothing, and the
  /// first format had none.
  boolean beginsWithCheckpoint() {
    return version > 1 && number > 1;
  }

  /// Whether it says the same of itself, in whatever format.
  boolean follows(long expectedNumber, ChainHead expected) {
    return number == expectedNumber && head().equals(expected);
  }
}
