package dev.reeve.daemon;

import dev.reeve.config.Section;
import dev.reeve.model.Device;
import dev.reeve.model.Extent;
import dev.reeve.model.Fact;
import dev.reeve.model.Holding;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Match;
import dev.reeve.model.Observation;
import dev.reeve.model.Protection;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.Collector;
import dev.reeve.spi.CollectorProvider;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleEngineProvider;
import dev.reeve.spi.RuleLoader;
import dev.reeve.spi.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** What the kernel's own tests install: an engine in memory, and a source of hostile names. */
public final class TestPlugins {
  /** A name that would do something to a page, a terminal, a line and a spreadsheet. */
  public static final String HOSTILE =
      "=<script>alert(1)</script>\u001b[2J\u001b]0;x\u0007\r\nok \u202egpj.exe" + "A".repeat(900);

  private TestPlugins() {}

  /** The engine of this module's tests. */
  public static final class Engine implements RuleEngineProvider {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public RuleLoader open(Section section, Surroundings surroundings) {
      FakeLoader loader = new FakeLoader();
      String hangs = section.text("hangs_while", "");
      if (!hangs.isEmpty()) {
        loader.engine = new Hanging(Path.of(hangs), loader.engine);
      }
      return loader;
    }

    @Override
    public RuleEngine load(List<Path> sources, Surroundings surroundings)
        throws RuleEngine.RuleEngineException {
      throw new RuleEngine.RuleEngineException("no files are read here: " + sources);
    }
  }

  /** Does not come back as long as a file is there, and heeds no interrupt. */
  private record Hanging(Path file, RuleEngine engine) implements RuleEngine {
    @Override
    public RuleSet ruleSet() {
      return engine.ruleSet();
    }

    @Override
    public List<Match> evaluate(Collection<Fact> facts) throws RuleEngineException {
      while (Files.exists(file)) {
        LockSupport.parkNanos(1_000_000);
      }
      return engine.evaluate(facts);
    }
  }

  /** One GPU whose model and holder have hostile names, and a source that fails. */
  public static final class Hostile implements CollectorProvider {
    @Override
    public String name() {
      return "hostile";
    }

    @Override
    public List<Collector> create(Section section, Surroundings surroundings) {
      return section.present()
          ? List.of(new Names(surroundings, section.text("gpu", "GPU-1")), new Failing())
          : List.of();
    }

    @Override
    public String missing() {
      return "nothing hostile is here";
    }
  }

  private record Names(Surroundings surroundings, String gpu) implements Collector {
    @Override
    public String name() {
      return "hostile:names";
    }

    @Override
    public Duration interval() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Observation collect() {
      SubjectId id = SubjectId.gpu(gpu);
      WorkloadSighting sighting =
          new WorkloadSighting(
              new WorkloadId("node", "m", "ana", "process", HOSTILE),
              Incarnation.of("7@1@boot", List.of("7@1")),
              WorkloadKind.TRAINING,
              HOSTILE,
              "",
              Extent.of(List.of(id)),
              Protection.none(),
              java.util.Optional.empty(),
              "");
      return new Observation(
          name(),
          surroundings.clocks().evidence().nanos(),
          interval(),
          List.of(new Sample(id, Signal.GPU_ENGINE_ACTIVE, 0)),
          List.of(new Device(id, HOSTILE, "0", "host", "", 80L << 30)),
          List.of(new Holding(id, new Holding.HeldBy(List.of(sighting.subject())))),
          List.of(sighting),
          List.of(),
          List.of(),
          List.of(),
          new TreeMap<>());
    }
  }

  private record Failing() implements Collector {
    @Override
    public String name() {
      return "hostile:failing";
    }

    @Override
    public Duration interval() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Observation collect() throws CollectException {
      throw new CollectException(CollectException.Reason.GARBAGE, "it said " + HOSTILE);
    }
  }
}
