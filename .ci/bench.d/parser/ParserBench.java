import com.sun.management.ThreadMXBean;
import dev.reeve.collectors.exposition.Body;
import dev.reeve.collectors.exposition.ExpositionParser;
import dev.reeve.collectors.exposition.Limits;
import dev.reeve.collectors.exposition.Scrape;
import dev.reeve.collectors.exposition.Series;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Times the parser on the bodies of a folder, `ParserBench FOLDER MODE`, and prints one line:
/// mode, best and median nanoseconds a scrape, bytes allocated a scrape.
///
/// `first` gives each body to a parser that has never seen anything; `again` gives all of them to
/// one parser.
public final class ParserBench {
  /// The usual ones, but for the body of 10 MB.
  private static final Limits LIMITS =
      new Limits(64 << 20, 50_000, 100_000, 16 << 10, 64, 1 << 10, 20);

  private static final long WARM_UP_NANOS = 1_500_000_000L;
  private static final int BATCHES = 60;
  private static final long BATCH_NANOS = 10_000_000L;

  private final List<byte[]> bodies;
  private final boolean first;
  private final Body body = new Body();
  private ExpositionParser<Series> parser = ExpositionParser.of(LIMITS);
  private double sum;

  private ParserBench(List<byte[]> bodies, boolean first) {
    this.bodies = bodies;
    this.first = first;
  }

  public static void main(String[] args) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      List<byte[]> bodies = files.sorted().map(ParserBench::read).toList();
      new ParserBench(bodies, args[1].equals("first")).run(args[1]);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void run(String mode) {
    long start = System.nanoTime();
    int rounds = 0;
    while (System.nanoTime() - start < WARM_UP_NANOS) {
      round();
      rounds++;
    }
    int perBatch = Math.max(1, (int) (rounds * BATCH_NANOS / WARM_UP_NANOS));
    double[] nanos = new double[BATCHES];
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.getCurrentThreadAllocatedBytes();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    for (int batch = 0; batch < BATCHES; batch++) {
      long before = System.nanoTime();
      for (int i = 0; i < perBatch; i++) {
        round();
      }
      nanos[batch] = (double) (System.nanoTime() - before) / perBatch / bodies.size();
    }
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    Arrays.sort(nanos);
    System.out.printf(
        "%s %.0f %.0f %d%n",
        mode,
        nanos[0],
        nanos[BATCHES / 2],
        allocated / ((long) BATCHES * perBatch * bodies.size()));
    if (sum == 42) {
      System.out.println("so that nothing is optimised away");
    }
  }

  private void round() {
    for (int i = 0; i < bodies.size(); i++) {
      byte[] bytes = bodies.get(i);
      if (first) {
        parser = ExpositionParser.of(LIMITS);
      }
      Scrape<Series> scrape = parser.parse(new Body(bytes, bytes.length));
      sum += scrape.value(scrape.slot(scrape.size() - 1));
    }
  }
}
