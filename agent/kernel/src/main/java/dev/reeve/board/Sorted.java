package dev.reeve.board;

import dev.reeve.model.SubjectId;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that is made of what comes in order, once, and never changed: no comparison to make it but
 * one with the key before, no copy to keep it.
 */
final class Sorted<V> extends AbstractMap<SubjectId, V> implements SortedMap<SubjectId, V> {
  private final SubjectId[] keys;
  private final List<V> values;

  private Sorted(SubjectId[] keys, List<V> values) {
    this.keys = keys;
    this.values = values;
  }

  /** Takes what comes in order. */
  static final class Maker<V> {
    private SubjectId[] keys = new SubjectId[16];
    private Object[] values = new Object[16];
    private int size;

    Maker<V> add(SubjectId key, V value) {
      if (size > 0 && keys[size - 1].compareTo(key) >= 0) {
        throw new IllegalArgumentException(key + " comes after " + keys[size - 1]);
      }
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      keys[size] = key;
      values[size++] = value;
      return this;
    }

    /** All that was taken. */
    @SuppressWarnings("unchecked")
    Sorted<V> map() {
      return new Sorted<>(
          Arrays.copyOf(keys, size), (List<V>) Arrays.asList(Arrays.copyOf(values, size)));
    }
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    int at = key instanceof SubjectId id ? Arrays.binarySearch(keys, id) : -1;
    return at < 0 ? null : values.get(at);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof SubjectId id && Arrays.binarySearch(keys, id) >= 0;
  }

  @Override
  public void forEach(BiConsumer<? super SubjectId, ? super V> each) {
    for (int i = 0; i < keys.length; i++) {
      each.accept(keys[i], values.get(i));
    }
  }

  @Override
  public Set<Map.Entry<SubjectId, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return keys.length;
      }

      @Override
      public Iterator<Map.Entry<SubjectId, V>> iterator() {
        return new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < keys.length;
          }

          @Override
          public Map.Entry<SubjectId, V> next() {
            if (next == keys.length) {
              throw new NoSuchElementException();
            }
            return Map.entry(keys[next], values.get(next++));
          }
        };
      }
    };
  }

  @Override
  public @Nullable Comparator<? super SubjectId> comparator() {
    return null;
  }

  @Override
  public SortedMap<SubjectId, V> subMap(SubjectId from, SubjectId to) {
    return between(at(from), at(to));
  }

  @Override
  public SortedMap<SubjectId, V> headMap(SubjectId to) {
    return between(0, at(to));
  }

  @Override
  public SortedMap<SubjectId, V> tailMap(SubjectId from) {
    return between(at(from), keys.length);
  }

  private int at(SubjectId key) {
    int at = Arrays.binarySearch(keys, key);
    return at < 0 ? -at - 1 : at;
  }

  private Sorted<V> between(int from, int to) {
    return new Sorted<>(Arrays.copyOfRange(keys, from, to), values.subList(from, to));
  }

  @Override
  public SubjectId firstKey() {
    return key(0);
  }

  @Override
  public SubjectId lastKey() {
    return key(keys.length - 1);
  }

  private SubjectId key(int at) {
    if (keys.length == 0) {
      throw new NoSuchElementException();
    }
    return keys[at];
  }
}
