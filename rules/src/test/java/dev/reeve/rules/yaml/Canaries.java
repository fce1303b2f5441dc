package dev.reeve.rules.yaml;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What code would do if any of a hostile text ran: set a property, make a file, connect. That each
 * of them sings when it does is shown by {@link CanaryControlTest}.
 */
final class Canaries implements AutoCloseable {
  static final String PROPERTY = "reeve.canary";

  private static final Duration WHILE = Duration.ofSeconds(2);

  private final Path file;
  private final ServerSocket socket;

  Canaries(Path folder) throws IOException {
    file = folder.resolve("canary");
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(1);
    System.clearProperty(PROPERTY);
  }

  /** Which of them a text is aimed at. */
  enum Bird {
    PROPERTY,
    FILE,
    SOCKET
  }

  /** A text with the file's path and the port in it. */
  String aimed(String text) {
    return text.replace("NAME", PROPERTY)
        .replace("CANARY", file.toString())
        .replace("PORT", socket.getLocalPort() + "");
  }

  /** Those that sang since the last time, in words; silent again afterwards. */
  Set<Bird> sung() throws IOException {
    Set<Bird> sung = new TreeSet<>();
    if (System.clearProperty(PROPERTY) != null) {
      sung.add(Bird.PROPERTY);
    }
    if (Files.deleteIfExists(file)) {
      sung.add(Bird.FILE);
    }
    if (called()) {
      sung.add(Bird.SOCKET);
    }
    return sung;
  }

  /**
   * The same.
   *
   * @param process whether a process may have been started, which takes a while to sing
   */
  Set<Bird> sung(boolean process) throws IOException {
    if (process) {
      try {
        Awaitility.await().atMost(WHILE).until(() -> Files.exists(file));
      } catch (ConditionTimeoutException silent) {
        // nobody started it
      }
    }
    return sung();
  }

  private boolean called() throws IOException {
    boolean called = false;
    try {
      while (true) {
        socket.accept().close();
        called = true;
      }
    } catch (SocketTimeoutException nobody) {
      return called;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
