package dev.reeve.collectors.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers each connection as a test wishes, byte by byte, and knows whether the client left.
public final class HostileServer implements AutoCloseable {
  /// Writes an answer; the connection is closed when it returns.
  public interface Answer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger left = new AtomicInteger();
  private volatile Answer answer;

  public HostileServer(Answer answer) throws IOException {
    this.answer = answer;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("hostile-server").start(this::accept);
  }

  /// A plain 200 with a length.
  public static Answer ok(String body) {
    return ok(body.getBytes(ISO_8859_1), "");
  }

  public static Answer ok(byte[] body, String moreHeaders) {
    return out -> {
      head(out, "Content-Length: " + body.length + "\r\n" + moreHeaders);
      out.write(body);
    };
  }

  public static Answer status(int status, String moreHeaders) {
    return out ->
        out.write(
            ("HTTP/1.1 " + status + " Some\r\nContent-Length: 0\r\n" + moreHeaders + "\r\n")
                .getBytes(ISO_8859_1));
  }

  /// Says nothing at all.
  public static Answer hang() {
    return _ -> Thread.sleep(60_000);
  }

  public static void head(OutputStream out, String headers) throws IOException {
    out.write(("HTTP/1.1 200 OK\r\n" + headers + "\r\n").getBytes(ISO_8859_1));
  }

  public void answer(Answer next) {
    answer = next;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/metrics");
  }

  public List<String> requests() {
    return requests;
  }

  /// How many connections ended before their answer did.
  public int left() {
    return left.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      requests.add(request(socket));
      Answer current = answer;
      Thread writer = Thread.currentThread();
      Thread.ofVirtual().start(() -> interruptWhenGone(socket, writer));
      current.write(socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (IOException | InterruptedException _) {
      left.incrementAndGet();
    }
  }

  private static void interruptWhenGone(Socket socket, Thread writer) {
    try {
      if (socket.getInputStream().read() < 0) {
        writer.interrupt();
      }
    } catch (IOException _) {
      writer.interrupt();
    }
  }

  private static String request(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("no request");
      }
      text.append((char) next);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
