package dev.reeve.collectors.run;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

final class Client implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader in;

  private Client(SocketChannel channel) {
    this.channel = channel;
    this.in =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
  }

  Client(Path folder) throws Exception {
    this(SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("run.sock"))));
    RunSocketTest.assertOk(ask("{\"reeve\":1}"));
  }

  static Client silent(Path folder) throws IOException {
    return new Client(SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("run.sock"))));
  }

  JsonObject ask(String line) throws Exception {
    channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    return read();
  }

  JsonObject read() throws Exception {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("closed");
    }
    return Json.readObject(line);
  }

  boolean ended() throws IOException {
    try {
      return in.readLine() == null;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
