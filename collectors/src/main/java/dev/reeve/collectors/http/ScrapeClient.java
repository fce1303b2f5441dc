package dev.reeve.collectors.http;

import dev.reeve.collectors.exposition.Body;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.CollectException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// Gets the answers of exporters, within a time and a size, from the asked server and no other.
///
/// There is no redirect, no second try and no connection kept: a scrape that fails is unknown and
/// the next one comes soon, while a connection that the exporter closed in between would fail it
/// for nothing. Only 200 is an answer, and an empty one is none.
///
/// Safe for use by several threads.
public final class ScrapeClient implements Transport {
  private static final int FIRST_READ = 64 << 10;

  private final OkHttpClient client;
  private final OkHttpClient loopbackClient;
  private final int maxBytes;

  /// @param timeout for the whole call, from resolving the name to the last byte
  /// @param maxBytes of an answer once it is decompressed
  public ScrapeClient(Duration timeout, int maxBytes) {
    this.maxBytes = maxBytes;
    client =
        new OkHttpClient.Builder()
            .callTimeout(timeout)
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .writeTimeout(timeout)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .build();
    // racing the addresses of a host takes a thread more for each call
    loopbackClient = client.newBuilder().fastFallback(false).build();
  }

  @Override
  public void get(URI target, Body into) throws CollectException, InterruptedException {
    into.length(0);
    Call call = (isLoopback(target) ? loopbackClient : client).newCall(request(target));
    boolean whole = false;
    try (Response response = call.execute()) {
      checkStatus(target, response);
      read(target, response, into);
      whole = true;
    } catch (IOException e) {
      throw failure(target, e);
    } finally {
      if (!whole) {
        into.length(0);
        call.cancel();
      }
    }
  }

  private static Request request(URI target) throws CollectException {
    try {
      return new Request.Builder()
          .url(target.toString())
          .header("Accept", "text/plain;version=0.0.4,*/*;q=0.1")
          .header("Accept-Encoding", isLoopback(target) ? "identity" : "gzip")
          .header("User-Agent", "reeve")
          .build();
    } catch (IllegalArgumentException e) {
      throw new CollectException(Reason.FAILED, target + " is no http or https address", e);
    }
  }

  /// Where copying is cheaper than decompressing.
  private static boolean isLoopback(URI target) {
    String host = target.getHost();
    return host != null
        && (host.equals("localhost") || host.equals("[::1]") || host.startsWith("127."));
  }

  private static void checkStatus(URI target, Response response) throws CollectException {
    int status = response.code();
    if (response.isRedirect()) {
      throw new CollectException(
          Reason.REDIRECT,
          "%s answers with a redirect (%d); configure the address that really answers"
              .formatted(target, status));
    }
    if (status != 200) {
      throw new CollectException(
          Reason.HTTP_STATUS, "%s answers with status %d".formatted(target, status));
    }
  }

  private void read(URI target, Response response, Body into) throws IOException, CollectException {
    long announced = response.body().contentLength();
    if (announced > maxBytes) {
      throw tooLarge(target);
    }
    InputStream in = decoded(target, response);
    int length = 0;
    int room = (int) Math.min(maxBytes + 1L, Math.max(FIRST_READ, announced + 1));
    byte[] bytes = into.room(room);
    int count;
    while ((count = in.read(bytes, length, bytes.length - length)) >= 0) {
      length += count;
      if (length > maxBytes) {
        throw tooLarge(target);
      }
      if (length == bytes.length) {
        into.length(length);
        bytes = into.room((int) Math.min(maxBytes + 1L, 2L * length));
      }
    }
    if (length == 0) {
      throw new CollectException(
          Reason.EMPTY, target + " answers with nothing; it may be starting");
    }
    into.length(length);
  }

  private static InputStream decoded(URI target, Response response)
      throws IOException, CollectException {
    String encoding =
        String.valueOf(response.header("Content-Encoding", "identity")).toLowerCase(Locale.ROOT);
    InputStream raw = response.body().byteStream();
    return switch (encoding) {
      case "identity" -> raw;
      case "gzip" -> new GZIPInputStream(raw);
      default ->
          throw new CollectException(
              Reason.GARBAGE, "%s answers in the encoding %s".formatted(target, encoding));
    };
  }

  private CollectException tooLarge(URI target) {
    return new CollectException(
        Reason.TOO_LARGE, "%s answers with more than %,d bytes".formatted(target, maxBytes));
  }

  private static CollectException failure(URI target, IOException e) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Reason reason =
        switch (e) {
          case InterruptedIOException _ -> Reason.TIMEOUT;
          case ConnectException _, UnknownHostException _, NoRouteToHostException _ ->
              Reason.REFUSED;
          case SSLException _ -> Reason.TLS;
          case EOFException _ -> Reason.TRUNCATED;
          case ZipException _ -> Reason.GARBAGE;
          case ProtocolException p when isEnd(p) -> Reason.TRUNCATED;
          case ProtocolException _ -> Reason.GARBAGE;
          case IOException io when isEnd(io) -> Reason.TRUNCATED;
          case IOException _ -> Reason.FAILED;
        };
    return new CollectException(
        reason, "%s: %s (%s)".formatted(target, reason.text(), e.getMessage()), e);
  }

  /// OkHttp has no type of its own for a connection that ends too early.
  private static boolean isEnd(IOException e) {
    return String.valueOf(e.getMessage()).startsWith("unexpected end of stream");
  }
}
