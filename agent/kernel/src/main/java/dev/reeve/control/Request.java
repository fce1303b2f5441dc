package dev.reeve.control;

import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One line of a client, carried out. */
record Request(String command, JsonObject arguments) {
  private static final int VERSION = 1;
  private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

  static Request parse(String line) throws Control.RefusedException {
    JsonObject object;
    try {
      object = Json.readObject(line);
    } catch (JsonException e) {
      throw new Control.RefusedException(
          "a request is one JSON object on one line: " + e.getMessage());
    }
    if (object.whole("v").orElse(0) != VERSION) {
      throw new Control.RefusedException(
          "this daemon speaks version "
              + VERSION
              + " of the control protocol: use the command reeve of its own version");
    }
    String command =
        object
            .text("do")
            .orElseThrow(
                () -> new Control.RefusedException("say what to do, such as \"do\":\"status\""));
    Map<String, JsonValue> rest = new LinkedHashMap<>(object.members());
    rest.remove("v");
    rest.remove("do");
    return new Request(command, new JsonObject(rest));
  }

  JsonValue carryOut(Control control, Caller caller) throws Control.RefusedException {
    return switch (command) {
      case "pause" -> control.pause(pause(), caller);
      case "resume" -> control.resume(caller);
      case "reload" -> control.reload(caller);
      case "approve", "deny", "snooze", "undo", "unmute" ->
          control.decide(
              Control.Answer.valueOf(command.toUpperCase(Locale.ROOT)), arguments, caller);
      default -> control.query(command, arguments);
    };
  }

  private Control.Pause pause() throws Control.RefusedException {
    String reason = arguments.text("reason").orElse("");
    if (reason.isBlank()) {
      throw new Control.RefusedException(
          "pausing needs a reason, for whoever wonders later why nothing happens");
    }
    Optional<Duration> duration = Optional.empty();
    if (arguments.member("seconds").isPresent()) {
      long seconds = arguments.whole("seconds").orElse(0);
      if (seconds < 1 || seconds > LONGEST_SECONDS) {
        throw new Control.RefusedException(
            "\"seconds\" is a whole number from 1 to " + LONGEST_SECONDS);
      }
      duration = Optional.of(Duration.ofSeconds(seconds));
    }
    return new Control.Pause(reason, duration, arguments.bool("all").orElse(false));
  }
}
