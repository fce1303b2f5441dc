package dev.reeve.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A folder on a disk that keeps exactly what POSIX promises and nothing more: after a power cut
/// only forced bytes and synced names are sure to be there, and any part of the rest may be. A
/// force that fails drops what was to be forced from the disk, but not from the page cache.
public final class LyingDisk {
  private static final int SECTOR = 512;

  private final Map<String, Inode> names = new TreeMap<>();
  private final Map<String, Inode> durableNames = new TreeMap<>();
  private boolean locked;
  private Plan plan = _ -> Fault.NONE;
  private long operations;
  private long failingForce = -1;
  private boolean forceWorks = true;
  private boolean syncWorks = true;

  /// What happens to an operation of the disk.
  public sealed interface Fault {
    Fault NONE = new None();

    record None() implements Fault {}

    /// The machine loses power before the operation.
    record PowerCut() implements Fault {}

    /// The operation fails; of a write, some bytes arrive first.
    record Failure(String message, int bytesWritten) implements Fault {}
  }

  /// Decides about the n-th operation that changes the disk, counted from 0.
  public interface Plan {
    Fault at(long operation);
  }

  public static final class PowerCutError extends Error {
    private static final long serialVersionUID = 1L;
  }

  private sealed interface Change {
    final class Write implements Change {
      final int position;
      final byte[] bytes;

      Write(int position, byte[] bytes) {
        this.position = position;
        this.bytes = bytes;
      }
    }

    record Truncate(int size) implements Change {}
  }

  private static final class Inode {
    byte[] cached = {};
    byte[] durable = {};
    final List<Change> dirty = new ArrayList<>();

    void change(Change change) {
      cached = apply(cached, change);
      dirty.add(change);
    }
  }

  public void plan(Plan next) {
    plan = next;
    operations = 0;
  }

  void failAt(long operation, Fault fault) {
    plan(n -> n == operation ? fault : Fault.NONE);
  }

  /// Fails the n-th force from now on, counted from 0.
  void failForce(long n) {
    plan(_ -> Fault.NONE);
    failingForce = n;
  }

  long operations() {
    return operations;
  }

  /// For red proofs: a disk that acknowledges a force without doing it.
  public void ignoreForce() {
    forceWorks = false;
  }

  /// For red proofs: a disk that forgets new names.
  public void ignoreSync() {
    syncWorks = false;
  }

  /// The process ended, the machine did not: the page cache is still there.
  public void restartProcess() {
    locked = false;
    failingForce = -1;
    plan(_ -> Fault.NONE);
  }

  /// The machine lost power: of what was not forced, chance decides.
  public void cutPower(Random random) {
    restartProcess();
    Map<String, Inode> survivors = new TreeMap<>(durableNames);
    // a name that was taken away, and not for good yet, may come back
    survivors.keySet().removeIf(name -> !names.containsKey(name) && random.nextBoolean());
    names.forEach(
        (name, inode) -> {
          if (random.nextBoolean()) {
            survivors.putIfAbsent(name, inode);
          }
        });
    names.clear();
    for (Map.Entry<String, Inode> survivor : survivors.entrySet()) {
      Inode inode = new Inode();
      inode.durable = afterPowerCut(survivor.getValue(), random);
      inode.cached = inode.durable;
      names.put(survivor.getKey(), inode);
    }
    durableNames.clear();
    durableNames.putAll(names);
  }

  private static byte[] afterPowerCut(Inode inode, Random random) {
    byte[] bytes = inode.durable;
    for (Change change : inode.dirty) {
      switch (change) {
        case Change.Write write -> {
          switch (random.nextInt(4)) {
            case 0 -> {
              return bytes;
            }
            case 1 -> {
              int kept = random.nextInt(write.bytes.length + 1);
              return apply(
                  bytes, new Change.Write(write.position, Arrays.copyOf(write.bytes, kept)));
            }
            case 2 -> bytes = someSectors(bytes, write, random);
            default -> bytes = apply(bytes, change);
          }
        }
        case Change.Truncate _ -> {
          if (random.nextBoolean()) {
            return bytes;
          }
          bytes = apply(bytes, change);
        }
      }
    }
    return bytes;
  }

  /// The size is on disk, but only some sectors are; the others read as before, or as zeros.
  private static byte[] someSectors(byte[] before, Change.Write write, Random random) {
    byte[] full = apply(before, write);
    byte[] bytes = Arrays.copyOf(before, full.length);
    for (int sector = 0; sector < full.length; sector += SECTOR) {
      if (random.nextBoolean()) {
        int end = Math.min(full.length, sector + SECTOR);
        System.arraycopy(full, sector, bytes, sector, end - sector);
      }
    }
    return bytes;
  }

