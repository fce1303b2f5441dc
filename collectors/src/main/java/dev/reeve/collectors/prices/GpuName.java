package dev.reeve.collectors.prices;

import dev.reeve.model.Device;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The words of a GPU's name. A price for {@code H100} is one for {@code NVIDIA H100 80GB HBM3}, one
 * for {@code A10} none for an A100: whole words count, in any order.
 */
record GpuName(SortedSet<String> words) {
  static GpuName of(String text) {
    var words = new TreeSet<String>();
    for (String word : text.toUpperCase(Locale.ROOT).split("[^A-Z0-9.]+", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return new GpuName(words);
  }

  /** A slice of a GPU carries its profile as one more word. */
  static GpuName of(Device device) {
    return of(device.model() + " " + device.migProfile());
  }

  /**
   * Whether a price under this name is one for the device. A slice needs its profile said, since
   * the price of a whole GPU is not its own.
   */
  boolean fits(Device device) {
    boolean sliced = device.mig() && !words.containsAll(of(device.migProfile()).words());
    return !sliced && of(device).words().containsAll(words);
  }
}
