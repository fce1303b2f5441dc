package dev.reeve.journal;

/// What a segment says of itself.
record SegmentHeader(long number, long firstSequence, Hash previous) {
  static SegmentHeader after(long number, ChainHead head) {
    return new SegmentHeader(number, head.sequence() + 1, head.hash());
  }

  /// What a reader that trusts the header expects the first record to follow.
  ChainHead head() {
    return new ChainHead(firstSequence - 1, previous);
  }
}
