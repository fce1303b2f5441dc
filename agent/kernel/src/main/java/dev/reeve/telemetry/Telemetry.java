package dev.reeve.telemetry;

import static dev.reeve.telemetry.Instruments.attributes;

import dev.reeve.guard.Mode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.SubjectKind;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Reeve says of itself in numbers and traces: once, for the page that is scraped and for OTLP
 * alike. Nothing here throws or waits because of a network.
 *
 * <p>Threads: any.
 */
public final class Telemetry implements AutoCloseable {
  static final String SCOPE = "dev.reeve";

  private static final Logger logger = System.getLogger(Telemetry.class.getName());
  private static final int MOST_COLLECTORS = 500;
  private static final int MOST_RULES = 500;
  private static final int MOST_WORDS = 60;
  private static final int MOST_GPUS = 10_000;

  private final ScrapeReader page;
  private final Sdk sdk;
  private final Instruments instruments;
  private final Tracer tracer;
  private final InstantSource wall;
  private final BoundedValues collectors = new BoundedValues(MOST_COLLECTORS);
  private final Map<Instrument, BoundedValues> words = new EnumMap<>(Instrument.class);

  Telemetry(TelemetrySettings settings, Sdk.Extras extras) {
    this.page = new ScrapeReader();
    var readers = new ArrayList<>(extras.readers());
    readers.add(page);
    this.sdk = Sdk.open(settings, new Sdk.Extras(readers, extras.processors()));
    this.instruments = new Instruments(sdk.api().getMeter(SCOPE));
    this.tracer = sdk.api().getTracer(SCOPE, settings.version());
    this.wall = settings.wall();
    for (Instrument instrument : Instrument.values()) {
      words.put(instrument, new BoundedValues(MOST_WORDS));
    }
    if (!sdk.problem().isEmpty()) {
      logger.log(Level.WARNING, sdk.problem());
    }
    instruments.set(Instrument.BUILD_INFO, 1, BoundedValues.plain(settings.version()));
    paused(false);
    lastGoodJudges(false);
  }

  /** Starts it. The environment's {@code OTEL_*} variables say what is sent where, if anything. */
  public static Telemetry open(TelemetrySettings settings) {
    return new Telemetry(settings, Sdk.Extras.NONE);
  }

  /** Why nothing is sent although the environment asks for it; empty text if all is well. */
  public String problem() {
    return sdk.problem();
  }

  /**
   * What a scraper gets.
   *
   * @param accept the header of its request; empty text without one
   */
  public Exposition scrape(String accept) {
    return page.scrape(accept);
  }

  /**
   * A collector answered or failed.
   *
   * @param outcome {@code ok}, or the text of why it gave nothing
   */
  public void collectorRan(String collector, Duration took, String outcome) {
    String name = collectors.of(collector);
    instruments.add(Instrument.COLLECTOR_RUNS, 1, name, word(Instrument.COLLECTOR_RUNS, outcome));
    instruments.record(Instrument.COLLECTOR_RUN_DURATION, seconds(took), name);
    if (outcome.equals("ok")) {
      instruments.set(Instrument.COLLECTOR_LAST_SUCCESS, wall.instant().toEpochMilli() / 1e3, name);
    }
  }

  /** Samples of a collector that were not trusted. */
  public void dropped(String collector, String reason, long samples) {
    instruments.add(
        Instrument.SAMPLES_DROPPED,
        (double) samples,
        collectors.of(collector),
        word(Instrument.SAMPLES_DROPPED, reason));
  }

  public void cycle(Duration took) {
    instruments.record(Instrument.CYCLE_DURATION, seconds(took));
  }

  /** How many subjects of a kind are on the board. */
  public void subjects(SubjectKind kind, long known, long unknown) {
    instruments.set(Instrument.SUBJECTS, (double) known, kind.text(), "known");
    instruments.set(Instrument.SUBJECTS, (double) unknown, kind.text(), "unknown");
  }

  /** The findings of the last cycle by rule; a rule that is missing found nothing. */
  public void findingsOpen(Map<String, Long> byRule) {
    Map<Attributes, Double> all = new HashMap<>();
    int named = 0;
    for (var entry : new TreeMap<>(byRule).entrySet()) {
      String rule =
          named++ < MOST_RULES ? BoundedValues.plain(entry.getKey()) : BoundedValues.OTHER;
      all.merge(attributes(Instrument.FINDINGS_OPEN, rule), (double) entry.getValue(), Double::sum);
    }
    instruments.replace(Instrument.FINDINGS_OPEN, all);
  }

  /** Episodes by state; a state that is missing has none. */
  public void episodes(Map<EpisodeState, Long> byState) {
    Map<Attributes, Double> all = new HashMap<>();
    for (EpisodeState state : EpisodeState.values()) {
      all.put(
          attributes(Instrument.EPISODES, state.text()), (double) byState.getOrDefault(state, 0L));
    }
    instruments.replace(Instrument.EPISODES, all);
  }

  /** What the open findings waste; rates of one currency are added up. */
  public void wasting(Collection<MoneyPerHour> rates) {
    instruments.replace(Instrument.WASTE, byCurrency(Instrument.WASTE, rates));
  }

  /** What verified steps save now; rates of one currency are added up. */
  public void saving(Collection<MoneyPerHour> rates) {
    instruments.replace(Instrument.SAVING, byCurrency(Instrument.SAVING, rates));
  }

  /** Money saved since the last call; what is not positive is not counted. */
  public void saved(Money more) {
    double amount = more.amount().doubleValue();
    if (amount > 0) {
      instruments.add(Instrument.SAVED, amount, more.currency().getCurrencyCode());
    }
  }

