package dev.reeve.collectors.run;

import dev.reeve.linux.UnixConnection;
import dev.reeve.linux.UnixListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens on the run socket. Connections have platform threads: most of them are silent for hours,
 * and a platform thread sleeps in the kernel for as long as it takes.
 *
 * <p>Threads: any may close it.
 */
final class RunServer implements AutoCloseable {
  private static final Logger logger = System.getLogger(RunServer.class.getName());
  private static final String EVERYBODY = "rw-rw-rw-";
  private static final int MOST_CONNECTIONS = 96;
  private static final int STACK_BYTES = 256 * 1024;
  private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

  private final UnixListener listener;
  private final Desk desk;
  private final Set<UnixConnection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private RunServer(UnixListener listener, Desk desk) {
    this.listener = listener;
    this.desk = desk;
  }

  static RunServer start(Path socket, Desk desk) throws IOException {
    UnixListener listener = UnixListener.bind(socket, PosixFilePermissions.fromString(EVERYBODY));
    RunServer server = new RunServer(listener, desk);
    thread("run-socket", server::listen).start();
    return server;
  }

  static Thread thread(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).stackSize(STACK_BYTES).unstarted(work);
  }

  private void listen() {
    while (!closed) {
      try {
        accepted(listener.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        logger.log(Level.WARNING, "the run socket does not accept: " + e.getMessage());
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
    long uid = connection.credentials().uid();
    if (open.size() >= MOST_CONNECTIONS || !desk.quota().connect(uid)) {
      desk.inbox().drop("too_many_connections");
      connection.close();
      return;
    }
    open.add(connection);
    thread("run-socket " + connection.credentials().pid(), () -> serve(connection)).start();
  }

  private void serve(UnixConnection connection) {
    try (connection) {
      Session.serve(connection, desk);
    } catch (IOException e) {
      logger.log(Level.DEBUG, "a program left the run socket: " + e.getMessage());
    } catch (RuntimeException e) {
      logger.log(Level.WARNING, "a connection of the run socket failed", e);
    } finally {
      open.remove(connection);
      desk.quota().disconnect(connection.credentials().uid());
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
    } catch (IOException e) {
      logger.log(Level.WARNING, "the run socket does not close: " + e.getMessage());
    }
    open.forEach(UnixConnection::close);
  }
}
