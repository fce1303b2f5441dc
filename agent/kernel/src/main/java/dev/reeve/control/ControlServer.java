package dev.reeve.control;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonWriter;
import dev.reeve.linux.UnixConnection;
import dev.reeve.linux.UnixListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens on the control socket. Each connection has a virtual thread; a client that is silent or
 * does not read is closed after some seconds.
 *
 * <p>Threads: any may close it.
 */
public final class ControlServer implements AutoCloseable {
  /** The name of the socket in the runtime folder. */
  public static final String SOCKET = "control.sock";

  private static final Logger logger = System.getLogger(ControlServer.class.getName());
  private static final String OWNER_AND_GROUP = "rw-rw----";
  private static final int MOST_CONNECTIONS = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(200);
  private static final JsonWriter WRITER =
      new JsonWriter(false, JsonWriter.NonFinitePolicy.AS_STRING);

  private final UnixListener listener;
  private final Control control;
  private final Set<UnixConnection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private ControlServer(UnixListener listener, Control control) {
    this.listener = listener;
    this.control = control;
  }

  /**
   * Starts to listen. The socket's folder must not be writable by others.
   *
   * @throws IOException when another daemon listens there, or it cannot be made
   */
  public static ControlServer start(Path socket, Control control) throws IOException {
    UnixListener listener =
        UnixListener.bind(socket, PosixFilePermissions.fromString(OWNER_AND_GROUP));
    ControlServer server = new ControlServer(listener, control);
    Thread.ofPlatform().daemon().name("control").start(server::listen);
    return server;
  }

  private void listen() {
    while (!closed) {
      try {
        accepted(listener.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        logger.log(Level.WARNING, "the control socket does not accept: " + e.getMessage());
        rest();
      }
    }
  }

  private static void rest() {
    try {
      Thread.sleep(AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accepted(UnixConnection connection) {
    if (open.size() >= MOST_CONNECTIONS) {
      connection.close();
      return;
    }
    open.add(connection);
    Thread.ofVirtual().name("control " + connection.credentials()).start(() -> serve(connection));
  }

  private void serve(UnixConnection connection) {
    try (connection) {
      Caller caller = Caller.of(connection);
      Optional<String> line = connection.readLine(PATIENCE);
      while (line.isPresent()) {
        connection.write(WRITER.write(answer(line.get(), caller)) + "\n", PATIENCE);
        line = connection.readLine(PATIENCE);
      }
    } catch (IOException e) {
      logger.log(Level.DEBUG, "a client of the control socket left: " + e.getMessage());
    } finally {
      open.remove(connection);
    }
  }

  private JsonObject answer(String line, Caller caller) {
    try {
      Request request = Request.parse(line);
      return Json.object()
          .put("v", 1)
          .put("ok", true)
          .put("answer", request.carryOut(control, caller))
          .build();
    } catch (Control.RefusedException refused) {
      return failed(String.valueOf(refused.getMessage()));
    } catch (RuntimeException failure) {
      logger.log(Level.WARNING, "a request of " + caller + " failed", failure);
      return failed("the daemon could not do it; its log says why");
    }
  }

  private static JsonObject failed(String sentence) {
    return Json.object().put("v", 1).put("ok", false).put("error", sentence).build();
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
    } catch (IOException e) {
      logger.log(Level.WARNING, "the control socket does not close: " + e.getMessage());
    }
    open.forEach(UnixConnection::close);
  }
}
