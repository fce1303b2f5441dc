package dev.reeve.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reeve.model.SubjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SortedTest {
  @Test
  void answersAsATreeOfTheSameDoes() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      TreeMap<SubjectId, Integer> tree = new TreeMap<>();
      for (int i = random.nextInt(40); i > 0; i--) {
        tree.put(any(random), random.nextInt());
      }
      Sorted<Integer> sorted = sorted(tree);
      assertEquals(tree, sorted);
      assertEquals(tree.hashCode(), sorted.hashCode());
      assertEquals(new ArrayList<>(tree.entrySet()), new ArrayList<>(sorted.entrySet()));
      assertEquals(new ArrayList<>(tree.values()), new ArrayList<>(sorted.values()));
      List<SubjectId> walked = new ArrayList<>();
      sorted.forEach((id, _) -> walked.add(id));
      assertEquals(new ArrayList<>(tree.keySet()), walked);
      SubjectId one = any(random);
      assertEquals(tree.get(one), sorted.get(one));
      assertEquals(tree.containsKey(one), sorted.containsKey(one));
      assertEquals(tree.headMap(one), sorted.headMap(one));
      assertEquals(tree.tailMap(one), sorted.tailMap(one));
      SubjectId other = any(random);
      if (one.compareTo(other) <= 0) {
        assertEquals(tree.subMap(one, other), sorted.subMap(one, other));
      }
      if (!tree.isEmpty()) {
        assertEquals(tree.firstKey(), sorted.firstKey());
        assertEquals(tree.lastKey(), sorted.lastKey());
      }
    }
  }

  @Test
  void takesNothingOutOfOrderAndNothingTwice() {
    Sorted.Maker<String> maker = new Sorted.Maker<String>().add(SubjectId.gpu("b"), "b");
    assertThrows(IllegalArgumentException.class, () -> maker.add(SubjectId.gpu("a"), "a"));
    assertThrows(IllegalArgumentException.class, () -> maker.add(SubjectId.gpu("b"), "again"));
  }

  @Test
  void cannotBeChangedOnceItIsMade() {
    Sorted.Maker<String> maker = new Sorted.Maker<String>().add(SubjectId.gpu("a"), "a");
    Sorted<String> made = maker.map();
    maker.add(SubjectId.gpu("b"), "b");
    assertEquals(1, made.size());
    assertNull(made.get(SubjectId.gpu("b")));
    assertThrows(UnsupportedOperationException.class, () -> made.put(SubjectId.gpu("c"), "c"));
    assertThrows(UnsupportedOperationException.class, made::clear);
    assertThrows(UnsupportedOperationException.class, () -> made.values().remove("a"));
  }

  @Test
  void anEmptyOneHasNoFirstAndNoLast() {
    Sorted<String> empty = new Sorted.Maker<String>().map();
    assertThrows(NoSuchElementException.class, empty::firstKey);
    assertThrows(NoSuchElementException.class, empty::lastKey);
    assertThrows(NoSuchElementException.class, () -> empty.entrySet().iterator().next());
  }

  private static SubjectId any(Random random) {
    String key = "x" + random.nextInt(30);
    return random.nextBoolean() ? SubjectId.gpu(key) : SubjectId.node(key);
  }

  private static Sorted<Integer> sorted(Map<SubjectId, Integer> tree) {
    Sorted.Maker<Integer> maker = new Sorted.Maker<>();
    tree.forEach(maker::add);
    return maker.map();
  }
}
