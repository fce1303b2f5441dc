package dev.reeve.collectors.prices;

import dev.reeve.config.Section;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.spi.PriceSource;
import dev.reeve.spi.PriceSourceProvider;
import dev.reeve.spi.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes prices that stand in the configuration itself: {@code prices.gpu: {H100: 2.50 USD/h}}. */
public final class GpuPricesProvider implements PriceSourceProvider {
  @Override
  public String name() {
    return "gpu";
  }

  @Override
  public int order() {
    return 10;
  }

  @Override
  public List<PriceSource> create(Section section, Surroundings surroundings) {
    var offers = new ArrayList<Offer>();
    var anywhere = new Machine("", "", "", Market.ON_DEMAND);
    for (String name : section.names()) {
      Optional<MoneyPerHour> rate = section.moneyPerHour(name);
      if (rate.isEmpty()) {
        continue;
      }
      if (rate.get().perHour().amount().signum() == 0 || GpuName.of(name).words().isEmpty()) {
        section.problem(name, "a GPU's name with an amount above 0");
        continue;
      }
      int line = section.place(name).line();
      offers.add(new Offer(name, anywhere, rate.get(), "configuration", "as configured", line));
    }
    return offers.isEmpty()
        ? List.of()
        : List.of(new GpuPrices(new Offers("prices.gpu", offers), anywhere));
  }
}
