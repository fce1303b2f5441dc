package dev.reeve.journal;

/// A record and where it lies.
record StoredRecord(JournalRecord record, int offset, int length, Hash hash) {
  ChainHead head() {
    return new ChainHead(record.sequence(), hash);
  }

  int end() {
    return offset + length;
  }
}