  public void verdict(String guard, String verdict) {
    instruments.add(Instrument.VERDICTS, 1, word(Instrument.VERDICTS, guard), verdict);
  }

  public void step(String action, String outcome) {
    instruments.add(Instrument.STEPS, 1, word(Instrument.STEPS, action), outcome);
  }

  public void notice(String channel, boolean delivered) {
    instruments.add(
        Instrument.NOTICES,
        1,
        word(Instrument.NOTICES, channel),
        delivered ? "delivered" : "not_delivered");
  }

  /** Records became durable by one fsync. */
  public void journalAppended(long records, Duration fsync) {
    instruments.add(Instrument.JOURNAL_APPENDS, (double) records);
    instruments.record(Instrument.JOURNAL_FSYNC_DURATION, seconds(fsync));
  }

  /** The mode that is in force. */
  public void mode(Mode mode) {
    for (Mode each : Mode.values()) {
      instruments.set(Instrument.MODE, each == mode ? 1 : 0, each.name().toLowerCase(Locale.ROOT));
    }
  }

  public void paused(boolean paused) {
    instruments.set(Instrument.PAUSED, paused ? 1 : 0);
  }

  /** The set that judges from now on. */
  public void ruleSet(String hash, int rules) {
    instruments.replace(
        Instrument.RULE_SET_INFO,
        Map.of(attributes(Instrument.RULE_SET_INFO, BoundedValues.plain(hash)), 1.0));
    instruments.set(Instrument.RULE_SET_RULES, rules);
  }

  /** Whether a newer set did not load, so that the last good one judges. */
  public void lastGoodJudges(boolean so) {
    instruments.set(Instrument.RULE_SET_LAST_GOOD, so ? 1 : 0);
  }

  /** What the kept history takes on disk. */
  public void historyBytes(long bytes) {
    instruments.set(Instrument.HISTORY_SIZE, bytes);
  }

  /** What the tests beside the rules came to; a rule that is missing here has none that fails. */
  public void ruleTests(int passed, SortedMap<String, Integer> failedByRule) {
    instruments.set(Instrument.RULE_TESTS_PASSED, passed);
    Map<Attributes, Double> all = new HashMap<>();
    int named = 0;
    for (Map.Entry<String, Integer> entry : failedByRule.entrySet()) {
      String rule =
          named++ < MOST_RULES ? BoundedValues.plain(entry.getKey()) : BoundedValues.OTHER;
      all.merge(
          attributes(Instrument.RULE_TESTS_FAILED, rule), (double) entry.getValue(), Double::sum);
    }
    instruments.replace(Instrument.RULE_TESTS_FAILED, all);
  }

  /** Rules and configuration were taken up; whether all of them could be. */
  public void reloaded(boolean ok) {
    instruments.add(Instrument.RELOADS, 1, ok ? "ok" : "refused");
  }

  /** All GPUs; one that is missing here is gone from the page. */
  public void gpus(Collection<GpuReading> readings) {
    List<Named> some = readings.stream().limit(MOST_GPUS).map(Named::of).toList();
    show(Instrument.GPU_UTILIZATION, some, GpuReading::utilization);
    show(Instrument.GPU_MEMORY_USAGE, some, GpuReading::memoryUsedBytes);
    show(Instrument.GPU_MEMORY_LIMIT, some, GpuReading::memoryBytes);
    show(Instrument.GPU_POWER, some, GpuReading::powerWatts);
    show(Instrument.GPU_ENERGY, some, GpuReading::energyJoules);
    show(Instrument.GPU_TEMPERATURE, some, GpuReading::temperatureCelsius);
  }

  /**
   * A reading with the labels of its series, which are made once for all instruments.
   *
   * @param typed with the kind of hardware, for instruments that other hardware has too
   */
  private record Named(GpuReading gpu, Attributes labels, Attributes typed) {
    static Named of(GpuReading gpu) {
      String id = BoundedValues.plain(gpu.id());
      String model = BoundedValues.plain(gpu.model());
      return new Named(
          gpu,
          attributes(Instrument.GPU_UTILIZATION, id, model),
          attributes(Instrument.GPU_POWER, id, model, "gpu"));
    }
  }

  private interface Reading {
    OptionalDouble of(GpuReading reading);
  }

  private void show(Instrument instrument, List<Named> readings, Reading reading) {
    boolean typed = instrument.labels().contains(Labels.HW_TYPE);
    Map<Attributes, Double> all = new HashMap<>();
    for (Named named : readings) {
      reading
          .of(named.gpu())
          .ifPresent(value -> all.put(typed ? named.typed() : named.labels(), value));
    }
    instruments.replace(instrument, all);
  }

  /** A new trace; its id belongs into the journal. */
  public EpisodeTrace startTrace(String episode, Instant since) {
    return new EpisodeTrace(tracer, TraceIds.random(), episode, since);
  }

  /** The trace that a journaled id names; a new one if the id cannot be read. */
  public EpisodeTrace resumeTrace(String id, String episode, Instant since) {
    return new EpisodeTrace(tracer, TraceIds.parse(id).orElseGet(TraceIds::random), episode, since);
  }

  private String word(Instrument of, String raw) {
    return words.getOrDefault(of, collectors).of(raw);
  }

  private static Map<Attributes, Double> byCurrency(Instrument of, Collection<MoneyPerHour> rates) {
    Map<Attributes, Double> all = new HashMap<>();
    for (MoneyPerHour rate : rates) {
      all.merge(
          attributes(of, rate.currency().getCurrencyCode()),
          rate.perHour().amount().doubleValue(),
          Double::sum);
    }
    return all;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** Sends what is left, for at most two seconds. */
  @Override
  public void close() {
    sdk.close();
  }
}
