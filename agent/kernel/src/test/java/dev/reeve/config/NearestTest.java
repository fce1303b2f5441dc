package dev.reeve.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  private static final List<String> KEYS =
      List.of("second_warning", "interval", "timeout", "url", "evidence_speed");

  @ParameterizedTest
  @CsvSource({
    "scond_warning,second_warning",
    "secondWarning,second_warning",
    "intervall,interval",
    "itnerval,interval",
    "time-out,timeout",
    "uri,url",
    "evidence,evidence_speed",
    "x,''",
    "banana,''"
  })
  void findsWhatAHandMeant(String written, String meant) {
    assertEquals(meant, Nearest.to(written, KEYS));
  }
}
