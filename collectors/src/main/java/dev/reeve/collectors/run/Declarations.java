package dev.reeve.collectors.run;

import dev.reeve.collectors.run.Line.BadLineException;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Checkpoint;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.WorkloadKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads declarations: what a workload says that it is. */
final class Declarations {
  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of("kind", "owner", "group", "protect", "checkpoint", "budget", "single_node"));
  private static final Set<String> CHECKPOINT_NAMES = Set.of("signal", "ack", "within");
  private static final Set<String> SIGNALS =
      new TreeSet<>(Set.of("USR1", "USR2", "HUP", "INT", "TERM", "CONT", "WINCH"));
  private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,5})(s|m|h)");
  private static final Pattern RATE =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?([A-Z]{3}) ?/ ?h");
  private static final Duration LONGEST_CHECKPOINT = Duration.ofHours(6);

  private Declarations() {}

  static Line.Declared parse(JsonObject object) throws BadLineException {
    for (String name : object.members().keySet()) {
      if (name.equals("name")) {
        throw new BadLineException(
            "a name is part of what the workload is: set REEVE_NAME in its environment before it"
                + " starts");
      }
      if (!NAMES.contains(name)) {
        throw new BadLineException(
            "\"" + Lines.shown(name) + "\" cannot be declared; what can is " + NAMES);
      }
    }
    if (object.members().isEmpty()) {
      throw new BadLineException("the declaration says nothing; it may say " + NAMES);
    }
    return new Line.Declared(
        kind(object),
        word(object, "owner"),
        word(object, "group"),
        checkpoint(object),
        budget(object),
        onlyYes(object, "protect"),
        onlyYes(object, "single_node"));
  }

  private static Optional<String> word(JsonObject object, String name) throws BadLineException {
    return object.member(name).isPresent()
        ? Optional.of(Lines.word(object, name))
        : Optional.empty();
  }

  private static Optional<WorkloadKind> kind(JsonObject object) throws BadLineException {
    if (object.member("kind").isEmpty()) {
      return Optional.empty();
    }
    WorkloadKind kind = WorkloadKind.of(object.text("kind").orElse(""));
    if (kind == WorkloadKind.UNKNOWN) {
      throw new BadLineException(
          "\"kind\" is one of training, serving, notebook, batch, interactive");
    }
    return Optional.of(kind);
  }

  /** What was said once holds as long as the workload lives. */
  private static boolean onlyYes(JsonObject object, String name) throws BadLineException {
    boolean yes = Lines.flag(object, name);
    if (object.member(name).isPresent() && !yes) {
      throw new BadLineException("\"" + name + "\" can be declared and never taken back");
    }
    return yes;
  }

  private static Optional<MoneyPerHour> budget(JsonObject object) throws BadLineException {
    if (object.member("budget").isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = RATE.matcher(object.text("budget").orElse(""));
    try {
      if (matcher.matches()) {
        Currency.getInstance(matcher.group(2));
        return Optional.of(MoneyPerHour.of(matcher.group(1), matcher.group(2)));
      }
    } catch (IllegalArgumentException e) {
      // no such currency: the sentence below says what is expected
    }
    throw new BadLineException("\"budget\" is an amount an hour such as \"50 USD/h\"");
  }

  private static Optional<Checkpoint> checkpoint(JsonObject object) throws BadLineException {
    if (object.member("checkpoint").isEmpty()) {
      return Optional.empty();
    }
    JsonObject said =
        object
            .object("checkpoint")
            .filter(each -> CHECKPOINT_NAMES.equals(each.members().keySet()))
            .orElseThrow(
                () ->
                    new BadLineException(
                        "\"checkpoint\" is {\"signal\":\"USR1\",\"ack\":\"/path\","
                            + "\"within\":\"5m\"}"));
    String signal = said.text("signal").orElse("").replaceFirst("^SIG", "");
    if (!SIGNALS.contains(signal)) {
      throw new BadLineException("\"signal\" is one of " + SIGNALS);
    }
    return Optional.of(new Checkpoint(signal, path(said), within(said)));
  }

  private static Path path(JsonObject said) throws BadLineException {
    try {
      Path path = Path.of(said.text("ack").orElse(""));
      if (path.isAbsolute() && path.toString().length() <= 4_096) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      // the sentence below says what is expected
    }
    throw new BadLineException("\"ack\" is the whole path of the file that acknowledges");
  }

  private static Duration within(JsonObject said) throws BadLineException {
    Matcher matcher = TIME.matcher(said.text("within").orElse(""));
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      Duration within =
          switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
          };
      if (within.compareTo(LONGEST_CHECKPOINT) <= 0) {
        return within;
      }
    }
    throw new BadLineException("\"within\" is a time such as \"90s\" or \"5m\", at most \"6h\"");
  }
}
