package dev.reeve.simulation;

import dev.reeve.journal.LyingDisk;
import java.util.Random;

/** Sources, channels and the disk, and what is wrong with them just now. */
final class Sick {
  private final Ground ground;
  private final Random random;
  private int exporter;
  private boolean full;
  private int failAt = -1;
  private int failBytes;
  private int dieAt = -1;

  Sick(Ground ground, Random random) {
    this.ground = ground;
    this.random = random;
  }

  void with(Fault fault) {
    switch (fault) {
      case EXPORTER_RESTARTS -> {
        ground.exporters.gauges().restart();
        ail(Exporters.Ailment.DOWN);
      }
      case ALL_LIE -> ground.exporters.gauges().lie(true);
      case NOTICE_FAILS -> ground.owners.ail(Owners.Way.FAILS);
      case NOTICE_REPLY_LOST -> ground.owners.ail(Owners.Way.REPLY_LOST);
      case SMI_FAILS, SMI_SLOW, SMI_GARBAGE, SMI_NO_PROCESSES ->
          ground.smi.ail(Smi.Ailment.valueOf(fault.name().substring("SMI_".length())));
      default -> ail(Exporters.Ailment.valueOf(fault.name().substring("EXPORTER_".length())));
    }
  }

  private void ail(Exporters.Ailment with) {
    exporter = random.nextInt(Exporters.MANY);
    ground.exporters.ail(exporter, with);
  }

  void without(Fault fault) {
    switch (fault) {
      case ALL_LIE -> ground.exporters.gauges().lie(false);
      case NOTICE_FAILS, NOTICE_REPLY_LOST -> ground.owners.ail(Owners.Way.WORKS);
      case SMI_FAILS, SMI_SLOW, SMI_GARBAGE, SMI_NO_PROCESSES -> ground.smi.ail(Smi.Ailment.NONE);
      default -> {
        for (int i = 0; i < Exporters.MANY; i++) {
          ground.exporters.ail(i, Exporters.Ailment.NONE);
        }
      }
    }
  }

  void disk(Fault fault) {
    switch (fault) {
      case DISK_FULL -> {
        full = true;
        ground.diskWorks = false;
      }
      case TORN_WRITE -> {
        failAt = random.nextInt(6);
        failBytes = 1 + random.nextInt(300);
      }
      default -> {
        failAt = random.nextInt(6);
        failBytes = 0;
      }
    }
  }

  void diskWorks(Fault fault) {
    full &= fault != Fault.DISK_FULL;
    ground.diskWorks = !full;
  }

  void dieAtDiskOperation(int number) {
    dieAt = number;
  }

  LyingDisk.Fault diskOperation() {
    if (dieAt >= 0 && dieAt-- == 0) {
      ground.wire.die("it was killed while it started");
    }
    if (full) {
      return new LyingDisk.Fault.Failure("No space left on device", random.nextInt(20));
    }
    if (failAt >= 0 && failAt-- == 0) {
      ground.story.tell("fault", "the disk fails");
      ground.diskWorks = false;
      return new LyingDisk.Fault.Failure("Input/output error", failBytes);
    }
    return LyingDisk.Fault.NONE;
  }
}
