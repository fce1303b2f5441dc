package dev.reeve.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.reeve.collectors.exposition.Body;
import dev.reeve.collectors.http.Transport;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.CollectException.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** The dcgm-exporters of the machine, each with seven GPUs, and all that can go wrong with them. */
final class Exporters implements Transport {
  static final int EACH = 7;
  static final int MANY = World.GPUS / EACH;
  static final int FIRST_PORT = 9400;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final String[] FAMILIES = {
    "DCGM_FI_DEV_GPU_UTIL",
    "DCGM_FI_PROF_GR_ENGINE_ACTIVE",
    "DCGM_FI_DEV_FB_USED",
    "DCGM_FI_DEV_FB_FREE",
    "DCGM_FI_DEV_POWER_USAGE",
    "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
    "DCGM_FI_DEV_GPU_TEMP",
    "DCGM_FI_DEV_SM_CLOCK",
    "DCGM_FI_PROF_PCIE_TX_BYTES",
    "DCGM_FI_PROF_PCIE_RX_BYTES",
  };

  private final Wire wire;
  private final Stage stage;
  private final Gauges gauges;
  private final Ailment[] ailments = new Ailment[MANY];
  private final byte[][] frozen = new byte[MANY][0];

  /** What is wrong with an exporter. */
  enum Ailment {
    NONE,
    DOWN,
    SLOW,
    EMPTY,
    ERROR,
    GARBAGE,
    TORN,
    NOT_A_NUMBER,
    PARTIAL,
    FROZEN,
    LIES
  }

  Exporters(World world, Wire wire, Stage stage, long seed) {
    this.wire = wire;
    this.stage = stage;
    this.gauges = new Gauges(world, new Random(seed * 13 + 5));
    Arrays.fill(ailments, Ailment.NONE);
  }

  Gauges gauges() {
    return gauges;
  }

  void ail(int exporter, Ailment with) {
    ailments[exporter] = with;
  }

  @Override
  public void get(URI target, Body into) throws CollectException {
    wire.call();
    into.length(0);
    int exporter = target.getPort() - FIRST_PORT;
    byte[] bytes = answer(exporter);
    into.room(bytes.length);
    System.arraycopy(bytes, 0, into.bytes(), 0, bytes.length);
    into.length(bytes.length);
  }

  private byte[] answer(int exporter) throws CollectException {
    return switch (ailments[exporter]) {
      case NONE -> heard(exporter, text(exporter, false, EACH), true);
      case LIES -> heard(exporter, text(exporter, true, EACH), false);
      case PARTIAL -> partly(exporter);
      case NOT_A_NUMBER ->
          text(exporter, false, EACH).replaceAll("} [^\n]*", "} NaN").getBytes(US_ASCII);
      case FROZEN -> frozen[exporter];
      case DOWN -> throw new CollectException(Reason.REFUSED, "connection refused");
      case ERROR -> throw new CollectException(Reason.HTTP_STATUS, "answers with status 500");
      case EMPTY -> throw new CollectException(Reason.EMPTY, "answers with nothing");
      case GARBAGE -> "<html><body>login</body></html>\n".getBytes(US_ASCII);
      case TORN -> torn(text(exporter, false, EACH));
      case SLOW -> {
        stage.sleep(TIMEOUT);
        throw new CollectException(Reason.TIMEOUT, "no answer within 5 s");
      }
    };
  }

  private static byte[] torn(String text) {
    return text.substring(0, text.length() * 2 / 3).getBytes(US_ASCII);
  }

  private byte[] partly(int exporter) {
    String text = text(exporter, false, EACH / 2);
    told(exporter, EACH / 2, true);
    return text.getBytes(US_ASCII);
  }

  private byte[] heard(int exporter, String text, boolean honest) {
    told(exporter, EACH, honest);
    byte[] bytes = text.getBytes(US_ASCII);
    if (honest) {
      frozen[exporter] = bytes;
    }
    return bytes;
  }

  private void told(int exporter, int many, boolean honest) {
    for (int i = 0; i < many; i++) {
      gauges.told(exporter * EACH + i, honest && !gauges.lying());
    }
  }

  private String text(int exporter, boolean idle, int many) {
    StringBuilder text = new StringBuilder(12_000);
    for (String family : FAMILIES) {
      text.append("# TYPE ").append(family).append(" gauge\n");
      for (int i = 0; i < many; i++) {
        int gpu = exporter * EACH + i;
        text.append(family)
            .append("{gpu=\"")
            .append(gpu)
            .append("\",UUID=\"")
            .append(World.uuid(gpu))
            .append("\",device=\"nvidia")
            .append(gpu)
            .append("\",modelName=\"NVIDIA H100 80GB HBM3\",Hostname=\"sim\"} ")
            .append(gauges.value(family, gpu, idle))
            .append('\n');
      }
    }
    return text.toString();
  }
}
