package dev.reeve.board;

import dev.reeve.model.SubjectId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each subject: walked in the order of their names, found without comparing them,
 * which is most of what reading an answer would cost else.
 */
final class Roll<V> {
  private final Map<SubjectId, V> found = new HashMap<>();
  private final SortedMap<SubjectId, V> ordered = new TreeMap<>();

  @Nullable V get(SubjectId id) {
    return found.get(id);
  }

  boolean has(SubjectId id) {
    return found.containsKey(id);
  }

  int size() {
    return found.size();
  }

  void put(SubjectId id, V value) {
    found.put(id, value);
    ordered.put(id, value);
  }

  void remove(SubjectId id) {
    found.remove(id);
    ordered.remove(id);
  }

  void removeIf(BiPredicate<SubjectId, V> gone) {
    Iterator<Map.Entry<SubjectId, V>> all = ordered.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<SubjectId, V> one = all.next();
      if (gone.test(one.getKey(), one.getValue())) {
        found.remove(one.getKey());
        all.remove();
      }
    }
  }

  Collection<V> values() {
    return Collections.unmodifiableCollection(ordered.values());
  }

  void forEach(BiConsumer<SubjectId, V> each) {
    ordered.forEach(each);
  }
}
