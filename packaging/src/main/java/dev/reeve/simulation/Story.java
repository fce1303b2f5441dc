package dev.reeve.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What happened in a world, in words and in order, and one digest over all of it. */
final class Story {
  private static final int SECONDS_OF_DAY = 86_400;

  private final SimClock clock;
  private final MessageDigest digest;
  private final List<String> lines = new ArrayList<>();

  Story(SimClock clock) {
    this.clock = clock;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** One line: who, and what of it. */
  void tell(String who, String what) {
    String line = time() + "  " + pad(who) + what;
    lines.add(line);
    digest.update(line.getBytes(StandardCharsets.UTF_8));
  }

  /** Goes into the digest, not into the words. */
  void seal(byte[] bytes) {
    digest.update(bytes);
  }

  private static String pad(String who) {
    return who.length() >= 9 ? who + " " : who + " ".repeat(9 - who.length());
  }

  private String time() {
    long seconds = clock.nanos() / 1_000_000_000L;
    long day = seconds / SECONDS_OF_DAY;
    return "day "
        + day
        + " "
        + two(seconds % SECONDS_OF_DAY / 3600)
        + ":"
        + two(seconds % 3600 / 60)
        + ":"
        + two(seconds % 60);
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }

  List<String> lines() {
    return lines;
  }

  /** To be asked once, at the end. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
