package dev.reeve.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A SIGTERM as the process noted it that received it: the only account that Reeve has no part in.
 *
 * @param workload name of it
 * @param pid of its first process
 * @param bootSeconds when, since boot, in steps of 10 ms
 */
record Signalled(String workload, long pid, double bootSeconds) {

  /** The script of a workload that notes every SIGTERM. One that is stubborn lives on. */
  static String script(Role role, Path folder, boolean stubborn) {
    String work =
        role.name().equals("train-nan")
            ? """
              i=$((i + 1))
              if [ $i -le 3 ]; then loss=0.7; else loss=NaN; fi
              echo "{\\"step\\":$i,\\"loss\\":$loss}" >> "$REEVE_RUN"
            """
            : "";
    return String.format(
        Locale.ROOT,
        """
        #!/bin/sh
        note() {
          read -r up rest < /proc/uptime
          echo "$$ $up" >> '%s'
          %s
        }
        trap note TERM
        i=0
        while :; do
        %s  sleep 0.3
        done
        """,
        file(role, folder),
        stubborn ? ":" : "exit 0",
        work);
  }

  /** All that a workload noted. */
  static List<Signalled> read(Role role, Path folder) throws IOException {
    Path file = file(role, folder);
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream()
        .map(line -> line.split(" ", 2))
        .map(
            part ->
                new Signalled(role.name(), Long.parseLong(part[0]), Double.parseDouble(part[1])))
        .toList();
  }

  private static Path file(Role role, Path folder) {
    return folder.resolve(role.name() + ".signals");
  }
}
