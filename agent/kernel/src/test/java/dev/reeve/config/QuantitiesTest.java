package dev.reeve.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({"0s,0", "500ms,500", "1h30m,5400000", "2d,172800000", "1w,604800000", "90m,5400000"})
  void readsTimes(String text, long millis) {
    assertEquals(Optional.of(Duration.ofMillis(millis)), Quantities.time(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1.5h", "-1s", "1s1s", "1m1h", "1 s", "1S", "9999999999s", "s"})
  void refusesOtherTimes(String text) {
    assertEquals(Optional.empty(), Quantities.time(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1.5MiB", "-1B", "1mb", "1MIB", "8 MiB x"})
  void refusesOtherSizes(String text) {
    assertEquals(Optional.empty(), Quantities.size(text));
  }

  @Test
  void readsWhatItWrites() {
    var random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      var time = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 40)));
      assertEquals(Optional.of(time), Quantities.time(Quantities.text(time)));
      long size = random.nextLong(1L << random.nextInt(1, 50));
      assertEquals(Optional.of(size), Quantities.size(Quantities.size(size)));
    }
  }

  @ParameterizedTest
  @CsvSource({"5%,0.05", "100 %,1", "0.5%,0.005"})
  void readsShares(String text, double share) {
    assertEquals(Optional.of(share), Quantities.ratio(text));
  }

  @Test
  void keepsMoneyAndMoneyAnHourApart() {
    assertTrue(Quantities.money("2.50 USD").isPresent());
    assertTrue(Quantities.money("2.50 USD/h").isEmpty());
    assertTrue(Quantities.moneyPerHour("2.50 USD/h").isPresent());
    assertTrue(Quantities.moneyPerHour("2.50 USD").isEmpty());
    assertTrue(Quantities.money("-1 USD").isEmpty());
  }
}
