package dev.reeve.collectors.nvidiasmi;

import dev.reeve.collectors.StillClock;
import dev.reeve.platform.node.Command;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.time.Clocks;
import dev.reeve.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A program that answers as nvidia-smi does, from two files. */
final class FakeSmi {
  static final String UUID = "GPU-11111111-2222-3333-4444-555555555555";
  static final String HEADINGS =
      "uuid, name, index, pci.bus_id, mig.mode.current, utilization.gpu [%], utilization.memory"
          + " [%], memory.total [MiB], memory.used [MiB], memory.free [MiB], power.draw [W],"
          + " enforced.power.limit [W], temperature.gpu, clocks.current.sm [MHz]\n";
  static final String IDLE =
      HEADINGS
          + UUID
          + ", NVIDIA H100 80GB HBM3, 0, 00000000:00:09.0, Disabled, 0, 0, 81559, 0, 81081, 69.85,"
          + " 700.00, 41, 345\n";

  private final Path folder;

  FakeSmi(Path folder) throws IOException {
    this.folder = folder;
    Path program = folder.resolve("nvidia-smi");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case "$1" in
          --query-gpu=*) exec cat "$(dirname "$0")/gpus";;
          --query-compute-apps=*) exec cat "$(dirname "$0")/apps";;
        esac
        echo "unexpected $1" >&2; exit 2
        """);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    gpus(IDLE);
    apps("");
  }

  Path program() {
    return folder.resolve("nvidia-smi");
  }

  void gpus(String csv) throws IOException {
    Files.writeString(folder.resolve("gpus"), csv);
  }

  void apps(String csv) throws IOException {
    Files.writeString(folder.resolve("apps"), csv);
  }

  void holds(long... pids) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (long pid : pids) {
      lines.append(UUID).append(", ").append(pid).append(", 512\n");
    }
    apps(lines.toString());
  }

  NvidiaSmiCollector collector(Ticker world) {
    return collector(world, Duration.ofSeconds(20));
  }

  NvidiaSmiCollector collector(Ticker world, Duration patience) {
    NvidiaSmiConfig config =
        new NvidiaSmiConfig(
            new Command(List.of(program().toString()), patience),
            true,
            Duration.ofSeconds(15),
            true,
            true,
            "node1");
    Clocks clocks = new Clocks(new StillClock(7), world, InstantSource.system(), "boot", 1);
    return new NvidiaSmiCollector(config, ThisNode.here().withinContainer(), clocks);
  }
}
