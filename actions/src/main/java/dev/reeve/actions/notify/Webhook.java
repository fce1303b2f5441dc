package dev.reeve.actions.notify;

import dev.reeve.config.Secret;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Cost;
import dev.reeve.model.Notice;
import dev.reeve.spi.Notifier;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Posts notices to a server. Only its own 2xx is a delivery: no redirect is followed, nothing is
 * sent twice, and its answer is not read.
 */
final class Webhook implements Notifier {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

  private final HttpUrl url;
  private final Optional<Secret> token;
  private final OkHttpClient client;

  /**
   * @param patience for a whole call, from the name to the status of the answer
   */
  Webhook(HttpUrl url, Optional<Secret> token, Duration patience) {
    this.url = url;
    this.token = token;
    this.client =
        new OkHttpClient.Builder()
            .callTimeout(patience)
            .connectTimeout(patience)
            .readTimeout(patience)
            .writeTimeout(patience)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .dns(new SafeDns())
            .build();
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Delivery deliver(Notice notice) throws InterruptedException {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", "reeve")
            .post(RequestBody.create(Json.writeBytes(body(notice)), JSON));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
    try {
      SafeDns.checkLiteral(url.host());
      return send(request.build());
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while a notice was under way");
      }
      return new Delivery.NotDelivered(url.host() + " " + why(e));
    }
  }

  private Delivery send(Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      return response.isSuccessful()
          ? new Delivery.Delivered(url.host())
          : new Delivery.NotDelivered(url.host() + " answered " + response.code());
    }
  }

  /** Never the URL, which may be a secret, and not the library's words, which may name it. */
  private static String why(IOException failure) {
    return switch (failure) {
      case InterruptedIOException _ -> "did not answer in time; it may have been told all the same";
      case SafeDns.RefusedException _ -> "has an address that no notice is sent to";
      case UnknownHostException _ -> "is a name that is not known";
      case ConnectException _ -> "does not accept connections";
      case SSLException _ -> "cannot be trusted: its certificate or its TLS does not hold";
      default -> "gave no answer; it may have been told all the same";
    };
  }

  /** In the shape that docs/notices.md describes. */
  static JsonObject body(Notice notice) {
    var out =
        Json.object()
            .put("v", 1)
            .put("type", "notice")
            .put("episode", notice.episode())
            .put("rule", notice.rule())
            .put("subject", notice.subject().toString())
            .put("workload", notice.workload())
            .put("owner", notice.owner())
            .put("remedy", notice.remedy())
            .put("waste", cost(notice.waste()))
            .put("text", notice.text());
    if (!notice.dueIn().isZero()) {
      out.put("in_seconds", notice.dueIn().toSeconds());
    }
    return out.build();
  }

  private static JsonObject cost(Cost cost) {
    return switch (cost) {
      case Cost.Known known ->
          Json.object()
              .put("amount", known.rate().perHour().amount().toPlainString())
              .put("currency", known.rate().currency().getCurrencyCode())
              .put("per", "h")
              .put("source", known.source())
              .build();
      case Cost.Unknown unknown -> Json.object().put("unknown", unknown.reason()).build();
    };
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
