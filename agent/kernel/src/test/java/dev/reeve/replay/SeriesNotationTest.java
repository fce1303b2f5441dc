package dev.reeve.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesNotationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2.5 -3|1.0 2.5 -3.0",
        "1+2x3|1.0 3.0 5.0 7.0",
        "10-2.5x2|10.0 7.5 5.0",
        "0x2|0.0 0.0 0.0",
        "5x0|5.0",
        "_ stale _x2 stalex1|_ stale _ _ stale",
        "NaN Inf -Inf NaNx1|NaN Infinity -Infinity NaN NaN",
        "1e3 .5 1.|1000.0 0.5 1.0",
        "-1-1x2|-1.0 -2.0 -3.0",
        "1+-1x1|1.0 0.0",
      })
  void readsPromtoolsNotation(String text, String expected) {
    StringBuilder read = new StringBuilder();
    for (SeriesNotation.Value value : SeriesNotation.read(text).orElseThrow()) {
      read.append(
          switch (value) {
            case SeriesNotation.Value.Missing _ -> "_ ";
            case SeriesNotation.Value.Stale _ -> "stale ";
            case SeriesNotation.Value.Given(double number) -> number + " ";
          });
    }
    assertEquals(expected, read.toString().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1x", "1+x3", "stale3", "_1", "1,2", "0x9999999", "x3"})
  void refusesEverythingElse(String text) {
    assertEquals(Optional.empty(), SeriesNotation.read(text));
  }

  @Test
  void refusesMoreThanATestNeeds() {
    assertEquals(Optional.empty(), SeriesNotation.read("0x100001"));
    assertEquals(100_000, SeriesNotation.read("0x99999").orElseThrow().size());
  }
}
