package dev.reeve.simulation;

import dev.reeve.control.Caller;
import dev.reeve.control.Control;
import dev.reeve.guard.Mode;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The people who run Reeve, and what they do with its switches. */
final class Operators {
  private static final Caller CALLER = new Caller("operator", 1000, 0);
  private static final Path STOP = Path.of("STOP");

  private final Ground ground;
  private final Random random;
  private final List<Wish> wishes = new ArrayList<>();
  private Mode wanted = Mode.ACT;
  private boolean rulesBroken;

  /** What somebody wants to do as soon as the daemon answers. */
  private record Wish(Fault what, int minutes) {}

  Operators(Ground ground, Random random) {
    this.ground = ground;
    this.random = random;
  }

  void want(Fault what, int minutes) {
    wishes.add(new Wish(what, minutes));
  }

  void pauseWhileActing(int minutes) {
    ground.wire.changeAt(
        random.nextInt(30),
        () -> {
          // of whichever life acts then
          ground.life.ifPresent(
              life -> {
                ground.figures.met(Fault.PAUSE_WHILE_ACTING);
                pause(life, minutes);
              });
        });
  }

  private void pause(Ground.Life life, int minutes) {
    boolean timed = random.nextBoolean();
    Optional<Duration> time = timed ? Optional.of(Duration.ofMinutes(minutes)) : Optional.empty();
    ground.story.tell("operator", "pauses" + (timed ? " for " + minutes + " minutes" : ""));
    answered(
        life,
        control ->
            control.pause(new Control.Pause("to be sure", time, random.nextBoolean()), CALLER));
    long until = ground.clock.nanos() + minutes * SimClock.MINUTE;
    ground.switches.pause(timed ? until : Long.MAX_VALUE, ground.wire.calls());
    if (!timed) {
      wishes.add(new Wish(Fault.PAUSE_WHILE_ACTING, ground.clock.minute() + minutes));
    }
  }

  /** What an operator asks of the daemon. */
  private interface Asked {
    JsonValue of(Control control) throws Control.RefusedException;
  }

  private boolean answered(Ground.Life life, Asked asked) {
    try {
      asked.of(life.heart().control());
      return true;
    } catch (Control.RefusedException refused) {
      ground.story.tell("operator", "is refused: " + refused.getMessage());
      return false;
    }
  }

  void stop(boolean there) {
    Path file = ground.config.folder().resolve(STOP);
    try {
      if (there) {
        Files.writeString(file, "");
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ground.switches.stopFile(there, ground.wire.calls());
  }

  void mode(Fault fault) {
    mode(
        switch (fault) {
          case MODE_OFF -> Mode.OFF;
          case MODE_APPROVE -> Mode.APPROVE;
          default -> Mode.OBSERVE;
        });
  }

  void mode(Mode mode) {
    ground.story.tell("operator", "writes mode " + mode.text());
    ground.config.write(mode);
    wanted = mode;
    if (mode.compareTo(ground.switches.mode()) > 0) {
      ground.switches.mode(mode, ground.wire.calls());
    }
  }

  void rules(Fault fault) {
    switch (fault) {
      case RULES_TIGHTER -> ground.rules.change(1, false);
      case RULES_LOOSER -> ground.rules.change(2, false);
      default -> {
        ground.rules.change(0, true);
        rulesBroken = true;
      }
    }
  }

  void shippedRules() {
    ground.rules.change(0, false);
    rulesBroken = false;
    ground.switches.held(false);
  }

  /** The daemon has read all files by now. */
  void inForce() {
    if (wanted != ground.switches.mode()) {
      ground.switches.mode(wanted, ground.wire.calls());
    }
    ground.switches.held(rulesBroken);
  }

  /** They do what they want to, and answer what they are asked. */
  void act(Ground.Life life) {
    for (Wish wish : List.copyOf(wishes)) {
      switch (wish.what()) {
        case PAUSE -> {
          wishes.remove(wish);
          pause(life, wish.minutes());
        }
        case PAUSE_WHILE_ACTING -> {
          if (ground.clock.minute() >= wish.minutes()) {
            wishes.remove(wish);
            ground.story.tell("operator", "resumes");
            ground.switches.resume();
            answered(life, control -> control.resume(CALLER));
          }
        }
        default -> {
          if (deny(life)) {
            wishes.remove(wish);
          }
        }
      }
    }
    if (wanted == Mode.APPROVE && random.nextInt(3) == 0) {
      approve(life);
    }
    if (random.nextInt(5) == 0) {
      confirm(life);
    }
  }

  private static List<JsonObject> plans(Ground.Life life) {
    return shown(life, "plans");
  }

  private static List<JsonObject> shown(Ground.Life life, String list) {
    List<JsonObject> shown = new ArrayList<>();
    try {
      JsonValue answer = life.heart().control().query("plan", Json.object().build());
      if (answer instanceof JsonObject object) {
        for (JsonValue item : object.array(list).orElse(Json.array())) {
          if (item instanceof JsonObject one && one.text("shown").isPresent()) {
            shown.add(one);
          }
        }
      }
    } catch (Control.RefusedException refused) {
      throw new IllegalStateException(refused);
    }
    return shown;
  }

  /** They look once at what a start found, and at what is more than a budget has left. */
  private void confirm(Ground.Life life) {
    for (JsonObject batch : shown(life, "batches")) {
      String name = batch.text("name").orElse("");
      ground.story.tell("operator", "confirms the batch " + name);
      answer(life, name, batch);
    }
  }

  private void answer(Ground.Life life, String id, JsonObject seen) {
    answered(
        life,
        control ->
            control.decide(
                Control.Answer.APPROVE,
                Json.object().put("plan", id).put("shown", seen.text("shown").orElse("")).build(),
                CALLER));
  }

  private boolean deny(Ground.Life life) {
    List<JsonObject> plans = plans(life);
    if (plans.isEmpty()) {
      return false;
    }
    String plan = plans.getFirst().text("id").orElse("");
    ground.story.tell("operator", "denies " + plan);
    return answered(
        life,
        control ->
            control.decide(
                Control.Answer.DENY,
                Json.object().put("plan", plan).put("reason", "it is needed").build(),
                CALLER));
  }

  private void approve(Ground.Life life) {
    for (JsonObject plan : plans(life)) {
      String id = plan.text("id").orElse("");
      ground.story.tell("operator", "approves " + id);
      ground.figures.approvals++;
      answer(life, id, plan);
    }
  }
}
