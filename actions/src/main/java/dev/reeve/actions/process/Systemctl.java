package dev.reeve.actions.process;

import dev.reeve.model.Outcome;
import dev.reeve.platform.node.Command;
import dev.reeve.platform.node.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the service manager to stop and start units, by arguments. A unit's processes are never
 * signalled from here: the manager would only start it again.
 */
final class Systemctl {
  /** By which other units are stopped along with this one. */
  private static final List<String> DRAGS =
      List.of("RequiredBy", "BoundBy", "ConsistsOf", "PropagatesStopTo");

  private static final Set<String> RESTING = Set.of("inactive", "failed", "unknown");

  /**
   * A unit as a step names it.
   *
   * @param manager uid of the user whose manager runs it; empty for the system's
   */
  record Unit(String name, String manager) {}

  private final Program program;
  private final long ownUid;

  Systemctl(Program program, long ownUid) {
    this.program = program;
    this.ownUid = ownUid;
  }

  /**
   * Stops a unit, if it still is the run that was judged and no other unit would go with it. Does
   * not wait for its end.
   *
   * @param spend spends the permit; an answer means that it does not cover the call
   */
  Outcome stop(Unit unit, String invocation, Spend spend) throws InterruptedException {
    Map<String, String> seen = new HashMap<>();
    Optional<Outcome> failed = show(unit, seen);
    if (failed.isPresent()) {
      return failed.get();
    }
    if (!invocation.equals(seen.get("InvocationID"))) {
      return new Outcome.Refused(unit.name() + " runs anew since it was judged, or not at all");
    }
    List<String> dragged = new ArrayList<>();
    for (String property : DRAGS) {
      Arrays.stream(seen.getOrDefault(property, "").split(" ", -1))
          .filter(name -> !name.isEmpty())
          .forEach(dragged::add);
    }
    Optional<Outcome> drags = dragged.isEmpty() ? Optional.empty() : drags(unit, dragged);
    if (drags.isPresent()) {
      return drags.get();
    }
    Optional<Outcome> uncovered = spend.objection();
    return uncovered.isPresent() ? uncovered.get() : change(unit, "stop");
  }

  /** Starts a unit, unless it runs. */
  Outcome start(Unit unit, Spend spend) throws InterruptedException {
    Map<String, String> seen = new HashMap<>();
    Optional<Outcome> failed = show(unit, seen);
    if (failed.isPresent()) {
      return failed.get();
    }
    if (!RESTING.contains(seen.getOrDefault("ActiveState", ""))) {
      return new Outcome.NothingToDo(unit.name() + " is " + seen.get("ActiveState"));
    }
    Optional<Outcome> uncovered = spend.objection();
    return uncovered.isPresent() ? uncovered.get() : change(unit, "start");
  }

  /** Whether it is active; empty when the manager does not answer. */
  Optional<Boolean> active(Unit unit) throws InterruptedException {
    Map<String, String> seen = new HashMap<>();
    return show(unit, seen).isPresent()
        ? Optional.empty()
        : Optional.of("active".equals(seen.get("ActiveState")));
  }

  /** The last thing before the call. */
  interface Spend {
    /** Why the call is not covered. */
    Optional<Outcome> objection();
  }

  private Optional<Outcome> show(Unit unit, Map<String, String> into) throws InterruptedException {
    String properties = "--property=InvocationID,ActiveState," + String.join(",", DRAGS);
    Command.Result result = run(unit, List.of("show", properties, "--", unit.name()));
    if (!(result instanceof Command.Result.Ended(int status, String output, String message))
        || status != 0) {
      return Optional.of(
          new Outcome.Failed("systemctl does not say what it is: " + text(result), true));
    }
    for (String line : output.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        into.put(line.substring(0, equals), line.substring(equals + 1).strip());
      }
    }
    return into.containsKey("ActiveState")
        ? Optional.empty()
        : Optional.of(new Outcome.Failed("systemctl does not say what it is: " + message, true));
  }

  private Optional<Outcome> drags(Unit unit, List<String> dragged) throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("is-active", "--"));
    arguments.addAll(dragged);
    Command.Result result = run(unit, arguments);
    if (!(result instanceof Command.Result.Ended(int _, String output, String _))) {
      return Optional.of(new Outcome.Failed("systemctl does not answer: " + text(result), true));
    }
    List<String> states = output.lines().toList();
    for (int i = 0; i < dragged.size(); i++) {
      if (i >= states.size() || !RESTING.contains(states.get(i).strip())) {
        return Optional.of(
            new Outcome.Refused(
                "to stop " + unit.name() + " would stop " + dragged.get(i) + " as well"));
      }
    }
    return Optional.empty();
  }

  /** A client that was killed at its deadline may have been heard. */
  private Outcome change(Unit unit, String verb) throws InterruptedException {
    Command.Result result = run(unit, List.of(verb, "--no-block", "--", unit.name()));
    return switch (result) {
      case Command.Result.Ended(int status, String _, String _) when status == 0 ->
          new Outcome.Done("systemctl " + verb + " " + unit.name() + " was taken");
      case Command.Result.Ended _, Command.Result.NotStarted _ ->
          new Outcome.Failed("systemctl " + verb + ": " + text(result), false);
      case Command.Result.TooLate _, Command.Result.TooMuch _ ->
          new Outcome.Unknown("systemctl " + verb + ": " + text(result));
    };
  }

  private Command.Result run(Unit unit, List<String> arguments) throws InterruptedException {
    List<String> words = new ArrayList<>(flags(unit));
    words.addAll(arguments);
    return program.run(words.toArray(String[]::new));
  }

  private List<String> flags(Unit unit) {
    if (unit.manager().isEmpty()) {
      return List.of("--no-ask-password");
    }
    return unit.manager().equals(Long.toString(ownUid))
        ? List.of("--no-ask-password", "--user")
        : List.of("--no-ask-password", "--user", "--machine=" + unit.manager() + "@.host");
  }

  /** The call as people would write it. */
  String preview(Unit unit, String verb) {
    List<String> words = new ArrayList<>(List.of("systemctl"));
    words.addAll(flags(unit));
    words.addAll(List.of(verb, "--no-block", "--", unit.name()));
    return String.join(" ", words);
  }

  private static String text(Command.Result result) {
    return switch (result) {
      case Command.Result.Ended(int status, String _, String message) ->
          "status " + status + ", " + message;
      case Command.Result.NotStarted(String reason) -> reason;
      case Command.Result.TooLate(var deadline) ->
          "no answer within " + deadline.toSeconds() + " s";
      case Command.Result.TooMuch(int limit) -> "more than " + limit + " bytes";
    };
  }
}
