package dev.reeve.http;

import java.net.InetSocketAddress;

/**
 * @param listen an address of this machine's loopback; port 0 takes any that is free
 */
public record HttpSettings(InetSocketAddress listen) {
  public HttpSettings {
    if (listen.isUnresolved() || !listen.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "the page asks for no login, so it is for this machine only: "
              + listen
              + " is no loopback address; from elsewhere use 'ssh -L'");
    }
  }

  String host() {
    return listen.getAddress().getHostAddress();
  }

  int port() {
    return listen.getPort();
  }
}
