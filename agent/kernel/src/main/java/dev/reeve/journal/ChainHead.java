package dev.reeve.journal;

/// The last record that the next one follows.
record ChainHead(long sequence, Hash hash) {
  static final ChainHead EMPTY = new ChainHead(0, Hash.NONE);
}
