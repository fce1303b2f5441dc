package dev.reeve.daemon;

import dev.reeve.loop.ControlLoop;
import dev.reeve.model.Observation;
import dev.reeve.recording.Recorder;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.Collector;
import dev.reeve.telemetry.Telemetry;
import dev.reeve.time.Duty;
import dev.reeve.time.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Asks one collector in its rhythm, and measures and isolates it: what it throws is an answer that
 * failed, and harms nobody else.
 */
final class CollectorDuty implements Duty.Work {
  private static final Logger logger = System.getLogger(CollectorDuty.class.getName());

  private final Collector collector;
  private final ControlLoop loop;
  private final Recorder recorder;
  private final Telemetry telemetry;
  private final Ticker world;
  private volatile boolean attempted;
  private volatile String problem = "not asked yet";
  private String lastLogged = "";

  CollectorDuty(
      Collector collector, ControlLoop loop, Recorder recorder, Telemetry telemetry, Ticker world) {
    this.collector = collector;
    this.loop = loop;
    this.recorder = recorder;
    this.telemetry = telemetry;
    this.world = world;
  }

  /** Whether it was asked once, whatever it answered. */
  boolean attempted() {
    return attempted;
  }

  /** Why it gave nothing the last time; empty when it answered. */
  String problem() {
    return problem;
  }

  String name() {
    return collector.name();
  }

  @Override
  public void run() throws InterruptedException {
    long began = world.nanos();
    String outcome = "ok";
    try {
      Observation observation = collector.collect();
      loop.accept(observation);
      recorder.accept(observation);
      problem = "";
      observation
          .drops()
          .forEach((reason, count) -> telemetry.dropped(collector.name(), reason, count));
    } catch (CollectException failure) {
      outcome = failure.reason().text();
      failed(failure);
    } catch (RuntimeException broken) {
      outcome = CollectException.Reason.FAILED.text();
      failed(new CollectException(CollectException.Reason.FAILED, broken.toString(), broken));
    } finally {
      attempted = true;
    }
    Duration took = world.since(began);
    telemetry.collectorRan(collector.name(), took, outcome);
    if (outcome.equals("ok") && !lastLogged.isEmpty()) {
      logger.log(Level.INFO, collector.name() + " answers again");
      lastLogged = "";
    }
  }

  /** Logged once for each reason, not each time. */
  private void failed(CollectException failure) {
    loop.failed(collector.name(), failure);
    recorder.failed(collector.name(), failure);
    problem = String.valueOf(failure.getMessage());
    if (!failure.reason().text().equals(lastLogged)) {
      lastLogged = failure.reason().text();
      logger.log(Level.WARNING, collector.name() + ": " + failure.getMessage());
    }
  }
}
