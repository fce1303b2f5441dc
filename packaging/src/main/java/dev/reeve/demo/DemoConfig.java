package dev.reeve.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration under which a daemon judges a demonstration.
 *
 * @param folder of the demonstration; state, runtime folder and this configuration lie in it
 * @param speed evidence seconds in a second of the world
 * @param interval of scrapes and cycles, in evidence time
 * @param cooldown of a workload, in evidence time
 */
record DemoConfig(Path folder, double speed, String interval, String cooldown) {
  static final String FILE = "reeve.yaml";

  private static final String PRICES =
      "gpu,price_per_gpu_hour,currency,date\nH100,2.50,USD,2026-11\n";

  /** Writes it into the folder, with the prices that it names, and gives its text. */
  String write(World world, int page) throws IOException {
    Files.writeString(folder.resolve("prices.csv"), PRICES);
    String text = text(world, page);
    Files.writeString(folder.resolve(FILE), text);
    return text;
  }

  Path journal() {
    return folder.resolve("state").resolve("journal");
  }

  private String text(World world, int page) {
    String base = "http://127.0.0.1:" + world.port();
    return """
    # An act-mode configuration. Of this demonstration only: it acts on nothing but processes that
    # carry REEVE_DEMO=%1$s, and reads no exporter but its own.
    mode: act
    state_dir: %2$s/state
    runtime_dir: %2$s/run
    # The evidence clock (samples, spans, notices, cooldowns, budgets) runs %3$.0f times as fast as the
    # world; the world clock (call deadlines, grace, fsync) is never sped up.
    clock: {evidence_speed: %3$.0f}
    cycle: %4$s
    http: {listen: "127.0.0.1:%5$d"}
    # Nobody is here to look at what is idle from the start, as a daemon would have it.
    guard: {budget: {actions: 2, per: 10m}, cooldown: %9$s, baseline: act}
    collectors:
      dcgm: {urls: ["%6$s/metrics", "%8$s/metrics"], interval: %4$s}
      run_socket: {only_environment: ["REEVE_DEMO=%1$s"], container_is_node: true}
      nvidia_smi: {program: %7$s, interval: %4$s, telemetry: false, container_is_node: true}
    actions:
      process: {grace: 2s, only_environment: ["REEVE_DEMO=%1$s"], nvidia_smi: %7$s, container_is_node: true}
    prices:
      file: {path: %2$s/prices.csv}
    rules: {dir: %2$s/rules.d}
    notifiers:
      webhook: {url: "%6$s/hook"}
    """
        .formatted(
            world.nonce,
            folder,
            speed,
            interval,
            page,
            base,
            world.smi(),
            "http://127.0.0.1:" + world.secondPort(),
            cooldown);
  }
}