  private static byte[] apply(byte[] bytes, Change change) {
    return switch (change) {
      case Change.Write write -> {
        int end = write.position + write.bytes.length;
        byte[] result = Arrays.copyOf(bytes, Math.max(bytes.length, end));
        System.arraycopy(write.bytes, 0, result, write.position, write.bytes.length);
        yield result;
      }
      case Change.Truncate(int size) -> Arrays.copyOf(bytes, size);
    };
  }

  /// All files as they would be read after a power cut that lost all that it may lose.
  public Map<String, byte[]> durable() {
    Map<String, byte[]> contents = new TreeMap<>();
    durableNames.forEach((name, inode) -> contents.put(name, inode.durable.clone()));
    return contents;
  }

  /// All files as they can be read now.
  Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new TreeMap<>();
    names.forEach((name, inode) -> contents.put(name, inode.cached.clone()));
    return contents;
  }

  /// A disk that holds these files, all of them durable.
  public static LyingDisk holding(Map<String, byte[]> contents) {
    LyingDisk disk = new LyingDisk();
    contents.forEach(disk::put);
    return disk;
  }

  /// Puts a file there, or another content into it, durably and behind everybody's back.
  void put(String name, byte[] content) {
    Inode inode = new Inode();
    inode.cached = content.clone();
    inode.durable = inode.cached;
    names.put(name, inode);
    durableNames.put(name, inode);
  }

  void remove(String name) {
    names.remove(name);
    durableNames.remove(name);
  }

  /// The disk as one process sees it.
  public SegmentFiles mount() {
    return new Mounted();
  }

  private Fault next() {
    Fault fault = plan.at(operations++);
    if (fault instanceof Fault.PowerCut) {
      throw new PowerCutError();
    }
    return fault;
  }

  private final class Mounted implements SegmentFiles {
    private boolean holdsLock;

    @Override
    public boolean lock() {
      if (locked) {
        return false;
      }
      locked = true;
      holdsLock = true;
      return true;
    }

    @Override
    public List<String> list() {
      return List.copyOf(names.keySet());
    }

    @Override
    public byte[] read(String name) throws IOException {
      Inode inode = names.get(name);
      if (inode == null) {
        throw new NoSuchFileException(name);
      }
      return inode.cached.clone();
    }

    @Override
    public byte[] read(String name, int atMost) throws IOException {
      byte[] all = read(name);
      return Arrays.copyOf(all, Math.min(all.length, atMost));
    }

    @Override
    public long length(String name) throws IOException {
      return read(name).length;
    }

    @Override
    public void delete(String name) throws IOException {
      if (!names.containsKey(name)) {
        return;
      }
      if (next() instanceof Fault.Failure(String message, int _)) {
        throw new IOException(message);
      }
      names.remove(name);
    }

    @Override
    public SegmentFile open(String name) throws IOException {
      if (!names.containsKey(name)) {
        if (next() instanceof Fault.Failure(String message, int _)) {
          throw new IOException(message);
        }
        names.put(name, new Inode());
      }
      return new OpenFile(names.get(name));
    }

    @Override
    public void sync() throws IOException {
      if (next() instanceof Fault.Failure(String message, int _)) {
        throw new IOException(message);
      }
      if (syncWorks) {
        durableNames.clear();
        durableNames.putAll(names);
      }
    }

    @Override
    public void close() {
      if (holdsLock) {
        locked = false;
      }
    }
  }

  private final class OpenFile implements SegmentFiles.SegmentFile {
    private final Inode inode;

    OpenFile(Inode inode) {
      this.inode = inode;
    }

    @Override
    public void write(long position, byte[] bytes) throws IOException {
      if (next() instanceof Fault.Failure(String message, int written)) {
        int arrived = Math.min(written, bytes.length);
        inode.change(new Change.Write((int) position, Arrays.copyOf(bytes, arrived)));
        throw new IOException(message);
      }
      inode.change(new Change.Write((int) position, bytes.clone()));
    }

    @Override
    public void truncate(long size) throws IOException {
      if (next() instanceof Fault.Failure(String message, int _)) {
        throw new IOException(message);
      }
      inode.change(new Change.Truncate((int) size));
    }

    @Override
    public void force() throws IOException {
      if (failingForce >= 0 && failingForce-- == 0) {
        inode.dirty.clear();
        throw new IOException("Input/output error");
      }
      if (next() instanceof Fault.Failure(String message, int _)) {
        inode.dirty.clear();
        throw new IOException(message);
      }
      if (forceWorks) {
        for (Change change : inode.dirty) {
          inode.durable = apply(inode.durable, change);
        }
        inode.dirty.clear();
      }
    }

    @Override
    public void close() {}
  }
}
