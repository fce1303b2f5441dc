package dev.reeve.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The distribution as a service of a real systemd, with the unit as it is shipped. */
@SuppressWarnings("NullAway.Init") // set before all tests
class ServiceIT {
  private static final Path PEERS =
      Path.of(System.getProperty("reeve.peers", "../../shared/peers")).toAbsolutePath().normalize();
  private static final Path DIST = Path.of("target/dist").toAbsolutePath();

  private static Path folder;
  private static boolean runs;
  private static int port;

  private record Said(int status, String text) {}

  @BeforeAll
  static void install() throws Exception {
    assumeTrue(Files.isExecutable(PEERS.resolve("systemd-up")), "no systemd-up at " + PEERS);
    assumeTrue(Files.isWritable(Path.of("/opt")), "/opt is not writable here");
    // the unit hides /tmp, and its user has to reach the program
    folder = Files.createTempDirectory(Path.of("/opt"), "reeve-service");
    Said up = run(PEERS.resolve("systemd-up").toString(), folder.toString());
    assumeTrue(up.status() != 3, up.text());
    assertEquals(0, up.status(), up.text());
    runs = true;
    Path shared = folder.resolve("shared");
    for (Path open : List.of(folder, shared)) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path reeve = shared.resolve("reeve");
    run("cp", "-r", DIST.toString(), reeve.toString());
    run("chmod", "-R", "a+rX", reeve.toString());
    String unit = Files.readString(DIST.resolve("systemd/reeve.service"));
    Files.writeString(
        folder.resolve("units/reeve.service"),
        unit.replace("/usr/bin/reeve", reeve.resolve("bin/reeve").toString()));
    inside("systemd-sysusers", reeve.resolve("sysusers.d/reeve.conf").toString());
    port = freePort();
    Files.writeString(shared.resolve("reeve.yaml"), "http: {listen: \"127.0.0.1:" + port + "\"}\n");
    configure();
    inside("systemctl", "daemon-reload");
  }

  @AfterAll
  static void remove() throws Exception {
    if (runs) {
      run(PEERS.resolve("systemd-down").toString(), folder.toString(), "5");
      run("rm", "-rf", folder.toString());
    }
  }

  private static void configure() throws Exception {
    inside(
        "install",
        "-D",
        "-m",
        "0644",
        folder.resolve("shared/reeve.yaml").toString(),
        "/etc/reeve/reeve.yaml");
  }

  @Test
  void startsWhenItIsReadyAnswersAndStopsInOrder() throws Exception {
    Said start = inside("systemctl", "start", "reeve");
    assertEquals(0, start.status(), start.text() + journal());
    assertEquals("active", property("ActiveState"));
    assertEquals("reeve", user());
    Said status = inside(folder.resolve("shared/reeve/bin/reeve").toString(), "status");
    assertEquals(0, status.status(), status.text());
    assertTrue(status.text().contains("mode observe"), status.text());

    String pid = property("MainPID");
    Said reload = inside("systemctl", "reload", "reeve");
    assertEquals(0, reload.status(), reload.text() + journal());
    assertEquals("active", property("ActiveState"), journal());
    assertEquals(pid, property("MainPID"), "it is the same process still");

    assertEquals(0, inside("systemctl", "stop", "reeve").status());
    assertEquals("success", property("Result"), journal());
    assertFalse(journal().contains("left-over"), journal());
  }

  @Test
  void isNotStartedAgainWithAConfigurationThatIsRefused() throws Exception {
    inside("systemctl", "stop", "reeve");
    Path configuration = folder.resolve("shared/reeve.yaml");
    String before = Files.readString(configuration);
    Files.writeString(configuration, before + "mod: act\n");
    try {
      configure();
      assertEquals(1, inside("systemctl", "start", "reeve").status());
      assertTrue(
          journal().contains("did you mean 'mode'") || journal().contains("mode"), journal());
    } finally {
      Files.writeString(configuration, before);
      configure();
      inside("systemctl", "stop", "reeve");
      inside("systemctl", "reset-failed", "reeve");
    }
  }

  private static String user() throws Exception {
    return inside("ps", "-o", "user=", "-p", property("MainPID")).text().strip();
  }

  private static String property(String name) throws Exception {
    return inside("systemctl", "show", "-P", name, "reeve").text().strip();
  }

  private static String journal() throws Exception {
    return inside("journalctl", "-u", "reeve", "--no-pager").text();
  }

  private static Said inside(String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(folder.resolve("in").toString()));
    all.addAll(List.of(command));
    return run(all.toArray(String[]::new));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Said run(String... command) throws Exception {
    Path output = Files.createTempFile("said", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertTrue(process.waitFor(90, TimeUnit.SECONDS), () -> String.join(" ", command));
      return new Said(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }
}
