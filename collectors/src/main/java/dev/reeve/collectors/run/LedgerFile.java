package dev.reeve.collectors.run;

import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonReader;
import dev.reeve.json.JsonString;
import dev.reeve.json.JsonValue;
import dev.reeve.linux.Directories;
import dev.reeve.model.Checkpoint;
import dev.reeve.model.Declaration;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadKind;
import dev.reeve.platform.node.ProcessKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Declarations on disk: one JSON file, replaced as a whole.
 *
 * @param folder where the file is
 * @param bootId processes of another boot are gone, and so is what they declared
 */
record LedgerFile(Path folder, String bootId) {
  static final String NAME = "declarations.json";

  private static final int VERSION = 1;
  private static final int LONGEST = 16 << 20;

  /**
   * What the file holds; nothing where there is none.
   *
   * @throws IOException when it cannot be read or understood: whoever goes on without it may not
   *     know that a workload is protected
   */
  List<Ledger.Entry> read() throws IOException {
    Path path = path();
    if (!Files.exists(path)) {
      return List.of();
    }
    try {
      JsonObject all =
          JsonReader.STRICT.withMaxLength(LONGEST).readObject(Files.readAllBytes(path));
      if (all.whole("v").orElse(0) != VERSION) {
        throw new IOException(path + " is of another version");
      }
      if (!all.text("boot").orElse("").equals(bootId)) {
        return List.of();
      }
      List<Ledger.Entry> entries = new ArrayList<>();
      for (JsonValue each : all.array("declarations").orElse(Json.array())) {
        entries.add(entry((JsonObject) each));
      }
      return entries;
    } catch (JsonException | ClassCastException | IllegalArgumentException e) {
      throw new IOException(path + " cannot be understood: " + e.getMessage(), e);
    }
  }

  /** Replaces it; what returns is durable. */
  void write(Collection<Ledger.Entry> entries) throws IOException {
    List<JsonValue> declarations = new ArrayList<>();
    entries.forEach(entry -> declarations.add(json(entry)));
    byte[] bytes =
        Json.writeBytes(
            Json.object()
                .put("v", VERSION)
                .put("boot", bootId)
                .put("declarations", new JsonArray(declarations))
                .build());
    Path beside = folder.resolve(NAME + ".new");
    try (FileChannel out =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
    Files.move(beside, path(), StandardCopyOption.ATOMIC_MOVE);
    Directories.sync(folder);
  }

  private Path path() {
    return folder.resolve(NAME);
  }

  private static JsonValue json(Ledger.Entry entry) {
    Declaration said = entry.declaration();
    return Json.object()
        .put("workload", said.workload().key())
        .put("root", entry.own().root().toString())
        .put("members", Json.texts(entry.own().members().stream().map(Object::toString).toList()))
        .put("uid", entry.uid())
        .put("kind", said.kind().map(kind -> new JsonString(kind.text())))
        .put("owner", said.owner().map(JsonString::new))
        .put("group", said.group().map(JsonString::new))
        .put("checkpoint", said.checkpoint().map(LedgerFile::json))
        .put("budget", said.budget().map(LedgerFile::json))
        .put("protect", said.protect())
        .put("single_node", said.singleNode())
        .build();
  }

  private static JsonValue json(Checkpoint checkpoint) {
    return Json.object()
        .put("signal", checkpoint.signal())
        .put("ack", checkpoint.acknowledgement().toString())
        .put("seconds", checkpoint.deadline().toSeconds())
        .build();
  }

  private static JsonValue json(MoneyPerHour rate) {
    return Json.object()
        .put("amount", rate.perHour().amount().toPlainString())
        .put("currency", rate.currency().getCurrencyCode())
        .build();
  }

  private static Ledger.Entry entry(JsonObject said) {
    Declaration declaration =
        new Declaration(
            new SubjectId(SubjectKind.WORKLOAD, need(said.text("workload"))),
            said.text("kind").map(WorkloadKind::of),
            said.text("owner"),
            said.text("group"),
            said.object("checkpoint").map(LedgerFile::checkpoint),
            said.object("budget").map(LedgerFile::rate),
            need(said.bool("protect")),
            need(said.bool("single_node")));
    SortedSet<ProcessKey> members = new TreeSet<>();
    for (JsonValue each : need(said.array("members"))) {
      members.add(need(ProcessKey.parse(((JsonString) each).text())));
    }
    ProcessKey root = need(said.text("root").flatMap(ProcessKey::parse));
    return new Ledger.Entry(
        declaration, new Speaker.Own(root, members), said.whole("uid").orElse(0));
  }

  private static Checkpoint checkpoint(JsonObject said) {
    return new Checkpoint(
        need(said.text("signal")),
        Path.of(need(said.text("ack"))),
        Duration.ofSeconds(said.whole("seconds").orElse(0)));
  }

  private static MoneyPerHour rate(JsonObject said) {
    return MoneyPerHour.of(need(said.text("amount")), need(said.text("currency")));
  }

  private static <T> T need(Optional<T> part) {
    return part.orElseThrow(() -> new IllegalArgumentException("a part is missing"));
  }
}
