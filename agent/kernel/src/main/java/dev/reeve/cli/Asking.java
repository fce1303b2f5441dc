package dev.reeve.cli;

import dev.reeve.control.Control;
import dev.reeve.control.ControlClient;
import dev.reeve.control.ControlServer;
import dev.reeve.control.NoDaemonException;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import dev.reeve.linux.BootClock;
import dev.reeve.time.BootTicker;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;

/** What every command that asks the daemon has in common. */
public final class Asking {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Mixin private ConfigFile file = new ConfigFile();

  @Mixin private Output output = new Output();

  /** Asks the daemon that the configuration's runtime folder belongs to. */
  JsonObject ask(String question, JsonObject arguments)
      throws Control.RefusedException, NoDaemonException {
    return ask(question, arguments, PATIENCE);
  }

  /** The same for what takes longer. */
  JsonObject ask(String question, JsonObject arguments, Duration patience)
      throws Control.RefusedException, NoDaemonException {
    Path socket = file.readable().config().folders().runtime().resolve(ControlServer.SOCKET);
    JsonValue answer =
        new ControlClient(socket, patience, new BootTicker(BootClock::nanos))
            .ask(question, arguments);
    return answer instanceof JsonObject object ? object : Json.object().build();
  }

  JsonObject ask(String question) throws Control.RefusedException, NoDaemonException {
    return ask(question, Json.object().build());
  }

  ConfigFile file() {
    return file;
  }

  void print(JsonObject answer, Output.Shape shape) {
    output.print(answer, shape);
  }
}
