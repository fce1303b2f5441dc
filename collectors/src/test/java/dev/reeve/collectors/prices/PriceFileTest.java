package dev.reeve.collectors.prices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.Problem;
import dev.reeve.config.Problems;
import dev.reeve.model.MoneyPerHour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PriceFileTest {
  @TempDir Path folder;
  private final Problems problems = new Problems();

  @Test
  void readsPricesByGpuAndByInstance() {
    Offers offers =
        parse(
            """
            \ufeffgpu,instance_type,gpu_count,market,price_per_gpu_hour,price_per_hour,currency,source,date
            # what we pay
            H100,,,reserved,2.50,,USD,"contract 7, page 2",2026-07

            ,p5.48xlarge,8,,,55.04,USD,,2026-07-20
            """);
    assertEquals(List.of(), problems.list());
    var anywhere = new Machine("", "", "", Market.RESERVED);
    var p5 = new Machine("", "", "p5.48xlarge", Market.ON_DEMAND);
    assertEquals(
        List.of(
            new Offer("H100", anywhere, usd("2.50"), "contract 7, page 2", "2026-07", 3),
            new Offer("", p5, usd("6.88"), "prices.csv", "2026-07-20", 5)),
        offers.offers());
  }

  @Test
  void keepsTheGoodRowsAndSaysEverythingThatIsWrongWithTheOthers() {
    Offers offers =
        parse(
            """
            gpu,instance_type,gpu_count,market,price_per_gpu_hour,price_per_hour,currency,date
            H100,,,sport,"2,50",,US,2026-7
            ,,,,1.00,,USD,2026-07
            ,p5,8.5,,,0,USD,2026-07-32
            A100,,,,1.00,8.00,USD,2026-07
            L4,,,,0.80,,USD,2026-07
            T4,1
            T4,"x
            """);
    assertEquals(List.of("L4"), offers.offers().stream().map(Offer::gpu).toList());
    assertEquals(
        List.of(
            "prices.csv:2:8: market: expected one of on-demand, spot, reserved, found 'sport'",
            "prices.csv:2:14: price_per_gpu_hour: expected an amount above 0 such as 2.50, found"
                + " '2,50'",
            "prices.csv:2:22: currency: expected a currency such as USD or EUR, found 'US'",
            "prices.csv:2:25: date: expected the day or month of the price, such as 2026-07-20 or"
                + " 2026-07, found '2026-7'",
            "prices.csv:3:1: gpu: expected a GPU's name here or an instance type, found nothing",
            "prices.csv:4:5: gpu_count: expected the whole number of GPUs in the instance, found"
                + " '8.5'",
            "prices.csv:4:11: price_per_hour: expected an amount above 0 such as 2.50, found '0'",
            "prices.csv:4:17: date: expected the day or month of the price, such as 2026-07-20 or"
                + " 2026-07, found '2026-07-32'",
            "prices.csv:5:9: price_per_gpu_hour: expected either this or price_per_hour with"
                + " gpu_count, found '1.00'",
            "prices.csv:7:1: expected 8 cells as in the header, found 2",
            "prices.csv:8:1: expected an even number of quotes in a line, found a quote that does"
                + " not end"),
        messages());
  }

  @Test
  void knowsWhichColumnWasMeant() {
    parse("gpu,curency,gpu\n");
    assertEquals(2, problems.list().size());
    assertEquals("currency", problems.list().getFirst().nearest());
    assertTrue(messages().getLast().endsWith("expected each column once, found it again"));
  }

  @Test
  void asksForAHeader() {
    parse("# nothing\n");
    assertEquals(
        List.of("prices.csv: expected a line with the names of the columns, found none"),
        messages());
  }

  @Test
  void readsYamlToo() throws IOException {
    Path file = folder.resolve("prices.yaml");
    Files.writeString(
        file,
        """
        prices:
        - gpu: H100
          price_per_gpu_hour: 2.50
          currency: USD
          date: 2026-07
        - gpu: L4
          price_per_gpu_hour: free
          currency: USD
          date: 2026-07
          curency: USD
        """);
    Offers offers = PriceFile.read(file, problems);
    assertEquals(List.of("H100"), offers.offers().stream().map(Offer::gpu).toList());
    assertEquals(
        List.of(
            file
                + ":7:23: price_per_gpu_hour: expected an amount above 0 such as 2.50, found"
                + " 'free'",
            file
                + ":10:3: prices[1].curency: expected one of the keys gpu, provider, region,"
                + " instance_type, gpu_count, market, price_per_gpu_hour, price_per_hour, currency,"
                + " source, date, found the unknown key 'curency'; did you mean 'currency'?"),
        messages());
  }

  @Test
  void saysThatTheFileIsMissing() {
    PriceFile.read(folder.resolve("none.csv"), problems);
    PriceFile.read(folder.resolve("none.yaml"), problems);
    assertEquals(2, problems.list().size());
  }

  private Offers parse(String csv) {
    return PriceFile.parse("prices.csv", csv, problems);
  }

  private List<String> messages() {
    return problems.list().stream().map(Problem::toString).toList();
  }

  private static MoneyPerHour usd(String amount) {
    return MoneyPerHour.of(amount, "USD");
  }
}
