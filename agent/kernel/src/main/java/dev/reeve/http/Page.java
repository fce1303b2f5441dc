package dev.reeve.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The first page: one document that holds its style and script, and needs nothing from elsewhere.
 * The policy allows exactly these two by their hashes, and no script may turn text into markup.
 */
final class Page {
  private final Answer answer;
  private final String policy;

  private Page(Answer answer, String policy) {
    this.answer = answer;
    this.policy = policy;
  }

  static Page load() {
    String style = resource("console.css");
    String script = resource("console.js");
    String html =
        resource("console.html").replace("/*style*/", style).replace("/*script*/", script);
    String policy =
        "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'; style-src '"
            + hash(style)
            + "'; script-src '"
            + hash(script)
            + "'; require-trusted-types-for 'script'; trusted-types 'none'";
    return new Page(
        new Answer(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8)), policy);
  }

  Answer answer() {
    return answer;
  }

  /** The content security policy; it is right for all other answers too. */
  String policy() {
    return policy;
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the page cannot be read from the jar", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
