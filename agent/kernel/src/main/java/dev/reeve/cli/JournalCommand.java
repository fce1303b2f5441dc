package dev.reeve.cli;

import dev.reeve.decision.Refold;
import dev.reeve.journal.JournalPrinter;
import dev.reeve.journal.JournalProblem;
import dev.reeve.journal.JournalRecord;
import dev.reeve.journal.JournalVerifier;
import dev.reeve.journal.RecordFilter;
import dev.reeve.journal.Verification;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The hash-chained record of what was decided. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = "Shows or verifies the record of everything that was decided and done.")
final class JournalCommand {
  private static final List<String> COLUMNS =
      List.of("sequence", "time", "boot_id", "boot_nanos", "type", "version", "data");

  private static final String[] VERIFIED = {
    "sound",
    "records",
    "segments",
    "checkpoints",
    "first_sequence",
    "last_hash",
    "unfinished_bytes",
    "problem"
  };

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the records; the daemon may be running.")
  int show(
      @Mixin ConfigFile file,
      @Option(names = "--from", description = "first sequence", defaultValue = "1") long from,
      @Option(names = "--type", description = "only this type; may be repeated") List<String> types,
      @Mixin Output output)
      throws IOException {
    RecordFilter filter =
        new RecordFilter(from, types == null ? java.util.Set.of() : new HashSet<>(types));
    if (output.format() == Output.Format.CSV) {
      System.out.print(Csv.line(COLUMNS));
    }
    Optional<JournalProblem> problem =
        new JournalPrinter(filter, style(output.format()), System.out).print(folder(file));
    problem.ifPresent(found -> System.err.println("reeve: " + Text.plain(found.toString())));
    return problem.isPresent() ? 1 : 0;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Checks every checksum, sequence and hash, and every checkpoint against the records"
              + " before it; changes nothing.")
  int verify(@Mixin ConfigFile file, @Mixin Output output) {
    Verification verification = JournalVerifier.verify(folder(file), Refold::new);
    boolean people = output.format() == Output.Format.TABLE;
    JsonObjectBuilder json =
        Json.object()
            .put("v", 1)
            .put("sound", verification instanceof Verification.Sound)
            .put("records", verification.checked().records())
            .put("segments", verification.checked().segments())
            .put("checkpoints", verification.checked().checkpoints())
            .put("last_hash", verification.checked().lastHash());
    verification.checked().first().ifPresent(first -> json.put("first_sequence", first.sequence()));
    switch (verification) {
      case Verification.Sound sound -> json.put("unfinished_bytes", sound.unfinishedBytes());
      case Verification.Unsound unsound -> {
        json.put("problem", unsound.problem().toString());
        if (people) {
          System.err.print(notSound(unsound));
          return 1;
        }
      }
    }
    output.print(json.build(), Output.Shape.single(JournalCommand::sound, VERIFIED));
    return verification instanceof Verification.Sound ? 0 : 1;
  }

  private static String notSound(Verification.Unsound unsound) {
    return "NOT sound after "
        + unsound.checked().records()
        + " records: "
        + Text.line(unsound.problem().toString())
        + "\n";
  }

  private static String sound(JsonObject answer) {
    long unfinished = answer.whole("unfinished_bytes").orElse(0);
    return String.format(
        Locale.ROOT,
        "sound: %d records from %d on in %d segments, %d checkpoints folded anew, last hash %s%s%n",
        answer.whole("records").orElse(0),
        answer.whole("first_sequence").orElse(1),
        answer.whole("segments").orElse(0),
        answer.whole("checkpoints").orElse(0),
        Answers.text(answer, "last_hash"),
        unfinished > 0 ? "; " + unfinished + " bytes are being written" : "");
  }

  private static Function<JournalRecord, String> style(Output.Format format) {
    return switch (format) {
      case TABLE -> JournalPrinter.Style.TEXT;
      case JSON -> record -> Output.json(JournalPrinter.json(record)) + "\n";
      case YAML -> record -> YamlText.of(JournalPrinter.json(record));
      case CSV -> record -> Csv.row(COLUMNS, JournalPrinter.json(record));
    };
  }

  private static Path folder(ConfigFile file) {
    return file.read().config().folders().state().resolve("journal");
  }
}
