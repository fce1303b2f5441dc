package dev.reeve.guard;

import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionState;
import dev.reeve.time.Ticker;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The stop button: {@code reeve pause}, SIGUSR1, a variable of the daemon's environment, or a file
 * of this name in the state folder, which works without the daemon's help. A folder that cannot be
 * read counts as pressed.
 *
 * @param variable what {@link #VARIABLE} says; pressed where it is set at all
 */
public record KillSwitch(Path stopFile, Ticker evidence, Optional<String> variable) {
  /** The environment variable that presses it for the life of a process. */
  public static final String VARIABLE = "REEVE_STOP";

  /** Of a process without the variable. */
  public KillSwitch(Path stopFile, Ticker evidence) {
    this(stopFile, evidence, Optional.empty());
  }

  /** Why harming steps stop, if they do. */
  public Optional<String> pressed(DecisionState state) {
    if (!Files.isDirectory(stopFile.toAbsolutePath().resolveSibling("."))) {
      return Optional.of("the folder of " + stopFile + " cannot be read");
    }
    if (Files.exists(stopFile, LinkOption.NOFOLLOW_LINKS)
        || !Files.notExists(stopFile, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("the file " + stopFile + " is there; remove it to go on");
    }
    if (variable.isPresent()) {
      return Optional.of(VARIABLE + " is set in its environment; start it without that to go on");
    }
    return pause(state)
        .map(
            pause ->
                "paused by " + pause.by() + ": " + pause.reason() + "; 'reeve resume' goes on");
  }

  /** Whether restoring steps stop as well. */
  public boolean stopsRestoring(DecisionState state) {
    return pause(state).map(Decision.Paused::all).orElse(false);
  }

  /** The pause that holds now: one that was made for a time ends by itself. */
  public Optional<Decision.Paused> pause(DecisionState state) {
    return state.pauseAt(evidence.nanos());
  }
}
