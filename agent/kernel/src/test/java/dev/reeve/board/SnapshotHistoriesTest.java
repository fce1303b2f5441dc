package dev.reeve.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What snapshots of random lives say, bit for bit, against digests of what they said when they were
 * made in the plainest way. A change of what is known, or of its wording, writes them anew by
 * {@code -Dreeve.golden=write}; one that only makes snapshots cheaper must not.
 */
class SnapshotHistoriesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/board/snapshots.txt");
  private static final int LIVES = 16;
  private static final int TICKS = 160;
  private static final int EVERY = 32;

  private static final List<String> CASES =
      List.of(
          "TOO_YOUNG",
          "LOW_COVERAGE",
          "STALE",
          "GAP",
          "FROZEN",
          "MEMBER_MISSING",
          "EXTENT_UNKNOWN",
          "CHANGED_HANDS",
          "CLAIM_UNSURE",
          "DISAGREEMENT",
          "Agreed[",
          "Unsure[reason=GPU-",
          "Nobody[proof",
          "declared workload",
          "priced in USD and EUR");

  private static final List<String> DIGESTS = new ArrayList<>();
  private static final Map<String, Integer> SEEN = new TreeMap<>();

  @BeforeAll
  static void live() throws Exception {
    for (long seed = 1; seed <= LIVES; seed++) {
      RandomEstate estate = new RandomEstate(seed);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int tick = 1; tick <= TICKS; tick++) {
        String text =
            SnapshotText.of(
                estate.next(), List.of(RandomEstate.SHORT, RandomEstate.LONG, RandomEstate.LONGER));
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        CASES.forEach(word -> SEEN.merge(word, text.contains(word) ? 1 : 0, Integer::sum));
        if (tick % EVERY == 0) {
          byte[] sofar = ((MessageDigest) digest.clone()).digest();
          DIGESTS.add(
              "life %d, tick %d: %s".formatted(seed, tick, HexFormat.of().formatHex(sofar, 0, 12)));
        }
      }
    }
  }

  @Test
  void snapshotsSayTheSameBitForBitHoweverTheyAreMade() throws Exception {
    if ("write".equals(System.getProperty("reeve.golden"))) {
      Files.createDirectories(GOLDEN.getParent());
      Files.write(GOLDEN, DIGESTS);
    }
    List<String> expected = Files.readAllLines(GOLDEN);
    for (int i = 0; i < DIGESTS.size(); i++) {
      assertEquals(expected.get(i), DIGESTS.get(i));
    }
    assertEquals(expected.size(), DIGESTS.size());
  }

  /** A life in which nothing goes wrong would prove little. */
  @Test
  void theLivesKnowEveryReasonWhySomethingIsUnknown() {
    assertTrue(SEEN.values().stream().allMatch(count -> count > 20), SEEN::toString);
  }
}
