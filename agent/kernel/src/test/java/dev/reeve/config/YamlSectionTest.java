package dev.reeve.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.Section.Range;
import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YamlSectionTest {
  @TempDir Path folder;

  @Test
  void readsEachKindOfValue() {
    Configuration configuration =
        parse(
            """
            text: hello
            texts: [a, 1]
            word: microseconds
            flag: true
            whole: 42
            number: 0.5
            time: 1h30m
            size: 8MiB
            share: 5%
            money: 500 USD
            rate: 2.50 USD/h
            address: http://127.0.0.1:9400/metrics
            file: prices.csv
            """);
    Section root = configuration.root();
    assertEquals(Optional.of("hello"), root.text("text"));
    assertEquals(List.of("a", "1"), root.texts("texts"));
    assertEquals(TimeUnit.MICROSECONDS, root.oneOf("word", TimeUnit.class, TimeUnit.DAYS));
    assertTrue(root.flag("flag", false));
    assertEquals(42, root.integer("whole", 0, Range.POSITIVE));
    assertEquals(0.5, root.number("number", 0, Range.ANY));
    assertEquals(Duration.ofMinutes(90), root.duration("time", Duration.ZERO));
    assertEquals(8 << 20, root.bytes("size", 0));
    assertEquals(0.05, root.ratio("share", 0));
    assertEquals(Optional.of(Money.of("500", "USD")), root.money("money"));
    assertEquals(Optional.of(MoneyPerHour.of("2.50", "USD")), root.moneyPerHour("rate"));
    assertEquals(Optional.of(URI.create("http://127.0.0.1:9400/metrics")), root.uri("address"));
    assertEquals(Optional.of(Path.of("/etc/reeve/prices.csv")), root.path("file"));
    assertEquals(List.of(), messages(configuration));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time: 15    | a time with its unit (15ms, 15s, 15m, 15h or 15d), found '15'",
        "time: 15sec | a time such as 30s or 1h30m, found '15sec'",
        "time: 30m1h | a time such as 30s or 1h30m, found '30m1h'",
        "time: []    | a time such as 30s or 1h30m, found a list",
        "time:       | a time such as 30s or 1h30m, found nothing",
        "size: 8     | a size with its unit (8B, 8KiB, 8MiB or 8GiB), found '8'",
        "size: 8Mb   | a size such as 8MiB or 2GiB, found '8Mb'",
        "size: 99999999999999TiB | a size such as 8MiB or 2GiB, found '99999999999999TiB'",
        "share: 0.05 | a share such as 5%, found '0.05'",
        "money: 500  | an amount with its currency, such as 500 USD, found '500'",
        "money: 5 XYZ | an amount with its currency, such as 500 USD, found '5 XYZ'",
        "rate: 2 USD | an amount an hour with its currency, such as 2.50 USD/h, found '2 USD'",
        "flag: yes   | true or false, found 'yes'; did you mean 'true'?",
        "flag: flase | true or false, found 'flase'; did you mean 'false'?",
        "whole: 0    | a whole number of at least 1, found '0'",
        "whole: 1.5  | a whole number of at least 1, found '1.5'",
        "whole: 99999999999999999999 | a whole number of at least 1, found '99999999999999999999'",
        "number: .inf | a number from 0 to 1, found '.inf'",
        "number: x   | a number from 0 to 1, found 'x'",
        "word: sunday | one of monday, tuesday, sunny-day, found 'sunday'; did you mean 'monday'?",
        "texts: a    | a list such as [a, b], found 'a'",
        "inner: 3    | keys with values, found '3'",
        "list: {a: b} | a list, each item with keys and values, found a mapping"
      })
  void saysWhatWasExpected(String line, String message) {
    Configuration configuration = parse(line);
    Section root = configuration.root();
    assertEquals(Duration.ofHours(1), root.duration("time", Duration.ofHours(1)));
    assertEquals(1, root.bytes("size", 1));
    assertEquals(0.5, root.ratio("share", 0.5));
    assertEquals(Optional.empty(), root.money("money"));
    assertEquals(Optional.empty(), root.moneyPerHour("rate"));
    assertTrue(root.flag("flag", true));
    assertEquals(7, root.integer("whole", 7, Range.POSITIVE));
    assertEquals(0.25, root.number("number", 0.25, new Range(0, 1)));
    assertEquals(Day.MONDAY, root.oneOf("word", Day.class, Day.MONDAY));
    root.texts("texts");
    root.section("inner");
    root.sections("list");
    configuration.finish();
    String key = line.substring(0, line.indexOf(':'));
    assertEquals(
        List.of(key + ": expected " + message),
        messages(configuration).stream()
            .map(text -> text.replaceFirst("^\\S+:1:\\d+: ", ""))
            .toList());
  }

  private enum Day {
    MONDAY,
    TUESDAY,
    SUNNY_DAY
  }

  @Test
  void findsEveryProblemInOneReading() {
    Configuration configuration =
        parse(
            """
            cycle: 15
            http:
              lissten: 127.0.0.1:9410
              enabled: maybe
            moode: act
            """);
    Section root = configuration.root();
    root.duration("cycle", Duration.ZERO);
    root.text("mode");
    Section http = root.section("http");
    http.text("listen");
    http.flag("enabled", true);
    assertEquals(
        List.of(
            "/etc/reeve/reeve.yaml:1:8: cycle: expected a time with its unit (15ms, 15s, 15m, 15h"
                + " or 15d), found '15'",
            "/etc/reeve/reeve.yaml:3:3: http.lissten: expected one of the keys listen, enabled,"
                + " found the unknown key 'lissten'; did you mean 'listen'?",
            "/etc/reeve/reeve.yaml:4:12: http.enabled: expected true or false, found 'maybe'",
            "/etc/reeve/reeve.yaml:5:1: moode: expected one of the keys cycle, mode, http, found"
                + " the unknown key 'moode'; did you mean 'mode'?"),
        messages(configuration));
  }

  @Test
  void findsUnknownKeysInListsOfMappings() {
    Configuration configuration = parse("list:\n- name: a\n- nane: b\n- 3\n");
    for (Section item : configuration.root().sections("list")) {
      item.text("name");
    }
    assertEquals(
        List.of(
            "/etc/reeve/reeve.yaml:3:3: list[1].nane: expected one of the keys name, found the"
                + " unknown key 'nane'; did you mean 'name'?",
            "/etc/reeve/reeve.yaml:4:3: list: expected keys with values, found '3'"),
        messages(configuration));
  }

  @Test
  void knowsTheKeysOfAllReadersOfOneSection() {
    Configuration configuration = parse("prices: {file: a.csv, region: x}");
    configuration.root().section("prices").text("file");
    configuration.root().section("prices").text("region");
    assertEquals(List.of(), messages(configuration));
  }

  @Test
  void readsAnAbsentSectionAsAnEmptyOne() {
    Section section = parse("").root().section("a").section("b");
    assertFalse(section.present());
    assertEquals("a.b", section.path());
    assertEquals(List.of(), section.names());
    assertEquals("x", section.text("key", "x"));
  }

  @Test
  void takesAKeyWithNothingBehindItAsAnEmptySection() {
    Configuration configuration = parse("collectors:\n  dcgm:\n");
    assertTrue(configuration.root().section("collectors").section("dcgm").present());
    assertEquals(List.of(), messages(configuration));
  }

  @Test
  void givesTheNamesThatPeopleChose() {
    Section section = parse("labels: {b: 1, a: 2}").root().section("labels");
    assertEquals(List.of("b", "a"), section.names());
  }

  @Test
  void showsWhatWasFoundWhereAReaderReportsAProblem() {
    Configuration configuration = parse("http:\n  listen: 0.0.0.0:80\n");
    Section http = configuration.root().section("http");
    http.text("listen");
    http.problem("listen", "a loopback address");
    http.problem("port", "a number");
    assertEquals(
        List.of(
            "/etc/reeve/reeve.yaml:1:1: http.port: expected a number, found nothing",
            "/etc/reeve/reeve.yaml:2:11: http.listen: expected a loopback address, found"
                + " '0.0.0.0:80'"),
        messages(configuration));
  }

  @Test
  void neverShowsASecret() {
    Configuration configuration = parse("api_token: [hunter2]\ndb:\n  password: hunter2\n");
    Section root = configuration.root();
    root.secret("api_token");
    assertEquals("********", root.section("db").secret("password").orElseThrow().toString());
    root.section("db").problem("password", "a longer one");
    assertFalse(configuration.finish().text().contains("hunter2"), configuration.finish().text());
    assertFalse(configuration.finish().json().contains("hunter2"));
    assertFalse(configuration.yaml(true).contains("hunter2"));
  }

  @Test
  void readsASecretFromItsFile() throws IOException {
    Files.writeString(folder.resolve("token.txt"), "hunter2\n");
    Configuration configuration =
        ConfigReader.parse(folder.resolve("reeve.yaml"), "token_file: token.txt\n");
    assertEquals("hunter2", configuration.root().secret("token").orElseThrow().reveal());
    assertEquals(List.of(), messages(configuration));
  }

  @Test
  void saysThatASecretIsThereTwiceOrNotAtAll() {
    Configuration configuration = parse("a_file: none.txt\nb: x\nb_file: /dev/null\n");
    configuration.root().secret("a");
    configuration.root().secret("b");
    assertEquals(2, messages(configuration).size(), configuration.problems().text());
  }

  @Test
  void refusesAPasswordInAnAddress() {
    Configuration configuration = parse("url: http://me:hunter2@host/");
    configuration.root().uri("url");
    assertEquals(1, messages(configuration).size());
  }

  private static Configuration parse(String text) {
    return ConfigReader.parse(Path.of("/etc/reeve/reeve.yaml"), text);
  }

  private static List<String> messages(Configuration configuration) {
    return configuration.finish().list().stream().map(Problem::toString).toList();
  }
}
