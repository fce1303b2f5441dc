package dev.reeve.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// The files of one journal's folder: all that the journal knows of a disk, so that tests and the
/// simulation can put a disk below it that lies.
public interface SegmentFiles extends Closeable {
  /// Whether this process is now the only one that writes; kept until [#close()].
  boolean lock() throws IOException;

  /// The names of all files in the folder, in any order.
  List<String> list() throws IOException;

  byte[] read(String name) throws IOException;

  /// The first bytes of a file, or all of a shorter one.
  byte[] read(String name, int atMost) throws IOException;

  long length(String name) throws IOException;

  /// Gone for good only after [#sync()]; nothing happens if it is not there.
  void delete(String name) throws IOException;

  /// Opens for reading and writing; makes the file if it is not there.
  SegmentFile open(String name) throws IOException;

  /// Makes the names in the folder durable.
  void sync() throws IOException;

  /// A file that is open for writing. What was written is durable only after [#force()].
  interface SegmentFile extends Closeable {
    void write(long position, byte[] bytes) throws IOException;

    void truncate(long size) throws IOException;

    void force() throws IOException;
  }
}
