package dev.reeve.collectors.run;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.linux.LineTooLongException;
import dev.reeve.linux.Pidfd;
import dev.reeve.linux.UnixConnection;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** One connection: every line is answered, in order; notices come in between. */
final class Session implements Listeners.Listener {
  private static final Duration FIRST_LINE = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofHours(12);
  private static final Duration TO_TAKE = Duration.ofSeconds(5);
  private static final Duration KNOWN_FOR = Duration.ofSeconds(30);
  private static final int DECLARATION_COSTS = 20;
  private static final int MOST_TOO_FAST = 100;

  private final UnixConnection connection;
  private final Desk desk;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Speaker speaker;
  private long knownNanos;
  private int tooFast;

  private Session(UnixConnection connection, Desk desk, Speaker speaker) {
    this.connection = connection;
    this.desk = desk;
    this.speaker = speaker;
    this.knownNanos = desk.clocks().world().nanos();
  }

  /** Speaks with the peer until it leaves. */
  static void serve(UnixConnection connection, Desk desk) throws IOException {
    Speaker speaker;
    try {
      speaker = desk.speakers().of(connection.credentials(), connection.process());
    } catch (Speakers.RefusedException refused) {
      desk.inbox().drop("not_recognized");
      connection.readLine(FIRST_LINE);
      connection.write(line(failed(refused.sentence())), TO_TAKE);
      return;
    }
    Session session = new Session(connection, desk, speaker);
    try {
      session.converse();
    } catch (LineTooLongException | CharacterCodingException e) {
      session.say(failed("a line is UTF-8 and at most 64 KiB long"));
    } finally {
      desk.listeners().remove(session);
    }
  }

  private void converse() throws IOException {
    Optional<String> first = connection.readLine(FIRST_LINE);
    if (first.isEmpty() || !greet(first.get())) {
      return;
    }
    Optional<String> next = connection.readLine(SILENCE);
    while (next.isPresent() && tooFast < MOST_TOO_FAST) {
      say(answer(next.get()));
      next = connection.readLine(SILENCE);
    }
  }

  private boolean greet(String text) throws IOException {
    try {
      if (Lines.parse(text) instanceof Line.Hello(long version) && version == Lines.VERSION) {
        say(
            Json.object()
                .put("ok", true)
                .put("reeve", Lines.VERSION)
                .put("workload", speaker.name())
                .build());
        return true;
      }
    } catch (Line.BadLineException e) {
      // the sentence below says what is expected
    }
    say(failed("the first line is {\"reeve\":" + Lines.VERSION + "}, the version spoken here"));
    return false;
  }

  private JsonObject answer(String text) {
    try {
      Line line = Lines.parse(text);
      int cost = line instanceof Line.Declare ? DECLARATION_COSTS : 1;
      int bytes = text.getBytes(StandardCharsets.UTF_8).length * cost;
      for (int i = 0; i < cost; i++) {
        if (!desk.quota().line(speaker.uid(), bytes / cost)) {
          tooFast++;
          desk.inbox().drop("too_fast");
          return failed(desk.quota().sentence());
        }
      }
      recognizeAgain();
      return carryOut(line);
    } catch (Line.BadLineException bad) {
      desk.inbox().drop("bad_line");
      return counted(bad.sentence());
    } catch (Speakers.RefusedException refused) {
      desk.inbox().drop("not_recognized");
      return failed(refused.sentence());
    }
  }

  /** Bad lines cost as much as good ones. */
  private JsonObject counted(String sentence) {
    if (!desk.quota().line(speaker.uid(), 1)) {
      tooFast++;
    }
    return failed(sentence);
  }

  /** The connection may have been handed on, and a workload may have become another. */
  private void recognizeAgain() throws Speakers.RefusedException {
    if (!connection.process().map(Pidfd::alive).orElse(false)) {
      throw new Speakers.RefusedException("the process that connected has ended");
    }
    long now = desk.clocks().world().nanos();
    if (now - knownNanos > KNOWN_FOR.toNanos()) {
      speaker = desk.speakers().of(connection.credentials(), connection.process());
      knownNanos = now;
    }
  }

  private JsonObject carryOut(Line line) {
    return switch (line) {
      case Line.Report report ->
          desk.inbox().add(speaker, report, desk.clocks().evidence().nanos())
              ? ok()
              : failed("too many reports wait for the daemon; report less often");
      case Line.Declare(Line.Declared declared) -> declare(declared);
      case Line.Subscribe() -> {
        desk.listeners().add(this);
        yield ok();
      }
      case Line.Ack(String id) ->
          desk.listeners().acknowledged(this, id)
              ? ok()
              : failed("no notice of that id waits for an acknowledgement");
      case Line.Hello _ -> failed("the version was agreed on already");
    };
  }

  private JsonObject declare(Line.Declared declared) {
    try {
      desk.ledger().declare(speaker, declared);
      return ok();
    } catch (IOException e) {
      return failed("the declaration cannot be kept, so it does not hold: " + e.getMessage());
    }
  }

  @Override
  public Speaker speaker() {
    return speaker;
  }

  @Override
  public boolean tell(JsonObject line) {
    try {
      say(line);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void say(JsonObject answer) throws IOException {
    writing.lock();
    try {
      connection.write(line(answer), TO_TAKE);
    } finally {
      writing.unlock();
    }
  }

  private static String line(JsonObject answer) {
    return Json.write(answer) + "\n";
  }

  private static JsonObject ok() {
    return Json.object().put("ok", true).build();
  }

  private static JsonObject failed(String sentence) {
    JsonObjectBuilder answer = Json.object().put("ok", false).put("error", sentence);
    return answer.build();
  }
}
