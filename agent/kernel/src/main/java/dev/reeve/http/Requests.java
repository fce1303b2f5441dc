package dev.reeve.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Checks each request, has its answer made and sends it. Answers that may take a while are made on
 * threads of their own, only so many of one path at once and not for ever: one that hangs holds up
 * nobody who asks for something else.
 */
final class Requests implements Handler<HttpServerRequest> {
  private static final Logger logger = System.getLogger(Requests.class.getName());
  private static final int MOST_OF_ONE_PATH = 4;
  private static final long DEADLINE_MILLIS = 5_000;

  private final Vertx vertx;
  private final Routes routes;
  private final Connections connections;
  private final Map<String, Integer> underWay = new HashMap<>();

  Requests(Vertx vertx, Routes routes, Connections connections) {
    this.vertx = vertx;
    this.routes = routes;
    this.connections = connections;
  }

  @Override
  public void handle(HttpServerRequest request) {
    connections.moved(request.connection());
    request.exceptionHandler(_ -> {});
    request.response().exceptionHandler(_ -> {});
    request.response().endHandler(_ -> connections.moved(request.connection()));
    Optional<Answer> refusal = refusal(request);
    if (refusal.isPresent()) {
      request.response().putHeader("Connection", "close");
      send(request, refusal.get()).onComplete(_ -> request.connection().close());
      return;
    }
    Optional<Routes.Route> route = routes.route(Optional.ofNullable(request.path()).orElse(""));
    if (route.isEmpty()) {
      send(request, Answer.error(404, "there is nothing here; there are " + routes.paths()));
    } else if (route.get().quick()) {
      send(request, route.get().source().answer(""));
    } else {
      make(request, route.get().source());
    }
  }

  private static Optional<Answer> refusal(HttpServerRequest request) {
    if (!HostCheck.passes(request.headers().getAll("Host"))) {
      return Optional.of(
          Answer.error(
              421,
              "this server answers to localhost, 127.0.0.1 and [::1] only: ask by one of them"));
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      request.response().putHeader("Allow", "GET, HEAD");
      return Optional.of(
          Answer.error(
              405, "this server is read-only: what changes anything goes by the command reeve"));
    }
    String length = Optional.ofNullable(request.getHeader("Content-Length")).orElse("0");
    if (!length.equals("0") || request.headers().contains("Transfer-Encoding")) {
      return Optional.of(Answer.error(413, "requests have no body here"));
    }
    return request.uri().startsWith("/")
        ? Optional.empty()
        : Optional.of(Answer.error(400, "ask for a path that starts with /"));
  }

  private void make(HttpServerRequest request, Routes.Source source) {
    String path = Optional.ofNullable(request.path()).orElse("");
    if (underWay.getOrDefault(path, 0) >= MOST_OF_ONE_PATH) {
      request.response().putHeader("Retry-After", "5");
      send(request, Answer.error(503, "too many ask for " + path + " at once: ask again later"));
      return;
    }
    underWay.merge(path, 1, Integer::sum);
    String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
    Context loop = vertx.getOrCreateContext();
    // on a virtual thread a BufferedWriter begins small and grows by each single word: 12 MB a page
    Thread maker =
        Thread.ofPlatform()
            .daemon()
            .name("answer " + path)
            .unstarted(
                () -> {
                  Answer answer = answer(path, source, accept);
                  loop.runOnContext(
                      _ -> {
                        underWay.merge(path, -1, Integer::sum);
                        send(request, answer);
                      });
                });
    long deadline =
        vertx.setTimer(
            DEADLINE_MILLIS,
            _ -> {
              maker.interrupt();
              send(request, Answer.error(503, "the daemon did not answer in time"));
            });
    request
        .response()
        .endHandler(
            _ -> {
              vertx.cancelTimer(deadline);
              connections.moved(request.connection());
            });
    maker.start();
  }

  private static Answer answer(String path, Routes.Source source, String accept) {
    try {
      return source.answer(accept);
    } catch (RuntimeException | StackOverflowError failure) {
      logger.log(Level.WARNING, path + " cannot be answered", failure);
      return Answer.error(500, "the daemon could not answer; its log says why");
    }
  }

  private Future<Void> send(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return Future.succeededFuture();
    }
    response.setStatusCode(answer.status());
    SecurityHeaders.put(response.headers(), routes.policy());
    response.putHeader("Content-Type", answer.contentType());
    response.putHeader("Content-Length", Integer.toString(answer.body().length));
    return request.method().equals(HttpMethod.HEAD)
        ? response.end()
        : response.end(Buffer.buffer(answer.body()));
  }
}
