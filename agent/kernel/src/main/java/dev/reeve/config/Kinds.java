package dev.reeve.config;

import dev.reeve.config.Section.Range;
import dev.reeve.config.Value.Kind;
import dev.reeve.config.Value.Scalar;
import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The kinds of values that a key may have: how each is read, written and named. */
final class Kinds {
  static final Type<String> TEXT =
      type("text", "a text", scalar -> Optional.of(scalar.text()), Plain::text);
  static final Type<Boolean> FLAG =
      new Type<>(
          "true or false",
          "true or false",
          scalar ->
              scalar.kind() == Kind.FLAG
                  ? Optional.of(Boolean.parseBoolean(scalar.text()))
                  : Optional.empty(),
          String::valueOf) {
        @Override
        String nearest(Scalar scalar) {
          return switch (scalar.text().toLowerCase(Locale.ROOT)) {
            case "yes", "on", "y", "1" -> "true";
            case "no", "off", "n", "0" -> "false";
            default -> Nearest.to(scalar.text(), List.of("true", "false"));
          };
        }
      };
  static final Type<Duration> TIME =
      new Type<>(
          "time",
          "a time such as 30s or 1h30m",
          scalar -> Quantities.time(scalar.text()),
          Quantities::text) {
        @Override
        String expected(Scalar scalar) {
          return bare(scalar)
              ? "a time with its unit (%1$sms, %1$ss, %1$sm, %1$sh or %1$sd)"
                  .formatted(Masking.printable(scalar.text()))
              : expected();
        }
      };
  static final Type<Long> SIZE =
      new Type<>(
          "size",
          "a size such as 8MiB or 2GiB",
          scalar -> Quantities.size(scalar.text()),
          Quantities::size) {
        @Override
        String expected(Scalar scalar) {
          return bare(scalar)
              ? "a size with its unit (%1$sB, %1$sKiB, %1$sMiB or %1$sGiB)"
                  .formatted(Masking.printable(scalar.text()))
              : expected();
        }
      };
  static final Type<Double> RATIO =
      type(
          "share",
          "a share such as 5%",
          scalar -> Quantities.ratio(scalar.text()),
          Quantities::ratio);
  static final Type<Money> MONEY =
      type(
          "money",
          "an amount with its currency, such as 500 USD",
          scalar -> Quantities.money(scalar.text()),
          money -> money.amount().toPlainString() + " " + money.currency());
  static final Type<MoneyPerHour> MONEY_PER_HOUR =
      type(
          "money an hour",
          "an amount an hour with its currency, such as 2.50 USD/h",
          scalar -> Quantities.moneyPerHour(scalar.text()),
          rate -> rate.perHour().amount().toPlainString() + " " + rate.currency() + "/h");
  static final Type<java.net.URI> URI =
      type(
          "address",
          "an address such as http://127.0.0.1:9400/metrics, without user and password",
          scalar -> uri(scalar.text()),
          uri -> Plain.text(uri.toString()));
  static final Type<Secret> SECRET =
      new Type<>(
          "secret",
          "a text that is not empty",
          scalar ->
              scalar.text().isBlank() ? Optional.empty() : Optional.of(new Secret(scalar.text())),
          _ -> Masking.MASK) {
        @Override
        boolean secret() {
          return true;
        }
      };

  private Kinds() {}

  /** One kind. {@code read} gives nothing where the scalar is of another kind. */
  static class Type<T> {
    private final String name;
    private final String expected;
    private final Function<Scalar, Optional<T>> read;
    private final Function<T, String> yaml;

    Type(
        String name,
        String expected,
        Function<Scalar, Optional<T>> read,
        Function<T, String> yaml) {
      this.name = name;
      this.expected = expected;
      this.read = read;
      this.yaml = yaml;
    }

    final String name() {
      return name;
    }

    final String expected() {
      return expected;
    }

    final Optional<T> read(Scalar scalar) {
      return read.apply(scalar);
    }

    final String yaml(T value) {
      return yaml.apply(value);
    }

    String expected(Scalar scalar) {
      return expected;
    }

    String nearest(Scalar scalar) {
      return "";
    }

    boolean secret() {
      return false;
    }
  }

  static <E extends Enum<E>> Type<E> oneOf(Class<E> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Kinds::word).toList();
    String all = "one of " + String.join(", ", words);
    return new Type<>(
        all,
        all,
        scalar ->
            Arrays.stream(type.getEnumConstants())
                .filter(one -> word(one).equals(scalar.text().replace('_', '-')))
                .findFirst(),
        Kinds::word) {
      @Override
      String nearest(Scalar scalar) {
        return Nearest.to(scalar.text(), words);
      }
    };
  }

  static Type<Long> integer(Range range) {
    String name = "whole number" + bounds(range);
    return type(
        name,
        "a " + name,
        scalar ->
            scalar.kind() == Kind.INTEGER
                ? whole(scalar.text()).filter(range::contains)
                : Optional.empty(),
        String::valueOf);
  }

  static Type<Double> number(Range range) {
    String name = "number" + bounds(range);
    return type(
        name,
        "a " + name,
        scalar ->
            scalar.kind() == Kind.INTEGER || scalar.kind() == Kind.NUMBER
                ? fraction(scalar.text()).filter(range::contains)
                : Optional.empty(),
        Kinds::number);
  }

  static Type<Path> path(String file) {
    return type(
        "file or folder",
        "the name of a file or folder",
        scalar -> resolve(file, scalar.text()),
        path -> Plain.text(path.toString()));
  }

  static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <T> Type<T> type(
      String name, String expected, Function<Scalar, Optional<T>> read, Function<T, String> yaml) {
    return new Type<>(name, expected, read, yaml);
  }

  private static boolean bare(Scalar scalar) {
    return Quantities.bareNumber(scalar.text());
  }

  private static String bounds(Range range) {
    boolean below = range.least() > -Double.MAX_VALUE;
    boolean above = range.most() < Long.MAX_VALUE;
    if (below && above) {
      return " from " + number(range.least()) + " to " + number(range.most());
    }
    return below ? " of at least " + number(range.least()) : "";
  }

  private static String number(double value) {
    return new java.math.BigDecimal(value).stripTrailingZeros().toPlainString();
  }

  private static Optional<Long> whole(String text) {
    try {
      if (text.startsWith("0x")) {
        return Optional.of(Long.parseLong(text.substring(2), 16));
      }
      return Optional.of(
          text.startsWith("0o") ? Long.parseLong(text.substring(2), 8) : Long.parseLong(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<Double> fraction(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<java.net.URI> uri(String text) {
    try {
      var uri = new java.net.URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean complete = uri.getScheme() != null && (!web || uri.getHost() != null);
      return complete && uri.getRawUserInfo() == null ? Optional.of(uri) : Optional.empty();
    } catch (java.net.URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static Optional<Path> resolve(String file, String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(file).resolveSibling(text));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  static Optional<Secret> firstLine(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      return line == null || line.isBlank() ? Optional.empty() : Optional.of(new Secret(line));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
