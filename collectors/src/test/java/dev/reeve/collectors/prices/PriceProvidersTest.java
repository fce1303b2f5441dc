package dev.reeve.collectors.prices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.config.Problem;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.spi.PriceSource;
import dev.reeve.spi.PriceSourceProvider;
import dev.reeve.spi.Surroundings;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Clocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PriceProvidersTest {
  private static final Device H100 = OffersTest.gpu("NVIDIA H100 80GB HBM3", "");

  @TempDir Path folder;
  private Configuration configuration = ConfigReader.nothing();

  @Test
  void hasNoPriceWhereNothingIsConfiguredButSaysWhatIsListed() {
    List<PriceSource> sources = sources("");
    assertEquals(List.of("list"), sources.stream().map(PriceSource::name).toList());
    assertTrue(sources.getFirst().price(H100) instanceof Cost.Unknown);
    assertEquals(
        "list prices 6.9 to 16.0 USD/h per GPU, on demand, 2026-08", sources.getFirst().hint(H100));
    assertEquals("", sources.getFirst().hint(OffersTest.gpu("NVIDIA Thing", "")));
    assertEquals(List.of(), problems());
  }

  @Test
  void takesTheListPriceOfTheMachineThatIsSaid() {
    List<PriceSource> sources =
        sources("list: {provider: aws, region: us-east-1, instance_type: p5.48xlarge}");
    assertEquals(
        new Cost.Known(
            MoneyPerHour.of("6.88", "USD"),
            "AWS price list by karpenter-provider-aws, 2026-07-20, on-demand"),
        sources.getFirst().price(H100));
    assertEquals(List.of(), problems());
  }

  @Test
  void doesNotTakeTheListPriceOfAnotherGpu() {
    Device a100 = OffersTest.gpu("NVIDIA A100-SXM4-40GB", "");
    PriceSource list =
        sources("list: {provider: aws, region: us-east-1, instance_type: p5.48xlarge}").getFirst();
    assertTrue(list.price(a100) instanceof Cost.Unknown);
  }

  @Test
  void asksForTheWholeMachine() {
    assertTrue(sources("list: {provider: aws}").getFirst().price(H100) instanceof Cost.Unknown);
    assertEquals(
        List.of(
            "prices.list: expected all of provider, region and instance_type, since prices differ"
                + " by each, found a mapping"),
        problems());
  }

  @Test
  void asksTheOperatorsPricesFirst() throws IOException {
    Files.writeString(
        folder.resolve("prices.csv"),
        "gpu,price_per_gpu_hour,currency,date\nH100,1.90,EUR,2026-07\nL4,0.40,EUR,2026-07\n");
    List<PriceSource> sources =
        sources(
            """
            gpu: {H100: 2.50 USD/h}
            file: {path: prices.csv}
            list: {provider: aws, region: us-east-1, instance_type: p5.48xlarge}
            """);
    assertEquals(
        List.of("2.50 USD/h", "1.90 EUR/h", "6.88 USD/h"),
        sources.stream().map(source -> source.price(H100).text()).toList());
    assertEquals(List.of(), problems());
  }

  @Test
  void saysWhatIsWrongWithAFileInItsPlace() throws IOException {
    Files.writeString(
        folder.resolve("prices.csv"), "gpu,price_per_gpu_hour,currency,date\nH100,0,EUR,2026-07\n");
    sources("file: {path: prices.csv}");
    assertTrue(
        problems().getFirst().contains("prices.csv:2:6: price_per_gpu_hour"), problems()::toString);
  }

  @Test
  void refusesAPriceOfNothing() {
    assertEquals(1, sources("gpu: {H100: 0 USD/h}").size());
    assertEquals(1, problems().size());
  }

  @Test
  void asksForThePathOfAFile() {
    sources("file: {market: spot}");
    assertEquals(1, problems().size());
  }

  /// A list that is shipped must read without a problem, and each price lies where prices lie.
  @Test
  void shipsAListThatReads() {
    for (Offer offer : ListPricesProvider.shipped().offers()) {
      double price = offer.perGpu().perHour().amount().doubleValue();
      assertTrue(price > 0.3 && price < 30, offer::toString);
      assertTrue(offer.machine().known(), offer::toString);
    }
  }

  private List<PriceSource> sources(String prices) {
    configuration = ConfigReader.parse(folder.resolve("reeve.yaml"), prices);
    var clocks = Clocks.system(new BootTicker(() -> 0), "boot", 1);
    var surroundings = new Surroundings(clocks, folder, folder);
    List<PriceSource> sources = new ArrayList<>();
    ServiceLoader.load(PriceSourceProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(PriceSourceProvider::order))
        .forEach(
            provider ->
                sources.addAll(
                    provider.create(configuration.root().section(provider.name()), surroundings)));
    return sources;
  }

  private List<String> problems() {
    return configuration.finish().list().stream()
        .map(Problem::toString)
        .map(text -> text.replaceFirst("^\\S+reeve.yaml:\\d+:\\d+: ", "prices."))
        .toList();
  }
}
