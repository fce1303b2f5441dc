package dev.reeve.http;

import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// A small world in the documented shapes, read from the files beside this class. Names may be
/// replaced by hostile ones.
record Sample(String name) implements View {
  Sample() {
    this("trainer");
  }

  @Override
  public JsonObject status() {
    return read("status.json");
  }

  @Override
  public JsonObject findings() {
    return read("findings.json");
  }

  @Override
  public JsonObject plans() {
    return read("plans.json");
  }

  @Override
  public JsonObject episodes() {
    return read("episodes.json");
  }

  @Override
  public Readiness readiness() {
    return new Readiness(true, "");
  }

  private JsonObject read(String file) {
    try (InputStream in = Objects.requireNonNull(Sample.class.getResourceAsStream(file), file)) {
      String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      String quoted = Json.write(Json.texts(java.util.List.of(name)));
      return Json.readObject(text.replace("trainer", quoted.substring(2, quoted.length() - 2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonException e) {
      throw new IllegalStateException(file, e);
    }
  }
}
