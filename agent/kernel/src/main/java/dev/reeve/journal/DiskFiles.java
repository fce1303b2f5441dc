package dev.reeve.journal;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder on a real disk.
///
/// Everything goes through RandomAccessFile: a FileChannel closes itself when its thread is
/// interrupted, which would end the daemon for a harmless reason.
final class DiskFiles implements SegmentFiles {
  /// Far above any segment that was ever written; a larger file is not ours.
  private static final long MAX_FILE_BYTES = 256L << 20;

  private static final String LOCK = "journal.lock";

  private final Path folder;
  private final FolderSync folderSync;
  private Optional<RandomAccessFile> lock = Optional.empty();

  DiskFiles(Path folder, FolderSync folderSync) {
    this.folder = folder;
    this.folderSync = folderSync;
  }

  /// For readers, which change nothing and need no lock.
  static DiskFiles reading(Path folder) {
    return new DiskFiles(
        folder,
        _ -> {
          throw new IllegalStateException("a reader has nothing to make durable");
        });
  }

  /// POSIX drops a process's lock as soon as it closes *any* descriptor of the file, so nothing
  /// else may ever open it.
  @Override
  public boolean lock() throws IOException {
    RandomAccessFile file = new RandomAccessFile(path(LOCK), "rw");
    try {
      FileLock held = file.getChannel().tryLock();
      if (held != null) {
        lock = Optional.of(file);
        return true;
      }
    } catch (OverlappingFileLockException _) {
      // held by this very process, whose lock closing would drop: better to leak one descriptor
      return false;
    }
    file.close();
    return false;
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path(name), "r")) {
      long length = file.length();
      if (length > MAX_FILE_BYTES) {
        throw new IOException(name + " is larger than " + MAX_FILE_BYTES + " bytes");
      }
      byte[] bytes = new byte[(int) length];
      file.readFully(bytes);
      return bytes;
    }
  }

  @Override
  public byte[] read(String name, int atMost) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path(name), "r")) {
      byte[] bytes = new byte[(int) Math.min(file.length(), atMost)];
      file.readFully(bytes);
      return bytes;
    }
  }

  @Override
  public long length(String name) throws IOException {
    return Files.size(folder.resolve(name));
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  @Override
  public SegmentFile open(String name) throws IOException {
    return new DiskFile(path(name));
  }

  @Override
  public void sync() throws IOException {
    folderSync.sync(folder);
  }

  @Override
  public void close() throws IOException {
    if (lock.isPresent()) {
      lock.get().close();
    }
  }

  private File path(String name) {
    return folder.resolve(name).toFile();
  }

  private static final class DiskFile implements SegmentFile {
    private final RandomAccessFile file;

    DiskFile(File file) throws FileNotFoundException {
      this.file = new RandomAccessFile(file, "rw");
    }

    @Override
    public void write(long position, byte[] bytes) throws IOException {
      file.seek(position);
      file.write(bytes);
    }

    @Override
    public void truncate(long size) throws IOException {
      file.setLength(size);
    }

    @Override
    public void force() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
