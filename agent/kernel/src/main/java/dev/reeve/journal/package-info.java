/// The append-only, hash-chained, fsynced record of everything that Reeve decided and did. State is
/// a fold over it.
///
/// A journal is a folder of segments `journal-0000000001.rj`, ... All numbers are big-endian.
///
/// | header, 64 bytes | | record, 80 bytes and the payload | |
/// |---|---|---|---|
/// | magic `REEVEJNL` | 8 | length of the payload | 4 |
/// | format version | 4 | CRC32C of everything else in the record | 4 |
/// | segment number | 8 | sequence, from 1 on, without gaps | 8 |
/// | sequence of its first record | 8 | wall time, epoch millis | 8 |
/// | SHA-256 of the record before that one | 32 | boot id | 16 |
/// | CRC32C of the above | 4 | CLOCK_BOOTTIME, nanos | 8 |
/// | | | SHA-256 of the record before, all of its bytes | 32 |
/// | | | payload: `{"type":...,"version":...,"data":{...}}`, UTF-8 | |
///
/// The rest of a segment is zeros: room for records to come. Every segment but the very first
/// begins with a checkpoint, the record of what all records before it add up to and of the first
/// record that is still kept. Segments from there on must all be there, and what is before may be
/// gone.
///
/// Beside the segments lie `journal.lock`, locked by the one process that writes, and
/// `journal.mark`, which holds the number of the newest segment, so that its loss is noticed.
///
/// Only the last record can ever be in doubt, because each is forced before the next is written. So
/// a broken end is cut when the journal is opened, and damage anywhere else refuses to open.
@NullMarked
package dev.reeve.journal;

import org.jspecify.annotations.NullMarked;
