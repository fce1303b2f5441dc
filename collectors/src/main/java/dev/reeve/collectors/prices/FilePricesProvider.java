package dev.reeve.collectors.prices;

import dev.reeve.config.Problems;
import dev.reeve.config.Section;
import dev.reeve.spi.PriceSource;
import dev.reeve.spi.PriceSourceProvider;
import dev.reeve.spi.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes prices from the file that {@code prices.file.path} names. */
public final class FilePricesProvider implements PriceSourceProvider {
  @Override
  public String name() {
    return "file";
  }

  @Override
  public int order() {
    return 20;
  }

  @Override
  public List<PriceSource> create(Section section, Surroundings surroundings) {
    section.about("path", "price file, in CSV or YAML; see docs/prices.md");
    Optional<Path> path = section.path("path");
    Machine machine = Machine.read(section);
    if (path.isEmpty()) {
      if (section.present()) {
        section.problem("path", "the name of a price file");
      }
      return List.of();
    }
    var problems = new Problems();
    Offers offers = PriceFile.read(path.get(), problems);
    section.problems(problems);
    return List.of(new FilePrices(offers, machine));
  }
}
