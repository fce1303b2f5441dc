package dev.reeve.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reeve.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What the daemon sees and touches: exporters, a stand-in for nvidia-smi, workloads, a webhook. */
final class World implements Ending.Started {
  static final int GPUS = 8;

  /** Minute of evidence time at which the second exporter falls silent. */
  private static final double SILENT_FROM = 20;

  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private static final String ENERGY = "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION";

  private static final String[][] FAMILIES = {
    {"DCGM_FI_DEV_GPU_UTIL", "GPU utilization (in %)."},
    {"DCGM_FI_PROF_GR_ENGINE_ACTIVE", "Ratio of time the graphics engine is active."},
    {"DCGM_FI_DEV_FB_USED", "Framebuffer memory used (in MiB)."},
    {"DCGM_FI_DEV_FB_FREE", "Framebuffer memory free (in MiB)."},
    {"DCGM_FI_DEV_POWER_USAGE", "Power draw (in W)."},
    {ENERGY, "Total energy consumption since boot (in mJ)."},
    {"DCGM_FI_DEV_GPU_TEMP", "GPU temperature (in C)."},
    {"DCGM_FI_DEV_SM_CLOCK", "SM clock frequency (in MHz)."},
    {"DCGM_FI_PROF_PCIE_TX_BYTES", "The rate of data transmitted over the PCIe bus (in B/s)."},
    {"DCGM_FI_PROF_PCIE_RX_BYTES", "The rate of data received over the PCIe bus (in B/s)."},
  };

  private final Path folder;
  private final double speed;
  private final Ticker world;
  private final long began;
  private final HttpServer server;
  private final HttpServer second;
  private final Random noise = new Random(7);
  private final double[] energy = new double[GPUS];
  private final Map<Role, Process> workloads = new LinkedHashMap<>();
  private final ConcurrentLinkedQueue<String> notices = new ConcurrentLinkedQueue<>();
  final String nonce = String.format(Locale.ROOT, "%016x", new SecureRandom().nextLong());
  private volatile boolean closing;
  private final Marked marked = new Marked(Path.of("/proc"), "REEVE_DEMO=" + nonce);

