package dev.reeve.config;

import dev.reeve.guard.Mode;
import java.time.Duration;

/**
 * The kernel's own keys. What belongs to providers stays a section: {@code collectors}, {@code
 * actions}, {@code notifiers}, {@code prices} and {@code rules}.
 *
 * @param mode how far Reeve goes, whatever a rule allows
 * @param cycle evidence clock: time between two judgements of everything
 */
public record ReeveConfig(
    Mode mode,
    Duration cycle,
    NodeConfig node,
    FoldersConfig folders,
    HttpConfig http,
    ClockConfig clock,
    GuardConfig guard,
    JournalConfig journal,
    HistoryConfig history,
    TelemetryConfig telemetry) {

  /** Reads the kernel's keys; what is wrong is reported to the section. */
  public static ReeveConfig read(Section root, Host host) {
    root.about(
        "mode",
        "how far Reeve goes: `observe` judges, tells owners and says what it would do, `approve`"
            + " does what somebody approved, `act` acts within its guards, `off` judges and tells"
            + " nobody");
    Mode mode = root.oneOf("mode", Mode.class, Mode.OBSERVE);
    root.about("cycle", "time between two judgements of everything");
    Duration cycle =
        root.duration(
            "cycle", Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofMinutes(10));
    return new ReeveConfig(
        mode,
        cycle,
        NodeConfig.read(root.section("node"), host),
        FoldersConfig.read(root, host),
        HttpConfig.read(root.section("http")),
        ClockConfig.read(root.section("clock")),
        GuardConfig.read(root.section("guard")),
        JournalConfig.read(root.section("journal")),
        HistoryConfig.read(root.section("history")),
        TelemetryConfig.read(root.section("telemetry")));
  }
}
