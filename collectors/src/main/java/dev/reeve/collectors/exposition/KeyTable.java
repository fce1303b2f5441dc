package dev.reeve.collectors.exposition;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Numbers byte strings: an open-addressing table from the bytes of a key to a small int, its slot.
/// Slots of forgotten keys are used again; a slot keeps its number for as long as its key is known.
final class KeyTable {
  /// Never equal to a generation, which start at 1.
  static final int NEVER = 0;

  /// What stands in a slot without a key.
  private static final byte[] GONE = new byte[0];

  private final int maxKeys;
  private final long seed;
  private final IntConsumer forgotten;

  /// Upper half: that of the hash; lower half: slot plus one. Zero is free.
  private long[] index;

  private byte[][] keys;
  private long[] hashes;
  private int[] lastSeen;
  private int[] free = new int[0];
  private int freeCount;
  private int used;

  /// @param forgotten is told each slot whose key is forgotten
  KeyTable(int maxKeys, long seed, IntConsumer forgotten) {
    this.maxKeys = maxKeys;
    this.forgotten = forgotten;
    this.seed = seed;
    index = new long[16];
    keys = new byte[8][];
    Arrays.fill(keys, GONE);
    hashes = new long[8];
    lastSeen = new int[8];
  }

  long hash(byte[] bytes, int from, int length) {
    return Bytes.hash(bytes, from, length, seed);
  }

  /// The slot of a key, or -1.
  int find(byte[] bytes, int from, int length, long hash) {
    long[] table = index;
    int mask = table.length - 1;
    for (int at = (int) hash & mask; ; at = (at + 1) & mask) {
      long entry = table[at];
      if (entry == 0) {
        return -1;
      }
      if ((entry ^ hash) >>> 32 == 0) {
        int slot = (int) entry - 1;
        byte[] key = keys[slot];
        if (key.length == length && Arrays.equals(key, 0, length, bytes, from, from + length)) {
          return slot;
        }
      }
    }
  }

  /// Adds a key that [#find] did not find. There must be room.
  int add(byte[] bytes, int from, int length, long hash) {
    int slot = freeCount > 0 ? free[--freeCount] : used;
    if (slot == keys.length) {
      reserve(2 * keys.length);
    }
    used = Math.max(used, slot + 1);
    keys[slot] = Arrays.copyOfRange(bytes, from, from + length);
    hashes[slot] = hash;
    lastSeen[slot] = NEVER;
    enter(slot);
    return slot;
  }

  boolean isFull() {
    return used - freeCount >= maxKeys;
  }

  /// Makes room for so many slots at once, to spare a fresh table the steps in between.
  void reserve(int slots) {
    int wanted = Math.min(slots, maxKeys);
    if (wanted <= keys.length) {
      return;
    }
    int before = keys.length;
    keys = Arrays.copyOf(keys, wanted);
    Arrays.fill(keys, before, wanted, GONE);
    hashes = Arrays.copyOf(hashes, wanted);
    lastSeen = Arrays.copyOf(lastSeen, wanted);
    index = new long[Integer.highestOneBit(wanted) << 2];
    enterAll();
  }

  /// How many slots there may be before the next [#reserve].
  int capacity() {
    return keys.length;
  }

  /// The bytes of a key in use; not to be changed.
  byte[] key(int slot) {
    return keys[slot];
  }

  int lastSeen(int slot) {
    return lastSeen[slot];
  }

  void seen(int slot, int generation) {
    lastSeen[slot] = generation;
  }

  /// Forgets the keys last seen before a generation.
  @SuppressWarnings("ReferenceEquality") // what is gone is marked by one array, known by identity
  void forgetBefore(int generation) {
    if (free.length < used) {
      free = Arrays.copyOf(free, keys.length);
    }
    boolean any = false;
    for (int slot = 0; slot < used; slot++) {
      if (keys[slot] != GONE && lastSeen[slot] < generation) {
        keys[slot] = GONE;
        free[freeCount++] = slot;
        forgotten.accept(slot);
        any = true;
      }
    }
    if (any) {
      Arrays.fill(index, 0);
      enterAll();
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private void enterAll() {
    for (int slot = 0; slot < used; slot++) {
      if (keys[slot] != GONE) {
        enter(slot);
      }
    }
  }

  private void enter(int slot) {
    int mask = index.length - 1;
    int at = (int) hashes[slot] & mask;
    while (index[at] != 0) {
      at = (at + 1) & mask;
    }
    index[at] = (hashes[slot] & 0xFFFFFFFF_00000000L) | (slot + 1);
  }
}