  World(Path folder, double speed, Ticker world) throws IOException {
    this.folder = folder;
    this.speed = speed;
    this.world = world;
    this.began = world.nanos();
    server = server();
    second = server();
    server.createContext("/metrics", exchange -> answer(exchange, scrape(0, GPUS - 1)));
    second.createContext(
        "/metrics",
        exchange -> {
          if (minute() >= SILENT_FROM) {
            exchange.close();
          } else {
            answer(exchange, scrape(GPUS - 1, GPUS));
          }
        });
    server.createContext(
        "/hook",
        exchange -> {
          notices.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, "");
        });
    server.start();
    second.start();
  }

  private static HttpServer server() throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return made;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Where the exporter listens that goes silent. */
  int secondPort() {
    return second.getAddress().getPort();
  }

  /** Minutes of evidence time since the world began. */
  double minute() {
    return (world.nanos() - began) / 60e9 * speed;
  }

  /** Waits for about one judgement. */
  void pause() throws InterruptedException {
    world.sleep(Duration.ofMillis((long) (60_000 / speed)));
  }

  /** Notices that arrived, as JSON. */
  List<String> notices() {
    return List.copyOf(notices);
  }

  /** Starts every workload in a session of its own. */
  void start() throws IOException {
    start(Role::script);
  }

  /** Starts every workload with a script of the caller's. */
  void start(Function<Role, String> scripts) throws IOException {
    for (Role role : Role.all()) {
      Path script = folder.resolve(role.name() + ".sh");
      Files.writeString(script, scripts.apply(role));
      ProcessBuilder builder = new ProcessBuilder("sh", script.toString());
      if (Files.isExecutable(SETSID)) {
        builder.command(SETSID.toString(), "sh", script.toString());
      }
      builder.environment().keySet().removeIf(name -> name.startsWith("REEVE_"));
      builder.environment().putAll(role.environment());
      builder.environment().put("REEVE_DEMO", nonce);
      builder.environment().put("REEVE_NAME", role.name());
      if (role.name().equals("train-nan")) {
        builder.environment().put("REEVE_RUN", folder.resolve("nan.jsonl").toString());
      }
      builder.directory(folder.toFile());
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      workloads.put(role, builder.start());
    }
    lists();
    Path smi = smi();
    Files.writeString(
        smi,
        "#!/bin/sh\ncase \"$1\" in\n  *query-compute-apps*) cat '"
            + folder
            + "/apps.csv' ;;\n  *) cat '"
            + folder
            + "/gpus.csv' ;;\nesac\n");
    if (!smi.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + smi + " executable");
    }
  }

  Path smi() {
    return folder.resolve("nvidia-smi");
  }

  /** Writes what the stand-in for nvidia-smi prints: the GPUs and who lives on them. */
  void lists() throws IOException {
    StringBuilder apps = new StringBuilder();
    for (Map.Entry<Role, Process> workload : workloads.entrySet()) {
      if (workload.getValue().isAlive()) { // the first process is the one that holds GPUs
        for (int gpu : workload.getKey().gpus()) {
          apps.append(uuid(gpu)).append(", ").append(workload.getValue().pid()).append(", 30000\n");
        }
      }
    }
    replace("apps.csv", apps.toString());
    StringBuilder gpus =
        new StringBuilder("uuid, name, index, memory.total [MiB], memory.used [MiB]\n");
    for (int gpu = 0; gpu < GPUS; gpu++) {
      gpus.append(uuid(gpu)).append(", NVIDIA H100 80GB HBM3, ").append(gpu);
      gpus.append(", 81559, 30000\n");
    }
    replace("gpus.csv", gpus.toString());
  }

  private void replace(String name, String text) throws IOException {
    Path beside = folder.resolve(name + ".new");
    Files.writeString(beside, text);
    Files.move(
        beside,
        folder.resolve(name),
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  Map<Role, Process> workloads() {
    return workloads;
  }

  static String uuid(int gpu) {
    return String.format(Locale.ROOT, "GPU-%08d-de00-0000-0000-%012d", gpu, gpu);
  }

  private synchronized String scrape(int from, int to) {
    double minute = minute();
    StringBuilder text = new StringBuilder();
    for (String[] family : FAMILIES) {
      text.append("# HELP ").append(family[0]).append(' ').append(family[1]).append('\n');
      String type = family[0].equals(ENERGY) ? " counter\n" : " gauge\n";
      text.append("# TYPE ").append(family[0]).append(type);
      for (int gpu = from; gpu < to; gpu++) {
        text.append(family[0])
            .append("{gpu=\"")
            .append(gpu)
            .append("\",UUID=\"")
            .append(uuid(gpu))
            .append("\",device=\"nvidia")
            .append(gpu)
            .append("\",modelName=\"NVIDIA H100 80GB HBM3\",Hostname=\"demo\",")
            .append("DCGM_FI_DRIVER_VERSION=\"550.54.15\"} ")
            .append(String.format(Locale.ROOT, "%.6f", value(family[0], gpu, minute)))
            .append('\n');
      }
    }
    return text.toString();
  }

  private double value(String family, int gpu, double minute) {
    boolean busy = Role.busy(gpu, minute);
    return switch (family) {
      case "DCGM_FI_DEV_GPU_UTIL" -> busy ? 92 + noise.nextInt(8) : 0;
      case "DCGM_FI_PROF_GR_ENGINE_ACTIVE" -> busy ? 0.9 + noise.nextDouble() * 0.09 : 0;
      case "DCGM_FI_DEV_FB_USED" -> 30_000;
      case "DCGM_FI_DEV_FB_FREE" -> 51_559;
      case "DCGM_FI_DEV_POWER_USAGE" -> (busy ? 610 : 69) + noise.nextDouble() * 3;
      case ENERGY -> energy[gpu] += 1_000 + noise.nextInt(3_000);
      case "DCGM_FI_DEV_GPU_TEMP" -> (busy ? 61 : 29) + noise.nextInt(3);
      case "DCGM_FI_DEV_SM_CLOCK" -> busy ? 1_980 - 15 * noise.nextInt(4) : 345;
      default -> (busy ? 2e9 : 1e5) * (1 + noise.nextDouble());
    };
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  /** Whether it ends its workloads itself by now. */
  boolean closing() {
    return closing;
  }

  /** How many processes of each workload live. */
  Map<Role, Integer> living() {
    Map<Role, Integer> living = new LinkedHashMap<>();
    Role.all().forEach(role -> living.put(role, marked.of(role).size()));
    return living;
  }

  /**
   * Ends what it started. A shell whose child is killed may start the next one, so it is looked
   * again until nothing carries the mark.
   */
  @Override
  public void close() {
    closing = true;
    server.stop(0);
    second.stop(0);
    workloads.values().forEach(Process::destroyForcibly);
    long deadline = world.nanos() + PATIENCE_NANOS;
    List<ProcessHandle> left = marked.all();
    while (!left.isEmpty() && world.nanos() < deadline) {
      left.forEach(ProcessHandle::destroyForcibly);
      for (ProcessHandle process : left) {
        process.onExit().completeOnTimeout(process, 1, TimeUnit.SECONDS).join();
      }
      left = marked.all();
    }
  }
}
