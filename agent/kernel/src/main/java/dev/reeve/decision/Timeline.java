package dev.reeve.decision;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.util.Set;

/**
 * Evidence time that is known to have passed, over all boots. Within one boot it is the difference
 * of the clock, also while the daemon was down; the time between two boots counts as nothing, so
 * that it never makes an action sooner.
 */
final class Timeline {
  private String boot = "";
  private double speed = 1;
  private long lastEvidenceNanos;
  private long passedNanos;

  /** The daemon runs from here on in this boot, with its evidence clock at this speed. */
  void startedAt(String bootId, double speedNow, long bootNanos) {
    boolean continues = boot.equals(bootId) && speed == speedNow;
    long evidence = (long) (bootNanos * speedNow);
    if (continues) {
      advance(evidence);
    }
    boot = bootId;
    speed = speedNow;
    lastEvidenceNanos = evidence;
  }

  /** A record was appended; its stamp is of the world's clock. */
  void recordedAt(long bootNanos) {
    advance((long) (bootNanos * speed));
  }

  /** The reading of this timeline at a reading of the evidence clock of the running boot. */
  long at(long evidenceNanos) {
    return passedNanos + Math.max(0, evidenceNanos - lastEvidenceNanos);
  }

  /** Whether a record of another boot was folded before the one that runs. */
  boolean sameBoot(String bootId, double speedNow) {
    return boot.equals(bootId) && speed == speedNow;
  }

  long passed() {
    return passedNanos;
  }

  JsonObject write() {
    return Json.object()
        .put("boot", boot)
        .put("speed", speed)
        .put("last_evidence_nanos", lastEvidenceNanos)
        .put("passed_nanos", passedNanos)
        .build();
  }

  void restore(JsonObject json) {
    StateCodec.requireOnly(json, Set.of("boot", "speed", "last_evidence_nanos", "passed_nanos"));
    boot = DecisionReader.text(json, "boot");
    speed = json.real("speed").orElseThrow(() -> new IllegalArgumentException("it has no 'speed'"));
    lastEvidenceNanos = DecisionReader.whole(json, "last_evidence_nanos");
    passedNanos = DecisionReader.whole(json, "passed_nanos");
  }

  private void advance(long evidence) {
    if (evidence > lastEvidenceNanos) {
      passedNanos += evidence - lastEvidenceNanos;
      lastEvidenceNanos = evidence;
    }
  }
}
