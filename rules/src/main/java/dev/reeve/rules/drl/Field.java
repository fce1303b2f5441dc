package dev.reeve.rules.drl;

import dev.reeve.config.Nearest;
import dev.reeve.model.Attribute;
import dev.reeve.model.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a field's name asks for: {@code gpu_engine_active_max_30m} is read from the right. */
public sealed interface Field {

  record Window(Signal signal, String statistic, String span) implements Field {}

  record OfAttribute(Attribute attribute) implements Field {}

  /** {@code cost_rate_usd}. */
  record Cost(String currency) implements Field {}

  record Kind() implements Field {}

  String KIND = "workload_kind";
  String COST = "cost_rate_";

  /** How a name of the catalogue is written in DRL. */
  static String written(String name) {
    return name.replace('.', '_');
  }

  static Optional<Field> named(String text) {
    if (text.equals(KIND)) {
      return Optional.of(new Kind());
    }
    for (Attribute attribute : Attribute.values()) {
      if (written(attribute.text()).equals(text)) {
        return Optional.of(new OfAttribute(attribute));
      }
    }
    if (text.startsWith(COST) && text.length() == COST.length() + 3) {
      return Optional.of(new Cost(text.substring(COST.length()).toUpperCase(Locale.ROOT)));
    }
    int span = text.lastIndexOf('_');
    int statistic = span < 0 ? -1 : text.lastIndexOf('_', span - 1);
    if (statistic < 0 || !spanned(text.substring(span + 1))) {
      return Optional.empty();
    }
    String signal = text.substring(0, statistic);
    return Arrays.stream(Signal.values())
        .filter(of -> of != Signal.COST_RATE && written(of.text()).equals(signal))
        .findFirst()
        .map(of -> new Window(of, text.substring(statistic + 1, span), text.substring(span + 1)));
  }

  private static boolean spanned(String text) {
    return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
  }

  /** What was probably meant; empty where nothing is near. */
  static String nearest(String text) {
    int span = text.lastIndexOf('_');
    String end = span >= 0 && spanned(text.substring(span + 1)) ? text.substring(span) : "_30m";
    List<String> names = new ArrayList<>(List.of(KIND, COST + "usd"));
    for (Attribute attribute : Attribute.values()) {
      names.add(written(attribute.text()));
    }
    String dotless = written(text);
    for (Signal signal : Signal.values()) {
      List<String> statistics = statistics(signal);
      statistics.forEach(of -> names.add(written(signal.text()) + "_" + of + end));
      if (written(signal.text()).equals(dotless) && !statistics.isEmpty()) {
        return dotless + "_" + statistics.getFirst() + end;
      }
    }
    return Nearest.to(dotless, names);
  }

  /** What windows of a signal know, the most usual first. */
  private static List<String> statistics(Signal signal) {
    if (signal == Signal.COST_RATE) {
      return List.of();
    }
    if (signal.histogram()) {
      return List.of("p95", "p50", "p90", "p99");
    }
    return signal.counter() ? List.of("increase") : List.of("max", "min", "mean");
  }
}
