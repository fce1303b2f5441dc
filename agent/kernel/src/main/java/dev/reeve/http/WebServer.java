package dev.reeve.http;

import dev.reeve.telemetry.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.BindException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The read-only server on loopback: page, API, metrics, health.
 *
 * <p>Threads: any may close it.
 */
public final class WebServer implements AutoCloseable {
  private static final int SECONDS_TO_START = 10;
  private static final int SECONDS_TO_STOP = 5;
  // Vert.x looks each second whether its one thread is stuck, which only ever ends in a line of log
  private static final int SECONDS_BETWEEN_CHECKS = 10;
  private static final int MOST_CONNECTIONS = 256;
  private static final int PATIENCE_SECONDS = 15;
  private static final int LONGEST_HEADERS = 16 * 1024;
  private static final int LONGEST_LINE = 2 * 1024;

  private final Vertx vertx;
  private final HttpServer server;

  private WebServer(Vertx vertx, HttpServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @throws HttpStartException when it cannot listen there
   * @throws InterruptedException when interrupted meanwhile
   */
  public static WebServer start(HttpSettings settings, View view, Telemetry telemetry)
      throws HttpStartException, InterruptedException {
    return start(settings, new Routes(view, telemetry::scrape, Page.load()));
  }

  static WebServer start(HttpSettings settings, Routes routes)
      throws HttpStartException, InterruptedException {
    Vertx vertx = vertx();
    Connections connections = new Connections(MOST_CONNECTIONS, PATIENCE_SECONDS);
    vertx.setPeriodic(1_000, _ -> connections.tick());
    HttpServer server =
        vertx
            .createHttpServer(options(settings))
            .connectionHandler(connections::opened)
            .exceptionHandler(_ -> {}) // a client that goes away or speaks no HTTP is no news
            .requestHandler(new Requests(vertx, routes, connections));
    try {
      server
          .listen()
          .toCompletionStage()
          .toCompletableFuture()
          .get(SECONDS_TO_START, TimeUnit.SECONDS);
      return new WebServer(vertx, server);
    } catch (ExecutionException e) {
      vertx.close();
      throw cannotListen(settings, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      vertx.close();
      throw cannotListen(settings, e);
    } catch (InterruptedException e) {
      vertx.close();
      throw e;
    }
  }

  /** Vert.x would copy files to a temporary folder, which a hardened unit does not have. */
  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setUseDaemonThread(true)
            .setBlockedThreadCheckInterval(SECONDS_BETWEEN_CHECKS)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.SECONDS)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  private static HttpServerOptions options(HttpSettings settings) {
    return new HttpServerOptions()
        .setHost(settings.host())
        .setPort(settings.port())
        .setHttp2ClearTextEnabled(false)
        // nobody speaks WebSocket here: without these two, each answer passes one handler less
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxHeaderSize(LONGEST_HEADERS)
        .setMaxInitialLineLength(LONGEST_LINE)
        .setIdleTimeout(PATIENCE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setReuseAddress(true)
        .setReusePort(false);
  }

  private static HttpStartException cannotListen(HttpSettings settings, Throwable cause) {
    String where = settings.host() + " port " + settings.port();
    String message =
        cause instanceof BindException
            ? where
                + " is taken by another process: see which by 'ss -ltnp sport = :"
                + settings.port()
                + "', or choose another port for the page in the configuration"
            : "the page cannot be served on " + where + ": " + cause;
    return new HttpStartException(message, cause);
  }

  /** Where it listens, also when any port was asked for. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      System.getLogger(WebServer.class.getName())
          .log(System.Logger.Level.WARNING, "the page did not stop in time: " + e);
    }
  }
}
