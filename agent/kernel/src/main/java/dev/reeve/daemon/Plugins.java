package dev.reeve.daemon;

import dev.reeve.config.Section;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.Protection;
import dev.reeve.model.SubjectId;
import dev.reeve.spi.Action;
import dev.reeve.spi.ActionProvider;
import dev.reeve.spi.Collector;
import dev.reeve.spi.CollectorProvider;
import dev.reeve.spi.Notifier;
import dev.reeve.spi.NotifierProvider;
import dev.reeve.spi.PriceSource;
import dev.reeve.spi.PriceSourceProvider;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleEngineProvider;
import dev.reeve.spi.RuleLoader;
import dev.reeve.spi.Shield;
import dev.reeve.spi.Surroundings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Everything that was found by {@link ServiceLoader} and made from the configuration.
 *
 * @param missing what collectors looked for and did not find, for people
 */
public record Plugins(
    List<Collector> collectors,
    List<Action> actions,
    List<Notifier> notifiers,
    List<PriceSource> prices,
    List<String> missing)
    implements AutoCloseable {
  private static final Logger logger = System.getLogger(Plugins.class.getName());

  /** Makes them all; what is wrong with their sections is reported to the sections. */
  public static Plugins create(Section root, Surroundings surroundings) {
    List<Collector> collectors = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (CollectorProvider provider : found(CollectorProvider.class, CollectorProvider::name)) {
      List<Collector> made =
          provider.create(root.section("collectors").section(provider.name()), surroundings);
      collectors.addAll(made);
      if (made.isEmpty()) {
        missing.add(provider.missing());
      }
    }
    List<Action> actions = new ArrayList<>();
    for (ActionProvider provider : found(ActionProvider.class, ActionProvider::name)) {
      actions.addAll(
          provider.create(root.section("actions").section(provider.name()), surroundings));
    }
    List<Notifier> notifiers = new ArrayList<>();
    for (NotifierProvider provider : found(NotifierProvider.class, NotifierProvider::name)) {
      notifiers.addAll(
          provider.create(root.section("notifiers").section(provider.name()), surroundings));
    }
    for (Collector collector : collectors) {
      if (collector instanceof Notifier notifier) {
        notifiers.add(notifier);
      }
    }
    return new Plugins(collectors, actions, notifiers, prices(root, surroundings), missing);
  }

  /** Prices alone: for what looks at the past and asks nobody. */
  public static Plugins ofPrices(Section root, Surroundings surroundings) {
    return new Plugins(List.of(), List.of(), List.of(), prices(root, surroundings), List.of());
  }

  private static List<PriceSource> prices(Section root, Surroundings surroundings) {
    List<PriceSource> prices = new ArrayList<>();
    ServiceLoader.load(PriceSourceProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(
            Comparator.comparingInt(PriceSourceProvider::order)
                .thenComparing(PriceSourceProvider::name))
        .forEach(
            provider ->
                prices.addAll(
                    provider.create(
                        root.section("prices").section(provider.name()), surroundings)));
    return prices;
  }

  /** The one rule engine that is installed; it has read its section and loaded nothing. */
  public static RuleLoader rules(Section root, Surroundings surroundings) throws StartException {
    return provider().open(root.section("rules"), surroundings);
  }

  /** An engine with the rules that a configuration names; all of them, or it does not start. */
  public static RuleEngine engine(Section root, Surroundings surroundings) throws StartException {
    try (RuleLoader rules = rules(root, surroundings)) {
      RuleLoader.Loaded loaded = rules.load(RuleLoader.Past.NONE);
      if (!loaded.problem().isEmpty()) {
        loaded.engine().close();
        throw new StartException("the rules did not load: " + loaded.problem());
      }
      return loaded.engine();
    } catch (RuleEngine.RuleEngineException failure) {
      throw new StartException("the rules did not load: " + failure.getMessage(), failure);
    }
  }

  /** An engine with the shipped rules and these files, whatever a configuration names. */
  public static RuleEngine engine(List<Path> rules, Surroundings surroundings)
      throws StartException {
    try {
      return provider().load(rules, surroundings);
    } catch (RuleEngine.RuleEngineException failure) {
      throw new StartException("the rules did not load: " + failure.getMessage(), failure);
    }
  }

  private static RuleEngineProvider provider() throws StartException {
    List<RuleEngineProvider> found = found(RuleEngineProvider.class, RuleEngineProvider::name);
    if (found.size() != 1) {
      throw new StartException(
          found.size() + " rule engines are installed, one is needed: reinstall Reeve");
    }
    return found.getFirst();
  }

  /** In the order of their names, so that two runs do the same. */
  private static <P> List<P> found(Class<P> type, Function<P, String> name) {
    return ServiceLoader.load(type).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(name))
        .toList();
  }

  public Optional<Action> action(String platform) {
    return actions.stream().filter(action -> action.platform().equals(platform)).findFirst();
  }

  /** What workloads declared of their protection, as it is right now. */
  public Protection declaredProtection(SubjectId workload) {
    for (Collector collector : collectors) {
      if (collector instanceof Shield shield
          && shield.protection(workload) instanceof Protection.Protected held) {
        return held;
      }
    }
    return Protection.none();
  }

  /** The first source that knows; else why the last did not. */
  public Cost price(Device device) {
    Cost answer = new Cost.Unknown("no price source is configured");
    for (PriceSource source : prices) {
      answer = price(source, device);
      if (answer instanceof Cost.Known) {
        return answer;
      }
    }
    return answer;
  }

  /** A source that throws harms nobody else: the board asks it within each pass. */
  private static Cost price(PriceSource source, Device device) {
    try {
      return source.price(device);
    } catch (RuntimeException bug) {
      logger.log(Level.ERROR, "price source " + source.name() + " broke off: " + bug, bug);
      return new Cost.Unknown("the price source " + source.name() + " broke off: " + bug);
    }
  }

  /** What list prices say where the price is unknown; empty where nobody knows. */
  public String priceHint(Device device) {
    return prices.stream()
        .map(source -> source.hint(device))
        .filter(hint -> !hint.isEmpty())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    collectors.forEach(Collector::close);
    notifiers.stream()
        .filter(notifier -> !(notifier instanceof Collector))
        .forEach(Notifier::close);
    actions.forEach(Action::close);
  }
}
