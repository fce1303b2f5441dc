package dev.reeve.rules;

import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import dev.reeve.model.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A Prometheus that is told samples, by remote write, and asked what holds at an instant. */
final class R1Prometheus implements AutoCloseable {
  /** A literal of the block format of snappy carries its length in two bytes. */
  private static final int LITERAL = 61 << 2;

  private static final int MOST_LITERAL = 1 << 16;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;

  R1Prometheus(String url) {
    this.url = url;
  }

  /** Appends all samples of a tick. */
  void tell(R1World world, int tick) throws IOException, InterruptedException {
    byte[] body = snappy(written(world, tick));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url + "/api/v1/write"))
                .header("Content-Type", "application/x-protobuf")
                .header("Content-Encoding", "snappy")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("not taken: " + answer.statusCode() + " " + answer.body());
    }
  }

  /** The workloads that an expression holds for. */
  List<String> holds(String expression, long seconds) throws Exception {
    String query =
        "query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8) + "&time=" + seconds;
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url + "/api/v1/query"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(query))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    JsonObject data = ((JsonObject) Json.read(answer.body())).object("data").orElseThrow();
    JsonArray result = data.array("result").orElseThrow();
    List<String> names = new ArrayList<>();
    for (JsonValue one : result) {
      JsonObject labels = ((JsonObject) one).object("metric").orElseThrow();
      names.add(labels.text("workload").orElseThrow());
    }
    return names;
  }

  @Override
  public void close() {
    client.close();
  }

  /** A WriteRequest of version 1, with its labels in order. */
  private static byte[] written(R1World world, int tick) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    for (Signal signal : R1World.SIGNALS) {
      for (int gpu = 0; gpu < R1World.GPUS; gpu++) {
        ByteArrayOutputStream series = new ByteArrayOutputStream();
        label(series, "__name__", R1World.metric(signal));
        label(series, "gpu", R1World.gpu(gpu));
        label(series, "workload", R1World.workload(gpu));
        ByteArrayOutputStream sample = new ByteArrayOutputStream();
        sample.write((1 << 3) | 1);
        ByteBuffer value = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        value.putDouble(R1World.value(gpu, tick, signal));
        sample.writeBytes(value.array());
        sample.write(2 << 3);
        varint(sample, world.seconds(tick) * 1_000);
        field(series, 2, sample.toByteArray());
        field(request, 1, series.toByteArray());
      }
    }
    return request.toByteArray();
  }

  private static void label(ByteArrayOutputStream out, String name, String value) {
    ByteArrayOutputStream label = new ByteArrayOutputStream();
    field(label, 1, name.getBytes(StandardCharsets.UTF_8));
    field(label, 2, value.getBytes(StandardCharsets.UTF_8));
    field(out, 1, label.toByteArray());
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] content) {
    out.write((number << 3) | 2);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Nothing is made smaller: the peer is spared the work of undoing it. */
  private static byte[] snappy(byte[] raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + 64);
    varint(out, raw.length);
    for (int at = 0; at < raw.length; at += MOST_LITERAL) {
      int length = Math.min(MOST_LITERAL, raw.length - at);
      out.write(LITERAL);
      out.write((length - 1) & 0xff);
      out.write((length - 1) >> 8);
      out.write(raw, at, length);
    }
    return out.toByteArray();
  }
}
