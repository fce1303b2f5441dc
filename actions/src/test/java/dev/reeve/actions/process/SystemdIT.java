package dev.reeve.actions.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real systemd, with the action running inside of it. */
@SuppressWarnings("NullAway.Init") // set before all tests
class SystemdIT {
  private static final Path PEERS =
      Path.of(System.getProperty("reeve.peers", "../../shared/peers")).toAbsolutePath().normalize();

  private static final String UNIT =
      """
      [Service]
      ExecStart=/bin/sh -c 'sleep 3001 & while :; do sleep 3002; done'
      Restart=always
      RestartSec=100ms
      %s
      """;

  @TempDir static Path folder;
  private static boolean runs;

  private record Said(int status, String text) {}

  @BeforeAll
  static void startSystemd() throws Exception {
    assumeTrue(Files.isExecutable(PEERS.resolve("systemd-up")), "no systemd-up at " + PEERS);
    Said up = run(PEERS.resolve("systemd-up").toString(), folder.toString());
    assumeTrue(up.status() != 3, up.text());
    assertEquals(0, up.status(), up.text());
    runs = true;
  }

  @AfterAll
  static void stopSystemd() throws Exception {
    if (runs) {
      run(PEERS.resolve("systemd-down").toString(), folder.toString(), "5");
    }
  }

  @Test
  void killingAProcessOfAUnitOnlyRestartsIt() throws Exception {
    long pid = start("restarts.service", "");
    inside("kill", "-9", Long.toString(pid));
    long next = pid;
    for (int i = 0; i < 100 && (next == pid || next == 0); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      next = mainPid("restarts.service");
    }
    assertTrue(next != pid && next != 0, "the premise: " + next);
    inside("systemctl", "stop", "restarts.service");
  }

  @Test
  void stopsAUnitForGoodAndGivesItBackAndLeavesItsNextRunAlone() throws Exception {
    long pid = start("work.service", "");
    String text = probe(pid, "twice");
    String invocation = line(text, "uid");
    assertEquals("unit work.service", line(text, "id"), text);
    assertTrue(invocation.matches("[0-9a-f]{32}"), text);
    assertEquals("3", line(text, "members"), text);
    assertEquals("false", line(text, "protected"), text);
    assertEquals("", line(text, "foreign"), text);
    assertTrue(line(text, "stop").startsWith("done"), text);
    assertEquals("reached", line(text, "stop_unit"), text);
    assertTrue(line(text, "start").startsWith("done"), text);
    assertEquals("reached", line(text, "start_unit"), text);
    assertTrue(line(text, "again").startsWith("nothing_to_do"), text);
    String now = inside("systemctl", "show", "-P", "InvocationID", "work.service").text().strip();
    assertTrue(!now.equals(invocation) && now.matches("[0-9a-f]{32}"), now);
    assertEquals("active", inside("systemctl", "is-active", "work.service").text().strip());
  }

  @Test
  void staysStoppedThoughItsUnitSaysRestartAlways() throws Exception {
    long pid = start("stays.service", "");
    String text = probe(pid, "stop");
    assertEquals("reached", line(text, "stop_unit"), text);
    TimeUnit.SECONDS.sleep(1);
    assertEquals("inactive", inside("systemctl", "is-active", "stays.service").text().strip());
  }

  @Test
  void doesNotStopAUnitThatAnotherOneIsBoundTo() throws Exception {
    long pid = start("base.service", "");
    Files.writeString(
        folder.resolve("units/bound.service"),
        "[Unit]\nBindsTo=base.service\nAfter=base.service\n" + UNIT.formatted(""));
    inside("systemctl", "daemon-reload");
    inside("systemctl", "start", "bound.service");
    String text = probe(pid, "stop");
    assertTrue(line(text, "stop").startsWith("refused"), text);
    assertTrue(text.contains("bound.service"), text);
    assertEquals("active", inside("systemctl", "is-active", "base.service").text().strip());
  }

  private static long start(String unit, String more) throws Exception {
    Files.writeString(folder.resolve("units").resolve(unit), UNIT.formatted(more));
    inside("systemctl", "daemon-reload");
    Said started = inside("systemctl", "start", unit);
    assertEquals(0, started.status(), started.text());
    TimeUnit.MILLISECONDS.sleep(300); // its shell starts its children
    return mainPid(unit);
  }

  private static long mainPid(String unit) throws Exception {
    String text = inside("systemctl", "show", "-P", "MainPID", unit).text().strip();
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private static String probe(long pid, String what) throws Exception {
    return inside(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            UnitProbe.class.getName(),
            Long.toString(pid),
            what)
        .text();
  }

  private static String line(String text, String word) {
    return text.lines()
        .filter(line -> line.startsWith(word + " "))
        .map(line -> line.substring(word.length() + 1))
        .findFirst()
        .orElse("(no line of " + word + ")");
  }

  private static Said inside(String... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(folder.resolve("in").toString()));
    words.addAll(List.of(command));
    return run(words.toArray(String[]::new));
  }

  private static Said run(String... command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(90, TimeUnit.SECONDS), String.join(" ", command));
    return new Said(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}
