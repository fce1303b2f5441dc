package dev.reeve.control;

import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonNull;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonReader;
import dev.reeve.json.JsonValue;
import dev.reeve.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;

/** Asks the daemon. Threads: one call at a time. */
public final class ControlClient {
  private static final int LONGEST_ANSWER = 64 << 20;
  private static final JsonReader READER = JsonReader.STRICT.withMaxLength(LONGEST_ANSWER);

  private final Path socket;
  private final Duration patience;
  private final Ticker world;

  /**
   * @param patience how long the whole of a question and its answer may take
   */
  public ControlClient(Path socket, Duration patience, Ticker world) {
    this.socket = socket;
    this.patience = patience;
    this.world = world;
  }

  /**
   * Asks once, and never again by itself: the daemon may have done it although no answer came.
   *
   * @param arguments the members of the request besides {@code v} and {@code do}
   * @throws Control.RefusedException when the daemon says no
   * @throws NoDaemonException when no daemon answers in time
   */
  public JsonValue ask(String command, JsonObject arguments)
      throws Control.RefusedException, NoDaemonException {
    var request = Json.object().put("v", 1).put("do", command);
    arguments.members().forEach(request::put);
    byte[] line = (Json.write(request.build()) + "\n").getBytes(StandardCharsets.UTF_8);
    JsonObject answer = parse(exchange(line));
    if (!answer.bool("ok").orElse(false)) {
      throw new Control.RefusedException(
          answer.text("error").orElse("the daemon refused and did not say why"));
    }
    return answer.member("answer").orElse(JsonNull.NULL);
  }

  private JsonObject parse(byte[] line) throws NoDaemonException {
    try {
      return READER.readObject(line);
    } catch (JsonException e) {
      throw new NoDaemonException(
          "what listens at " + socket + " speaks another language: " + e.getMessage());
    }
  }

  private byte[] exchange(byte[] line) throws NoDaemonException {
    long deadline = world.nanos() + patience.toNanos();
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoDaemonException(
          "no daemon answers: there is no " + socket + "; start one by 'reeve run'");
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
      ByteBuffer out = ByteBuffer.wrap(line);
      while (out.hasRemaining()) {
        await(selector, deadline);
        channel.write(out);
      }
      key.interestOps(SelectionKey.OP_READ);
      return receive(channel, selector, deadline);
    } catch (AccessDeniedException e) {
      throw notPermitted();
    } catch (IOException e) {
      if (!Files.isWritable(socket)) {
        throw notPermitted();
      }
      throw new NoDaemonException("no daemon answers at " + socket + ": " + e.getMessage());
    }
  }

  private NoDaemonException notPermitted() {
    return new NoDaemonException(
        "you may not use "
            + socket
            + ": it is for its owner and its group, so join that group or ask as root");
  }

  private byte[] receive(SocketChannel channel, Selector selector, long deadline)
      throws IOException, NoDaemonException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    while (true) {
      await(selector, deadline);
      if (channel.read(buffer.clear()) < 0) {
        throw new NoDaemonException("the daemon at " + socket + " closed without an answer");
      }
      byte[] bytes = buffer.array();
      for (int i = 0; i < buffer.position(); i++) {
        if (bytes[i] == '\n') {
          line.write(bytes, 0, i);
          return line.toByteArray();
        }
      }
      line.write(bytes, 0, buffer.position());
      if (line.size() > LONGEST_ANSWER) {
        throw new NoDaemonException("the answer of the daemon at " + socket + " has no end");
      }
    }
  }

  private void await(Selector selector, long deadline) throws IOException, NoDaemonException {
    long millis = (deadline - world.nanos()) / 1_000_000;
    if (millis <= 0 || selector.select(millis) == 0) {
      throw new NoDaemonException(
          "the daemon at "
              + socket
              + " did not answer within "
              + patience.toMillis() / 1_000.0
              + " s; what was asked may still be done");
    }
    selector.selectedKeys().clear();
  }
}
