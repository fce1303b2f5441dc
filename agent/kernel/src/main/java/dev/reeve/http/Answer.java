package dev.reeve.http;

import dev.reeve.json.Json;
import dev.reeve.json.JsonValue;
import dev.reeve.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/** What is sent back. The bytes are not changed by anyone. */
@SuppressWarnings("ArrayRecordComponent") // made for one answer, never compared
record Answer(int status, String contentType, byte[] body) {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final JsonWriter WRITER =
      new JsonWriter(true, JsonWriter.NonFinitePolicy.AS_STRING);

  static Answer json(JsonValue value) {
    return new Answer(200, JSON, WRITER.writeBytes(value));
  }

  static Answer text(int status, String line) {
    return new Answer(status, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param sentence what is wrong and what to do
   */
  static Answer error(int status, String sentence) {
    JsonValue body = Json.object().put("v", 1).put("error", sentence).build();
    return new Answer(status, JSON, WRITER.writeBytes(body));
  }
}
