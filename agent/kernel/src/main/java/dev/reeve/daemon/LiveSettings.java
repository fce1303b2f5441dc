package dev.reeve.daemon;

import dev.reeve.config.Configuration;
import dev.reeve.config.GuardConfig;
import dev.reeve.config.Host;
import dev.reeve.config.ReeveConfig;
import dev.reeve.config.Setting;
import dev.reeve.guard.GuardSettings;
import dev.reeve.guard.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of the configuration is in force. Mode and guards follow the file while the daemon runs; for
 * every other key it is said that it waits for a restart.
 *
 * <p>Threads: any reads, one at a time reads again.
 */
final class LiveSettings {
  /** World clock: how long a permit can be spent after the guard agreed. */
  private static final Duration PERMIT_LIFE = Duration.ofSeconds(10);

  /** World clock: a judgement may be this late however fast the evidence clock runs. */
  private static final Duration LATEST = Duration.ofSeconds(2);

  private final ConfigSource source;
  private final Map<String, String> atStart;
  private final String journalSays;
  private volatile ReeveConfig config;
  private volatile ReeveConfig asked;
  private volatile String rulesSay = "";
  private volatile String problem = "";
  private volatile List<String> waiting = List.of();

  /**
   * @param journalSays why nothing may be done whatever the configuration says; empty if it may
   */
  LiveSettings(
      ReeveConfig config, Configuration configuration, ConfigSource source, String journalSays) {
    this.config = config;
    this.asked = config;
    this.source = source;
    this.atStart = values(configuration);
    this.journalSays = journalSays;
  }

  ConfigSource source() {
    return source;
  }

  /**
   * Takes over what may change; nothing of a file that has a problem. What is stricter is in force
   * at once, what is looser after {@link #settle}: a file that is read while it is written may lack
   * its protections and still be whole to the reader.
   */
  void readAgain() {
    Configuration next = source.read();
    ReeveConfig read = ReeveConfig.read(next.root(), Host.current());
    if (next.problems().isEmpty()) {
      source.providers().accept(next, read);
    }
    if (!next.problems().isEmpty()) {
      problem = next.problems().text();
      config = with(config, config.mode(), config.guard().frozenBy(read.guard()));
      asked = config;
      return;
    }
    problem = "";
    waiting = waiting(values(next));
    ReeveConfig old = config;
    asked = with(old, read.mode(), read.guard());
    Mode mode = read.mode().compareTo(old.mode()) < 0 ? read.mode() : old.mode();
    config = with(old, mode, old.guard().strictest(read.guard()));
  }

  /** Puts in force what was read last, whole; false where it is already. */
  boolean settle() {
    boolean waits = !asked.equals(config);
    config = asked;
    return waits;
  }

  private static ReeveConfig with(ReeveConfig old, Mode mode, GuardConfig guard) {
    return new ReeveConfig(
        mode,
        old.cycle(),
        old.node(),
        old.folders(),
        old.http(),
        old.clock(),
        guard,
        old.journal(),
        old.history(),
        old.telemetry());
  }

  private List<String> waiting(Map<String, String> now) {
    List<String> keys = new ArrayList<>();
    Map<String, String> all = new TreeMap<>(atStart);
    all.putAll(now);
    for (String key : all.keySet()) {
      boolean live = key.equals("mode") || key.startsWith("guard.");
      boolean same = now.getOrDefault(key, "").equals(atStart.getOrDefault(key, ""));
      if (!live && !same) {
        keys.add(key);
      }
    }
    return List.copyOf(keys);
  }

  private static Map<String, String> values(Configuration configuration) {
    Map<String, String> values = new TreeMap<>();
    for (Setting setting : configuration.settings()) {
      values.put(setting.path(), setting.value());
    }
    return values;
  }

  /** What is wrong with the file as it is now; empty where nothing is. */
  String problem() {
    return problem;
  }

  /** Keys that were changed and take effect at the next start. */
  List<String> waiting() {
    return waiting;
  }

  /** Says why the rule set that judges may do nothing; empty if it may. */
  void rulesSay(String why) {
    rulesSay = why;
  }

  /** Why nothing may be done whatever the configuration says; empty if it may. */
  String observeOnly() {
    return journalSays.isEmpty() ? rulesSay : journalSays;
  }

  /** The mode in force. */
  Mode mode() {
    Mode asked = config.mode();
    return observeOnly().isEmpty() || asked == Mode.OFF ? asked : Mode.OBSERVE;
  }

  GuardSettings guards(double speed) {
    ReeveConfig now = config;
    Duration late = Duration.ofNanos((long) (LATEST.toNanos() * speed));
    Duration cycles = now.cycle().multipliedBy(3);
    return new GuardSettings(
        mode(),
        now.guard().minNotice(),
        now.guard().cooldown(),
        now.guard().budget().actions(),
        now.guard().budget().per(),
        now.guard().protect(),
        PERMIT_LIFE,
        cycles.compareTo(late) > 0 ? cycles : late,
        now.guard().policy());
  }
}
