package dev.reeve.collectors.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpositionAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Random random = new Random(1);

  @Test
  void allocatesNothingWhenValuesChangeTheirLength() {
    assertAllocatesNothing(bodies(false));
  }

  @Test
  void allocatesNothingWhenLinesComeInAnotherOrderEachTime() {
    assertAllocatesNothing(bodies(true));
  }

  private static void assertAllocatesNothing(List<byte[]> bodies) {
    var parser = ExpositionParser.of(Limits.standard());
    double sum = 0;
    long allocated = 0;
    for (int round = 0; round < 300; round++) {
      // what the measuring itself and the just-in-time compiler need comes in the first rounds
      if (round == 100) {
        allocated = THREADS.getCurrentThreadAllocatedBytes();
      }
      for (int i = 0; i < bodies.size(); i++) {
        byte[] body = bodies.get(i);
        var scrape = parser.parse(body, body.length);
        for (int sample = 0; sample < scrape.size(); sample++) {
          sum += scrape.value(scrape.slot(sample));
          sum += scrape.mapped(scrape.slot(sample)).labels().size();
        }
      }
    }
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    assertEquals(0, allocated / 200, () -> "bytes a round of " + bodies.size());
    assertEquals(false, Double.isNaN(sum));
  }

  private List<byte[]> bodies(boolean shuffled) {
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<String> lines = new ArrayList<>();
      for (int series = 0; series < 100; series++) {
        String value =
            switch (series % 4) {
              case 0 -> Integer.toString(random.nextInt(1 << (1 + random.nextInt(30))));
              case 1 -> Double.toString(random.nextDouble());
              case 2 -> random.nextInt(1000) + ".5 " + (1_717_000_000_000L + i);
              default -> Long.toString(random.nextLong() >>> random.nextInt(60));
            };
        lines.add("family_%d{gpu=\"%d\",pod=\"p\"} %s\n".formatted(series / 8, series % 8, value));
      }
      if (shuffled) {
        Collections.shuffle(lines, random);
      }
      bodies.add(("# HELP family_0 Help.\n" + String.join("", lines)).getBytes(UTF_8));
    }
    return bodies;
  }
}
