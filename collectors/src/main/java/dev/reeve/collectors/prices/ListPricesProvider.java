package dev.reeve.collectors.prices;

import dev.reeve.config.Problems;
import dev.reeve.config.Section;
import dev.reeve.spi.PriceSource;
import dev.reeve.spi.PriceSourceProvider;
import dev.reeve.spi.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes prices from the list that is shipped. */
public final class ListPricesProvider implements PriceSourceProvider {
  static final String SHIPPED = "gpu-prices.csv";

  @Override
  public String name() {
    return "list";
  }

  @Override
  public int order() {
    return 30;
  }

  @Override
  public List<PriceSource> create(Section section, Surroundings surroundings) {
    Machine machine = Machine.read(section);
    if (section.present() && !machine.known()) {
      section.problem("", "all of provider, region and instance_type, since prices differ by each");
    }
    return List.of(new ListPrices(shipped(), machine));
  }

  static Offers shipped() {
    try (InputStream in = ListPricesProvider.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException(SHIPPED + " is not in the jar");
      }
      var problems = new Problems();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Offers offers = PriceFile.parse(SHIPPED, text, problems);
      if (!problems.isEmpty()) {
        throw new IllegalStateException(problems.text());
      }
      return offers;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
