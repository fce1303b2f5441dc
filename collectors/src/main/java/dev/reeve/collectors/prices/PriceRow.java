package dev.reeve.collectors.prices;

import dev.reeve.config.Place;
import dev.reeve.config.Problem;
import dev.reeve.config.Problems;
import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One row by column, checked cell by cell so that all that is wrong with it is said at once. */
final class PriceRow {
  static final List<String> COLUMNS =
      List.of(
          "gpu",
          "provider",
          "region",
          "instance_type",
          "gpu_count",
          "market",
          "price_per_gpu_hour",
          "price_per_hour",
          "currency",
          "source",
          "date");

  private final Map<String, CsvLine.Cell> cells;
  private final Place line;
  private final Problems problems;
  private boolean sound = true;

  PriceRow(Map<String, CsvLine.Cell> cells, Place line, Problems problems) {
    this.cells = cells;
    this.line = line;
    this.problems = problems;
  }

  /** The price; empty where anything is wrong with it. */
  Optional<Offer> offer() {
    if (text("gpu").isEmpty() && text("instance_type").isEmpty()) {
      wrong("gpu", "a GPU's name here or an instance type");
    }
    Optional<Currency> currency = currency();
    Optional<BigDecimal> amount = perGpu();
    Market market = market();
    date();
    if (!sound || currency.isEmpty() || amount.isEmpty()) {
      return Optional.empty();
    }
    var machine = new Machine(text("provider"), text("region"), text("instance_type"), market);
    var rate = new MoneyPerHour(new Money(amount.get(), currency.get()));
    String source = text("source").isEmpty() ? line.file() : text("source");
    return Optional.of(new Offer(text("gpu"), machine, rate, source, text("date"), line.line()));
  }

  private Optional<BigDecimal> perGpu() {
    boolean byGpu = !text("price_per_gpu_hour").isEmpty();
    boolean byMachine = !text("price_per_hour").isEmpty();
    if (byGpu == byMachine) {
      wrong("price_per_gpu_hour", "either this or price_per_hour with gpu_count");
      return Optional.empty();
    }
    if (byGpu) {
      return amount("price_per_gpu_hour");
    }
    Optional<BigDecimal> whole = amount("price_per_hour");
    Optional<BigDecimal> count = count();
    return whole.flatMap(price -> count.map(gpus -> price.divide(gpus, MathContext.DECIMAL64)));
  }

  private Optional<BigDecimal> amount(String column) {
    if (text(column).matches("\\d{1,9}(\\.\\d{1,9})?")) {
      var amount = new BigDecimal(text(column));
      if (amount.signum() > 0) {
        return Optional.of(amount);
      }
    }
    wrong(column, "an amount above 0 such as 2.50");
    return Optional.empty();
  }

  private Optional<BigDecimal> count() {
    if (text("gpu_count").matches("[1-9]\\d{0,3}")) {
      return Optional.of(new BigDecimal(text("gpu_count")));
    }
    wrong("gpu_count", "the whole number of GPUs in the instance");
    return Optional.empty();
  }

  private Optional<Currency> currency() {
    try {
      return Optional.of(Currency.getInstance(text("currency")));
    } catch (IllegalArgumentException _) {
      wrong("currency", "a currency such as USD or EUR");
      return Optional.empty();
    }
  }

  private Market market() {
    String word = text("market");
    for (Market market : Market.values()) {
      if (market.text().equals(word)) {
        return market;
      }
    }
    if (!word.isEmpty()) {
      wrong("market", "one of on-demand, spot, reserved");
    }
    return Market.ON_DEMAND;
  }

  private void date() {
    String date = text("date");
    try {
      boolean month = date.length() == 7;
      Object parsed = month ? YearMonth.parse(date) : LocalDate.parse(date);
      sound &= parsed.toString().equals(date);
    } catch (DateTimeException _) {
      wrong("date", "the day or month of the price, such as 2026-07-20 or 2026-07");
    }
  }

  private String text(String column) {
    CsvLine.Cell cell = cells.get(column);
    return cell == null ? "" : cell.text();
  }

  private void wrong(String column, String expected) {
    sound = false;
    CsvLine.Cell cell = cells.get(column);
    Place place = cell == null ? line : cell.place();
    String found = text(column).isEmpty() ? "nothing" : "'" + text(column) + "'";
    problems.add(new Problem(place, column, expected, found, ""));
  }
}
