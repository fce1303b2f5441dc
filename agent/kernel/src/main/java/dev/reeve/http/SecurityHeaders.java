package dev.reeve.http;

import io.vertx.core.MultiMap;

/** What every answer says to browsers. */
final class SecurityHeaders {
  private SecurityHeaders() {}

  static void put(MultiMap headers, String policy) {
    headers.set("Content-Security-Policy", policy);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }
}
