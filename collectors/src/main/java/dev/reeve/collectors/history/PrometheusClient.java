package dev.reeve.collectors.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.reeve.collectors.exposition.Label;
import dev.reeve.collectors.exposition.Series;
import dev.reeve.spi.History.HistoryException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// Asks the HTTP API of a Prometheus. Only reads, so what got no answer is asked again.
final class PrometheusClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int TRIES = 3;
  private static final JsonFactory JSON = new JsonFactory();

  private final URI base;
  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .callTimeout(TIMEOUT)
          .readTimeout(TIMEOUT)
          .followRedirects(false)
          .followSslRedirects(false)
          .build();

  /// Takes what is read.
  interface Sink {
    /// The number of a series; -1 for one that is not wanted.
    int number(Series series);

    /// Takes one sample; false ends the reading.
    boolean take(int series, long millis, double value);
  }

  private interface Reader<T> {
    T read(JsonParser json) throws IOException;
  }

  /// A server that says that this was too much at once.
  private static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuch(String message) {
      super(message);
    }
  }

  PrometheusClient(URI base) {
    this.base = base;
  }

  /// The server's clock.
  Instant now() throws HistoryException, InterruptedException {
    return askAll(
        url("api/v1/query").addQueryParameter("query", "time()").build(),
        json -> {
          BigDecimal seconds = BigDecimal.ZERO;
          while (json.nextToken() != null) {
            if ("result".equals(json.currentName())
                && json.currentToken() == JsonToken.START_ARRAY) {
              json.nextToken();
              seconds = new BigDecimal(json.getText());
            }
          }
          return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
        });
  }

  /// What the server knows of the metrics' HELP lines. Where it knows several, they contradict each
  /// other, and none is taken.
  Map<String, String> helps(Collection<String> metrics)
      throws HistoryException, InterruptedException {
    Map<String, List<String>> found =
        askAll(
            url("api/v1/metadata").addQueryParameter("limit", "100000").build(),
            json -> {
              Map<String, List<String>> helps = new TreeMap<>();
              String metric = "";
              int depth = 0;
              for (JsonToken next = json.nextToken(); next != null; next = json.nextToken()) {
                depth += next.isStructStart() ? 1 : next.isStructEnd() ? -1 : 0;
                if (next == JsonToken.FIELD_NAME && depth == 2) {
                  metric = json.currentName();
                } else if (next == JsonToken.VALUE_STRING && "help".equals(json.currentName())) {
                  helps.computeIfAbsent(metric, _ -> new ArrayList<>()).add(json.getText());
                }
              }
              return helps;
            });
    Map<String, String> helps = new TreeMap<>();
    for (String metric : metrics) {
      List<String> known = found.getOrDefault(metric, List.of()).stream().distinct().toList();
      if (known.size() == 1) {
        helps.put(metric, known.getFirst());
      }
    }
    return helps;
  }

  /// Reads all samples of some metrics between two times, the first excluded.
  ///
  /// @return whether they were not too many
  boolean read(Collection<String> metrics, long afterMillis, long untilMillis, Sink sink)
      throws HistoryException, InterruptedException {
    String query =
        "{__name__=~\"%s\"}[%dms]".formatted(String.join("|", metrics), untilMillis - afterMillis);
    HttpUrl url =
        url("api/v1/query")
            .addQueryParameter("query", query)
            .addQueryParameter(
                "time", BigDecimal.valueOf(untilMillis).movePointLeft(3).toPlainString())
            .build();
    try {
      return ask(url, json -> matrix(json, sink));
    } catch (TooMuch _) {
      return false;
    }
  }

  private static boolean matrix(JsonParser json, Sink sink) throws IOException {
    int series = -1;
    for (JsonToken next = json.nextToken(); next != null; next = json.nextToken()) {
      if (next == JsonToken.START_OBJECT && "metric".equals(json.currentName())) {
        series = sink.number(series(json));
      } else if (next == JsonToken.START_ARRAY && "values".equals(json.currentName())) {
        if (!values(json, series, sink)) {
          return false;
        }
      }
    }
    return true;
  }

  private static Series series(JsonParser json) throws IOException {
    String name = "";
    List<Label> labels = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String label = json.currentName();
      String value = json.nextTextValue();
      if (label.equals("__name__")) {
        name = value;
      } else {
        labels.add(new Label(label, value));
      }
    }
    labels.sort(Comparator.comparing(Label::name));
    return new Series(name, labels);
  }

  private static boolean values(JsonParser json, int series, Sink sink) throws IOException {
    while (json.nextToken() == JsonToken.START_ARRAY) {
      json.nextToken();
      long millis = Math.round(json.getDoubleValue() * 1e3);
      double value = number(json.nextTextValue());
      json.nextToken();
      if (series >= 0 && !sink.take(series, millis, value)) {
        return false;
      }
    }
    return true;
  }

  private static double number(String text) throws IOException {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException malformed) {
          throw new IOException("'" + text + "' is no number", malformed);
        }
      }
    };
  }

  private HttpUrl.Builder url(String path) throws HistoryException {
    HttpUrl root = HttpUrl.parse(base.toString());
    if (root == null) {
      throw new HistoryException(base + " is no address");
    }
    return root.newBuilder().addPathSegments(path);
  }

  private <T> T askAll(HttpUrl url, Reader<T> reader)
      throws HistoryException, InterruptedException {
    try {
      return ask(url, reader);
    } catch (TooMuch tooMuch) {
      throw new HistoryException(base + " gives no history: " + tooMuch.getMessage(), tooMuch);
    }
  }

  private <T> T ask(HttpUrl url, Reader<T> reader)
      throws HistoryException, InterruptedException, TooMuch {
    IOException last = new IOException("not asked");
    for (int i = 0; i < TRIES; i++) {
      try {
        return once(url, reader);
      } catch (TooMuch tooMuch) {
        throw tooMuch;
      } catch (IOException failure) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        last = failure;
      }
    }
    String why =
        last instanceof InterruptedIOException
            ? "no answer within " + TIMEOUT.toSeconds() + "s"
            : String.valueOf(last.getMessage());
    throw new HistoryException(base + " gives no history: " + why, last);
  }

  private <T> T once(HttpUrl url, Reader<T> reader) throws IOException {
    Request request = new Request.Builder().url(url).header("User-Agent", "reeve").build();
    try (Response response = client.newCall(request).execute()) {
      if (response.code() == 422 || response.code() == 413) {
        throw new TooMuch("status " + response.code());
      }
      if (response.code() != 200) {
        String start = response.peekBody(300).string().replaceAll("\\s+", " ");
        throw new IOException("status " + response.code() + ": " + start);
      }
      try (JsonParser json = JSON.createParser(response.body().byteStream())) {
        return reader.read(json);
      }
    }
  }
}
