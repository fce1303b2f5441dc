package dev.reeve.cli;

import dev.reeve.journal.JournalPrinter;
import dev.reeve.journal.JournalProblem;
import dev.reeve.journal.JournalVerifier;
import dev.reeve.journal.RecordFilter;
import dev.reeve.journal.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The hash-chained record of what was decided. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = "Shows or verifies the record of everything that was decided and done.")
final class JournalCommand {
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the records; the daemon may be running.")
  int show(
      @Mixin ConfigFile file,
      @Option(names = "--from", description = "first sequence", defaultValue = "1") long from,
      @Option(names = "--type", description = "only this type; may be repeated") List<String> types,
      @Option(
              names = {"-o", "--output"},
              description = "text or json_lines",
              defaultValue = "text")
          JournalPrinter.Style style)
      throws IOException {
    RecordFilter filter =
        new RecordFilter(from, types == null ? java.util.Set.of() : new HashSet<>(types));
    Optional<JournalProblem> problem =
        new JournalPrinter(filter, style, System.out).print(folder(file));
    problem.ifPresent(found -> System.err.println("reeve: " + Text.plain(found.toString())));
    return problem.isPresent() ? 1 : 0;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Checks every checksum, sequence and hash; changes nothing.")
  int verify(@Mixin ConfigFile file) {
    return switch (JournalVerifier.verify(folder(file))) {
      case Verification.Sound sound -> {
        System.out.printf(
            "sound: %d records in %d segments, last hash %s%s%n",
            sound.checked().records(),
            sound.checked().segments(),
            sound.checked().lastHash(),
            sound.unfinishedBytes() > 0
                ? "; " + sound.unfinishedBytes() + " bytes are being written"
                : "");
        yield 0;
      }
      case Verification.Unsound unsound -> {
        System.err.println(
            "NOT sound after "
                + unsound.checked().records()
                + " records: "
                + Text.plain(unsound.problem().toString()));
        yield 1;
      }
    };
  }

  private static Path folder(ConfigFile file) {
    return file.read().config().folders().state().resolve("journal");
  }
}
