package dev.reeve.collectors.prices;

import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.MoneyPerHour;

/**
 * One price; empty text where it holds for any.
 *
 * @param gpu words of the GPU's name
 * @param perGpu what one GPU costs, its share of the machine included
 * @param date day or month of the price
 * @param line where it is written
 */
record Offer(
    String gpu, Machine machine, MoneyPerHour perGpu, String source, String date, int line) {

  boolean fits(Device device, Machine here) {
    return machine.market() == here.market()
        && same(machine.instanceType(), here.instanceType())
        && same(machine.provider(), here.provider())
        && same(machine.region(), here.region())
        && (gpu.isEmpty() ? !device.mig() && !machine.instanceType().isEmpty() : fits(device));
  }

  /** An unknown model contradicts nothing that is said of the machine. */
  private boolean fits(Device device) {
    boolean silent = device.model().isEmpty() && !device.mig();
    return silent ? !machine.instanceType().isEmpty() : GpuName.of(gpu).fits(device);
  }

  private static boolean same(String asked, String here) {
    return asked.isEmpty() || asked.equalsIgnoreCase(here);
  }

  /** How much it says of what it is for: the one that says most is meant. */
  int precision() {
    return (machine.instanceType().isEmpty() ? 0 : 1_000)
        + (machine.region().isEmpty() ? 0 : 400)
        + (machine.provider().isEmpty() ? 0 : 200)
        + GpuName.of(gpu).words().size();
  }

  boolean costsAsMuchAs(Offer other) {
    return perGpu.currency().equals(other.perGpu.currency())
        && perGpu.perHour().amount().compareTo(other.perGpu.perHour().amount()) == 0;
  }

  Cost.Known cost() {
    return new Cost.Known(perGpu, source + ", " + date + ", " + machine.market().text());
  }
}
