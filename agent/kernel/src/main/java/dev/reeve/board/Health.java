package dev.reeve.board;

import dev.reeve.model.Signal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Signs of sickness of one device. A sign is something that was seen; silence is none. Each is
 * remembered for a day after its source last showed it.
 *
 * <p>The last XID is a gauge that never clears, so only its change is an event. One that stood
 * there when a source first answered may be of last year or of a minute ago: it counts as no event,
 * but for a day it protects.
 */
final class Health {
  static final long REMEMBERED_NANOS = 86_400_000_000_000L;

  /** XIDs after which the GPU needs a reset or the machine a reboot; no application causes them. */
  private static final Set<Integer> FATAL = Set.of(48, 62, 64, 74, 79, 95, 119, 120);

  private record Said(Signal signal, String source) {
    static final Comparator<Said> ORDER =
        Comparator.comparing(Said::signal).thenComparing(Said::source);
  }

  private record Sign(String words, long atNanos) {}

  private final Map<Said, Double> last = new HashMap<>();
  private final SortedMap<Said, Sign> signs = new TreeMap<>(Said.ORDER);
  private final Map<String, Long> fatalXids = new HashMap<>();

  void see(Signal signal, double value, String source, long atNanos) {
    String words = words(signal, value);
    if (words.isEmpty()) {
      return;
    }
    Said said = new Said(signal, source);
    @Nullable Double before = last.put(said, value);
    boolean changed = before != null && before != value;
    switch (signal) {
      case GPU_XID -> {
        boolean fatal = FATAL.contains((int) value);
        if (fatal && changed) {
          fatalXids.merge(source, 1L, Long::sum);
        }
        // only a reset of the GPU or a new driver takes it back to 0
        mark(said, new Sign(words, atNanos), fatal && (changed || before == null), value == 0);
      }
      case GPU_ECC_UNCORRECTED, GPU_NVLINK_ERRORS ->
          mark(said, new Sign(words, atNanos), before != null && value > before, false);
      default -> mark(said, new Sign(words, atNanos), value >= 1, value < 1);
    }
  }

  private void mark(Said said, Sign sign, boolean shows, boolean clears) {
    if (shows) {
      signs.put(said, sign);
    } else if (clears) {
      signs.remove(said);
    }
  }

  /** Empty for what is no sign, whatever its value. */
  private static String words(Signal signal, double value) {
    return switch (signal) {
      case GPU_XID -> "XID " + (int) value;
      case GPU_ECC_UNCORRECTED -> "a memory error that ECC could not correct";
      case GPU_NVLINK_ERRORS -> "an NVLink that had to recover";
      case GPU_REMAP_FAILED -> "a row of memory that could not be remapped";
      case GPU_REMAP_PENDING -> "rows of memory that wait for a reset";
      case GPU_RECOVERY_ACTION -> "a driver that asks for recovery action " + (int) value;
      default -> "";
    };
  }

  /** How many of them a source has shown to appear since it is listened to. */
  long fatalXids(String source) {
    return fatalXids.getOrDefault(source, 0L);
  }

  /** The signs of the last day in words; empty where none was seen. */
  Optional<String> sick(long nowNanos) {
    SortedMap<Signal, String> words = new TreeMap<>();
    signs.forEach(
        (said, sign) -> {
          long age = nowNanos - sign.atNanos();
          if (age < REMEMBERED_NANOS) {
            words.putIfAbsent(said.signal(), sign.words() + ", seen " + Words.time(age) + " ago");
          }
        });
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words.values()));
  }
}
