package dev.reeve.collectors.run;

import dev.reeve.collectors.run.Line.BadLineException;
import dev.reeve.json.JsonBoolean;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonNumber;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonReader;
import dev.reeve.json.JsonString;
import dev.reeve.json.JsonValue;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads lines; the same on the socket and in files. */
final class Lines {
  /** The version of the protocol that is spoken here. */
  static final int VERSION = 1;

  private static final int LONGEST_LINE = 64 * 1024;
  private static final int LONGEST_WORD = 128;
  private static final JsonReader READER =
      JsonReader.STRICT.withMaxLength(LONGEST_LINE).withNonFinite();
  private static final Set<String> REPORT = Set.of("step", "total_steps", "loss", "run", "end");
  private static final String EXPECTED =
      "expected {\"step\":120,\"loss\":0.52}, {\"end\":true}, {\"declare\":{...}} or"
          + " {\"notices\":true}";

  private Lines() {}

  static Line parse(String text) throws BadLineException {
    JsonObject object;
    try {
      object = READER.readObject(text);
    } catch (JsonException e) {
      throw new BadLineException("a line is one JSON object: " + e.getMessage());
    }
    if (object.members().size() == 1) {
      String name = object.members().keySet().iterator().next();
      switch (name) {
        case "reeve":
          return new Line.Hello(object.whole(name).orElse(0));
        case "declare":
          return new Line.Declare(Declarations.parse(inner(object)));
        case "notices":
          return subscribe(object);
        case "ack":
          return new Line.Ack(word(object, name));
        default:
      }
    }
    return report(object);
  }

  private static JsonObject inner(JsonObject object) throws BadLineException {
    return object
        .object("declare")
        .orElseThrow(
            () -> new BadLineException("\"declare\" is an object such as {\"kind\":\"training\"}"));
  }

  private static Line subscribe(JsonObject object) throws BadLineException {
    if (!object.bool("notices").orElse(false)) {
      throw new BadLineException("\"notices\" is true; close the connection to end it");
    }
    return new Line.Subscribe();
  }

  private static Line report(JsonObject object) throws BadLineException {
    for (String name : object.members().keySet()) {
      if (!REPORT.contains(name)) {
        throw new BadLineException("\"" + shown(name) + "\" is not known; " + EXPECTED);
      }
    }
    OptionalLong step = whole(object, "step", 0);
    OptionalLong total = whole(object, "total_steps", 1);
    OptionalDouble loss = loss(object);
    boolean ended = flag(object, "end");
    if (step.isEmpty() && total.isEmpty() && loss.isEmpty() && !ended) {
      throw new BadLineException("the line says nothing; " + EXPECTED);
    }
    String run = object.member("run").isPresent() ? word(object, "run") : "run";
    return new Line.Report(run, step, total, loss, ended);
  }

  private static OptionalLong whole(JsonObject object, String name, long least)
      throws BadLineException {
    OptionalLong found = object.whole(name);
    if (object.member(name).isPresent() && (found.isEmpty() || found.getAsLong() < least)) {
      throw new BadLineException("\"" + name + "\" is a whole number from " + least + " up");
    }
    return found;
  }

  /** A loss that is not finite is what a diverged run has, however its language spells it. */
  private static OptionalDouble loss(JsonObject object) throws BadLineException {
    if (object.member("loss").isEmpty()) {
      return OptionalDouble.empty();
    }
    return switch (object.member("loss").get()) {
      case JsonNumber number -> OptionalDouble.of(number.real());
      case JsonString(String text) -> OptionalDouble.of(notFinite(text));
      case JsonValue _ -> throw new BadLineException("\"loss\" is a number, or NaN or Infinity");
    };
  }

  private static double notFinite(String text) throws BadLineException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default ->
          throw new BadLineException(
              "\"loss\" is a number, or one of \"NaN\", \"Infinity\", \"-Infinity\"");
    };
  }

  static boolean flag(JsonObject object, String name) throws BadLineException {
    return switch (object.member(name).orElse(new JsonBoolean(false))) {
      case JsonBoolean(boolean value) -> value;
      case JsonValue _ -> throw new BadLineException("\"" + name + "\" is true or false");
    };
  }

  /** A short text for people, without control characters. */
  static String word(JsonObject object, String name) throws BadLineException {
    String text = object.text(name).orElse("").strip();
    if (text.isEmpty()
        || text.length() > LONGEST_WORD
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new BadLineException(
          "\"" + name + "\" is a text of 1 to " + LONGEST_WORD + " characters on one line");
    }
    return text;
  }

  /** Of what a stranger wrote, as much as is harmless. */
  static String shown(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(40)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
