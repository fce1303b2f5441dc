package dev.reeve.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reeve.model.SubjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RollTest {
  @Test
  void findsAndWalksTheSameWhateverCameAndWent() {
    Random random = new Random(11);
    Roll<Integer> roll = new Roll<>();
    TreeMap<SubjectId, Integer> tree = new TreeMap<>();
    for (int round = 0; round < 2_000; round++) {
      SubjectId id = SubjectId.gpu("x" + random.nextInt(40));
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          roll.put(id, round);
          tree.put(id, round);
        }
        case 2 -> {
          roll.remove(id);
          tree.remove(id);
        }
        default -> {
          int of = random.nextInt(5);
          roll.removeIf((_, value) -> value % 5 == of);
          tree.values().removeIf(value -> value % 5 == of);
        }
      }
      assertEquals(tree.get(id), roll.get(id));
      assertEquals(tree.containsKey(id), roll.has(id));
      assertEquals(tree.size(), roll.size());
      assertEquals(new ArrayList<>(tree.values()), new ArrayList<>(roll.values()));
      List<SubjectId> walked = new ArrayList<>();
      roll.forEach((one, _) -> walked.add(one));
      assertEquals(new ArrayList<>(tree.keySet()), walked);
    }
  }

  @Test
  void nobodyTakesAnythingOutBehindItsBack() {
    Roll<String> roll = new Roll<>();
    roll.put(SubjectId.gpu("a"), "a");
    assertThrows(UnsupportedOperationException.class, () -> roll.values().clear());
    assertEquals("a", roll.get(SubjectId.gpu("a")));
    assertNull(roll.get(SubjectId.node("a")));
  }
}
