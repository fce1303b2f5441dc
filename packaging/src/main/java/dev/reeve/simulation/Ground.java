package dev.reeve.simulation;

import dev.reeve.actions.process.ProcessActionProvider;
import dev.reeve.collectors.dcgm.DcgmProvider;
import dev.reeve.collectors.nvidiasmi.NvidiaSmiProvider;
import dev.reeve.config.Configuration;
import dev.reeve.config.ReeveConfig;
import dev.reeve.config.Section;
import dev.reeve.daemon.ConfigSource;
import dev.reeve.daemon.Daemon;
import dev.reeve.daemon.Heart;
import dev.reeve.daemon.JournalPlace;
import dev.reeve.daemon.Plugins;
import dev.reeve.daemon.StartException;
import dev.reeve.guard.GuardChain;
import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.FileJournal;
import dev.reeve.journal.JournalPorts;
import dev.reeve.journal.JournalSettings;
import dev.reeve.journal.LyingDisk;
import dev.reeve.journal.OpenResult;
import dev.reeve.recording.Recorder;
import dev.reeve.spi.Action;
import dev.reeve.spi.Collector;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.Surroundings;
import dev.reeve.telemetry.Telemetry;
import dev.reeve.telemetry.TelemetrySettings;
import dev.reeve.time.Clocks;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Everything below the daemon, and the daemon put on top of it. */
final class Ground {
  /** A span, and what may pass until many that fell idle at once are found. */
  private static final long YOUNG = 35 * SimClock.MINUTE;

  final SimClock clock = new SimClock();
  final Stage stage = new Stage(clock);
  final Wire wire = new Wire(stage);
  final Story story = new Story(clock);
  final LyingDisk disk = new LyingDisk();
  final Figures figures = new Figures();
  final Switches switches = new Switches();
  final World world;
  final Exporters exporters;
  final Smi smi;
  final SimRules rules;
  final SimConfig config;
  final Owners owners;
  final Oracle oracle;
  final Ledger ledger;
  boolean diskWorks = true;

  /** The daemon that lives now. */
  Optional<Life> life = Optional.empty();

  private final SimMachine machine;
  private final UnaryOperator<GuardChain> guards;
  private final InstantSource wall = clock::wall;

  /** What a world is made of. */
  record Made(
      long seed,
      int minutes,
      Path folder,
      List<RuleEngine> rules,
      UnaryOperator<GuardChain> guards) {
    /** With the chain as it is shipped. */
    Made(long seed, int minutes, Path folder, List<RuleEngine> rules) {
      this(seed, minutes, folder, rules, chain -> chain);
    }
  }

  /** A daemon that lives, with how many collectors it has. */
  record Life(Heart heart, Telemetry telemetry, int collectors) {}

  Ground(Made made) {
    this.world = new World(made.seed(), made.minutes(), clock, story);
    this.exporters = new Exporters(world, wire, stage, made.seed());
    this.smi = new Smi(world, wire, stage, exporters.gauges());
    this.oracle = new Oracle(world, disk, switches, figures, new Seen());
    this.ledger = new Ledger(wire, oracle);
    this.owners = new Owners(wire, oracle, figures);
    this.machine = new SimMachine(world, wire, smi, oracle, made.folder());
    this.rules = new SimRules(made.rules());
    this.config = new SimConfig(made.folder());
    this.guards = made.guards();
  }

  /** Starts the daemon on what the disk kept. */
  Life begin(Runnable wake) throws StartException {
    Clocks clocks = new Clocks(stage, stage, wall, world.bootId(), 1);
    Configuration configuration = config.read();
    ReeveConfig kernel = SimConfig.kernel(configuration);
    Surroundings surroundings = new Surroundings(clocks, config.folder(), config.folder());
    Plugins plugins = plugins(configuration.root(), surroundings);
    if (!configuration.finish().isEmpty()) {
      throw new IllegalStateException(configuration.problems().text());
    }
    Telemetry telemetry =
        Telemetry.open(new TelemetrySettings("simulated", kernel.node().name(), Map.of(), wall));
    ConfigSource source = new ConfigSource(Optional.of(config.file()), this::check);
    Heart heart =
        Heart.open(
            new Daemon.Read(kernel, configuration, source),
            "simulated",
            new Heart.Ground(
                clocks,
                plugins,
                rules,
                new OnDisk(),
                guards,
                telemetry,
                Recorder.NONE,
                CrashPoint.NONE,
                (reason, _) -> wire.die(reason),
                stage,
                wake,
                Optional.empty()));
    return new Life(heart, telemetry, plugins.collectors().size());
  }

  /** When a configuration is read again, nothing is made of it but problems. */
  private void check(Configuration configuration, ReeveConfig kernel) {
    Clocks clocks = new Clocks(stage, stage, wall, world.bootId(), 1);
    plugins(configuration.root(), new Surroundings(clocks, config.folder(), config.folder()));
    configuration.finish();
  }

  private Plugins plugins(Section root, Surroundings surroundings) {
    Section collectors = root.section("collectors");
    List<Collector> made = new ArrayList<>();
    made.addAll(
        new DcgmProvider((_, _) -> exporters).create(collectors.section("dcgm"), surroundings));
    made.addAll(
        new NvidiaSmiProvider(machine).create(collectors.section("nvidia_smi"), surroundings));
    made.add(new Declarations(world, stage));
    List<Action> actions =
        new ProcessActionProvider(machine)
            .create(root.section("actions").section("process"), surroundings);
    return new Plugins(made, actions, List.of(owners), List.of(), List.of());
  }

  private final class Seen implements Oracle.Sight {
    @Override
    public boolean shortLie() {
      return exporters.gauges().liedFor(YOUNG);
    }

    @Override
    public long readAgainAt() {
      return smi.readAgainAt();
    }
  }

  private final class OnDisk implements JournalPlace {
    @Override
    public OpenResult open(JournalSettings settings, JournalPorts ports) {
      OpenResult result = FileJournal.open(disk.mount(), settings, ports);
      return switch (result) {
        case OpenResult.Opened opened ->
            new OpenResult.Opened(ledger.opened(opened.journal()), opened.cutBytes());
        case OpenResult.ObserveOnly newer ->
            throw new Broken(Promise.OPENS, newer.problem().toString());
        case OpenResult.Refused refused when !diskWorks -> {
          wire.die("the journal cannot be opened: " + refused.problem());
          yield refused;
        }
        case OpenResult.Refused refused ->
            throw new Broken(Promise.OPENS, refused.problem().toString());
      };
    }

    @Override
    public String toString() {
      return "the simulated disk";
    }
  }
}
