package dev.reeve.http;

import java.util.List;

/**
 * @param host an address of this machine's loopback: {@code 127.0.0.1} or {@code ::1}
 * @param port 0 takes any that is free
 */
public record HttpSettings(String host, int port) {
  /** Where the page is unless configured otherwise. */
  public static final int DEFAULT_PORT = 9477;

  private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1", "localhost");

  public HttpSettings {
    if (!LOOPBACK.contains(host)) {
      throw new IllegalArgumentException(
          "the page is for this machine only: host must be one of "
              + LOOPBACK
              + ", not '"
              + host
              + "'; reach it from elsewhere by 'ssh -L "
              + DEFAULT_PORT
              + ":127.0.0.1:"
              + DEFAULT_PORT
              + " HOST'");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
  }
}
