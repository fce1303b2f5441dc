package dev.reeve.board;

import dev.reeve.model.Device;

/** A device that some source lists, with what is measured on it. */
final class Listed {
  private final Presence presence = new Presence();
  private final Measured measured;
  private final GpuModels models;
  private Device device;
  private SourceLog from;

  Listed(Device device, SourceLog from, Measured measured, GpuModels models) {
    this.device = device;
    this.from = from;
    this.measured = measured;
    this.models = models;
    measured.power(models.power(device.model()), !device.mig());
    measured.memory(device.memoryBytes());
  }

  Device device() {
    return device;
  }

  Measured measured() {
    return measured;
  }

  /** It was measured, whether or not its source lists it. */
  void shown(SourceLog source, long atNanos) {
    presence.shown(source, atNanos);
  }

  boolean gone(long nowNanos, long forgetNanos) {
    return presence.gone(nowNanos, forgetNanos);
  }

  /** Whether the board was cut anew: the same name now means another part of it. */
  boolean repartitioned(Device now) {
    return device.mig() && now.mig() && !device.migProfile().equals(now.migProfile());
  }

  /** What the most trusted source leaves out, another one fills in. */
  void list(Device now, SourceLog source, long atNanos) {
    presence.shown(source, atNanos);
    boolean trusted = SourceLog.TRUST.compare(source, from) <= 0;
    Device filled = trusted ? filled(now, device) : filled(device, now);
    from = trusted ? source : from;
    if (!filled.equals(device)) {
      device = filled;
      measured.power(models.power(device.model()), !device.mig());
      measured.memory(device.memoryBytes());
    }
  }

  private static Device filled(Device first, Device second) {
    return new Device(
        first.id(),
        either(first.model(), second.model()),
        either(first.index(), second.index()),
        either(first.node(), second.node()),
        either(first.migProfile(), second.migProfile()),
        first.memoryBytes() > 0 ? first.memoryBytes() : second.memoryBytes());
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }
}
