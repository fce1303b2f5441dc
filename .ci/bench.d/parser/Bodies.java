import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Writes scrapes of one node as dcgm-exporter prints them, `Bodies FOLDER COUNT GPUS [shuffle]`:
/// 25 families with Kubernetes labels. From one scrape to the next half of the values change, and
/// most of those change in length. The same numbers give the same bytes everywhere.
public final class Bodies {
  private static final long SEED = 20_260_101;
  private static final String[] FAMILIES = {
    "DCGM_FI_DEV_SM_CLOCK",
    "DCGM_FI_DEV_MEM_CLOCK",
    "DCGM_FI_DEV_MEMORY_TEMP",
    "DCGM_FI_DEV_GPU_TEMP",
    "DCGM_FI_DEV_POWER_USAGE",
    "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
    "DCGM_FI_DEV_PCIE_REPLAY_COUNTER",
    "DCGM_FI_DEV_GPU_UTIL",
    "DCGM_FI_DEV_MEM_COPY_UTIL",
    "DCGM_FI_DEV_ENC_UTIL",
    "DCGM_FI_DEV_DEC_UTIL",
    "DCGM_FI_DEV_XID_ERRORS",
    "DCGM_FI_DEV_FB_FREE",
    "DCGM_FI_DEV_FB_USED",
    "DCGM_FI_DEV_FB_RESERVED",
    "DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL",
    "DCGM_FI_DEV_VGPU_LICENSE_STATUS",
    "DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS",
    "DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS",
    "DCGM_FI_DEV_ROW_REMAP_FAILURE",
    "DCGM_FI_PROF_GR_ENGINE_ACTIVE",
    "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE",
    "DCGM_FI_PROF_DRAM_ACTIVE",
    "DCGM_FI_PROF_PCIE_TX_BYTES",
    "DCGM_FI_PROF_PCIE_RX_BYTES",
  };

  private final Random random = new Random(SEED);
  private final int gpus;
  private final String[] values;
  private final String[] labels;

  public static void main(String[] args) throws IOException {
    var bodies = new Bodies(Integer.parseInt(args[2]));
    boolean shuffle = args.length > 3;
    Files.createDirectories(Path.of(args[0]));
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      bodies.step();
      Files.writeString(Path.of(args[0], "body-%02d.prom".formatted(i)), bodies.text(shuffle));
    }
  }

  private Bodies(int gpus) {
    this.gpus = gpus;
    values = new String[FAMILIES.length * gpus];
    labels = new String[gpus];
    for (int gpu = 0; gpu < gpus; gpu++) {
      labels[gpu] =
          ("{gpu=\"%d\",UUID=\"GPU-%08x-13cc-013a-d88f-%012x\",pci_bus_id=\"00000000:%02X:00.0\",device=\"nvidia%d\",modelName=\"NVIDIA"
               + " H100 80GB HBM3\",Hostname=\"gsrh100-074\","
               + "DCGM_FI_DRIVER_VERSION=\"535.129.03\",container=\"kserve-container\","
               + "namespace=\"model-playground-stg\",pod=\"text-embedding-predictor-%05d-57946f6c67\"}")
              .formatted(
                  gpu, random.nextInt(), random.nextLong() >>> 16, 26 + 18 * gpu, gpu, 8 + gpu / 4);
    }
    Arrays.setAll(values, this::value);
  }

  private void step() {
    for (int i = 0; i < values.length; i++) {
      if (random.nextBoolean()) {
        values[i] = value(i);
      }
    }
  }

  private String value(int index) {
    String family = FAMILIES[index / gpus];
    // a random number of digits, so that nearly every change is a change of length
    int digits = 1 + random.nextInt(family.contains("ENERGY") || family.contains("BYTES") ? 12 : 5);
    long whole = random.nextLong((long) Math.pow(10, digits));
    if (family.contains("PROF") && !family.contains("BYTES")) {
      return "0." + Long.toString(1_000_000 + random.nextInt(1_000_000)).substring(1, 2 + digits);
    }
    return family.contains("POWER")
        ? whole + ".%06d".formatted(random.nextInt(1_000_000))
        : "" + whole;
  }

  private String text(boolean shuffle) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      order.add(i);
    }
    if (shuffle) {
      Collections.shuffle(order, random);
    }
    var text = new StringBuilder();
    for (int i : order) {
      String family = FAMILIES[i / gpus];
      if (!shuffle && i % gpus == 0) {
        text.append("# HELP ").append(family).append(" What it says (in units).\n");
        text.append("# TYPE ").append(family).append(" gauge\n");
      }
      text.append(family).append(labels[i % gpus]).append(' ').append(values[i]).append('\n');
    }
    return text.toString();
  }
}
